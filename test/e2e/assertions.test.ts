/** What people hold to be true, on the command line. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runCommand, runJson } from '../support/processes/command.ts'
import { ndjson, ringOf, sentEvent } from '../support/processes/deliveries.ts'
import { tempDir } from '../support/temp-dir.ts'

const dir = tempDir()
const on = ['--data', join(dir.path, 'data')]
afterAll(() => dir[Symbol.dispose]())

beforeAll(async () => {
  const events = join(dir.path, 'events.ndjson')
  writeFileSync(
    events,
    ndjson([...ringOf('farm', 5), sentEvent('lone', { identifiers: { device: 'own', ip: '203.0.113.7' } })]),
  )
  await runCommand(['ingest', events, ...on])
  await runCommand(['detect', ...on])
}, 60_000)

const why = ['--reason', 'one face on all papers']
const all = ['farm_0', 'farm_1', 'farm_2', 'farm_3', 'farm_4', 'lone']

test('what is asserted is listed, explained, obeyed by the next run, and taken back', async () => {
  const explained = async () => (await runJson('explain', 'farm_0', 'lone', ...on)).rows[0]?.['linked']
  const same = ['assert', 'same-actor', ...all, ...why, '--expires', '2031-01-01', ...on]

  const made = await runJson(...same)
  const again = await runJson(...same)
  const isLinked = await explained()
  const told = await runCommand(['explain', 'farm_0', 'lone', ...on])
  const listed = await runCommand(['assert', 'list', ...on])
  await runCommand(['detect', ...on])
  const members = (await runJson('members', ...on)).rows.map(({ account }) => account)
  const id = String(made.rows[0]?.['id'])
  const taken = await runCommand(['assert', 'retract', id, ...on])
  const twice = await runJson('assert', 'retract', id, ...on)

  expect([made.code, again.code, taken.code, twice.code]).toEqual([0, 0, 0, 2])
  expect([made, again].map(({ rows }) => [rows[0]?.['id'], rows[0]?.['isNew']])).toEqual([
    [id, true],
    [id, false],
  ])
  expect(isLinked).toBe(true)
  expect(told.stdout).toMatch(/one actor, says .+ \(one face on all papers\)/)
  expect(listed.stdout).toMatch(/same actor +farm_0, .+, lone +until 2031-01-01/)
  expect(members).toEqual(all)
  expect(taken.stdout).toContain('taken back')
  expect((await runJson('assert', 'list', ...on)).rows).toEqual([])
  expect((await runJson('assert', 'list', '--all', ...on)).rows).toMatchObject([
    { id, kind: 'same_actor', subjects: all, stands: false, retractedAt: expect.any(String) },
  ])
  expect(await explained()).toBe(false)
}, 120_000)

test('what follows from an identifier that is shared by design is told, until that is too', async () => {
  const found = await runJson('search', '203.0.113.7', ...on)
  const refOf = (kind: string, { rows }: typeof found, field: string) =>
    ((rows[0]?.[field] ?? []) as readonly { kind: string; ref: string }[]).find((one) => one.kind === kind)
      ?.ref
  const ip = refOf('ip', found, 'identifiers') ?? ''

  const first = await runCommand(['assert', 'shared-by-design', `ip:${ip}`, ...why, ...on])
  const network = refOf('ip24', await runJson('identifiers', 'ip', ip, ...on), 'facets') ?? ''
  const both = ['assert', 'shared-by-design', `ip:${ip}`, `ip24:${network}`]
  const second = await runCommand([...both, ...why, ...on])
  const told = await runCommand(['identifiers', 'ip', ip, ...on])

  expect(first.stdout).toContain(
    `still counts; assert it too, where strangers share it:\n  ip24:${network}  `,
  )
  expect([second.code, second.stdout]).toEqual([0, expect.not.stringContaining('still counts')])
  expect(told.stdout).toContain(`(ip24:${network}), 1 accounts, shared by design`)
})

test.each([
  ['an account nobody named', ['household', 'farm_0', 'nobody', ...why]],
  ['a role without one', ['role', 'lone', ...why]],
  ['no reason', ['same-actor', 'farm_0', 'lone']],
  ['an expiry that is no day', ['same-actor', 'farm_0', 'lone', ...why, '--expires', 'soon']],
])('%s is wrong usage', async (_name, args) => {
  expect((await runCommand(['assert', ...args, ...on])).code).toBe(2)
})
