/** What accounts share, and finding whatever one has, on the command line. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { type Row, runCommand, runJson, startCommand } from '../support/processes/command.ts'
import { ndjson, ringOf, sentEvent } from '../support/processes/deliveries.ts'
import { filesHolding } from '../support/processes/served.ts'
import { tempDir } from '../support/temp-dir.ts'

const dir = tempDir()
afterAll(() => dir[Symbol.dispose]())

const data = (name: string): string => join(dir.path, name)

function written(name: string, content: string): string {
  writeFileSync(data(name), content)
  return data(name)
}

interface Brief {
  readonly kind: string
  readonly ref: string
  readonly accounts: number
}

const identifiersIn = (rows: readonly Row[]): readonly Brief[] =>
  (rows[0]?.['identifiers'] ?? []) as readonly Brief[]

test('what one has is found, and who uses it is told', async () => {
  const on = ['--data', data('farm')]
  await runCommand(['ingest', written('farm.ndjson', ndjson(ringOf('farm', 6))), ...on])
  await runCommand(['detect', ...on])
  const { rows } = await runJson('search', 'farm_device', ...on)
  const [found] = identifiersIn(rows)
  const page = await runJson('identifiers', String(found?.kind), String(found?.ref), '--limit', '2', ...on)
  const told = await runCommand(['search', 'farm_0', ...on])

  expect(found).toMatchObject({ kind: 'device', accounts: 6 })
  expect(page.rows).toMatchObject([{ ref: found?.ref, users: [{}, {}], truncated: true }])
  expect(told.stdout).toContain('ringleader account farm_0')
  expect(await runJson('identifiers', 'device', 'nope', ...on)).toMatchObject({ code: 2 })
  expect((await runCommand(['search', 'never seen', ...on])).stdout).toContain('Nothing is known')
})

test('a value that is kept is opened with a reason, here and by a server', async () => {
  const sealed = ['--data', data('sealed')]
  const environment = { RINGLEADER_SEAL: 'email' }
  const event = sentEvent('ada', { identifiers: { email: 'Ada@Example.org', device: 'd' } })
  await runCommand(['ingest', written('sealed.ndjson', ndjson([event])), ...sealed], environment)
  const { rows } = await runJson('search', 'ada@example.org', ...sealed)
  const [found] = identifiersIn(rows)
  const open = ['identifiers', 'email', String(found?.ref), '--reveal', '--json']

  const opened = await runCommand([...open, '--reason', 'case 812', ...sealed])
  const unreasoned = await runCommand([...open, ...sealed])
  const made = await runJson('keys', 'create', '--name', 'eve', '--scope', 'pii:reveal', ...sealed)
  await using serving = startCommand(['serve', '--port', '0', '--json', ...sealed], environment)
  const { url } = JSON.parse(await serving.first) as { url: string }
  const there = ['--url', url, '--key', String(made.rows[0]?.['key'])]
  const remote = await runCommand([...open, '--reason', 'case 813', ...there])
  const audit = await runJson('audit', ...sealed)

  expect([opened, remote].map(({ rows: [row] }) => row?.['value'])).toEqual([
    'ada@example.org',
    'ada@example.org',
  ])
  expect(unreasoned).toMatchObject({ code: 2, stderr: expect.stringContaining('--reason') })
  expect(
    audit.rows.flatMap(({ action, reason }) => (action === 'identifier.revealed' ? reason : [])),
  ).toEqual(['case 812', 'case 813'])
  expect(filesHolding(data('sealed'), 'ada@example')).toEqual([])
})
