/** The examples, run as people run them. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ringOf } from '../support/processes/deliveries.ts'
import { type Served, served, until } from '../support/processes/served.ts'
import { tempDir } from '../support/temp-dir.ts'

const dir = tempDir()
const keyFile = join(dir.path, 'key')
let server: Served
beforeAll(async () => {
  server = await served()
  await server.post('/v1/events', [...ringOf('farm', 5), ...ringOf('mill', 3)])
  const rings = () => server.get<{ items: unknown[] }>('/v1/rings')
  await until(rings, ({ body }) => body.items.length === 2)
  writeFileSync(keyFile, `${server.key}\n`)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  dir[Symbol.dispose]()
})

function start(example: string, ...args: readonly string[]): ChildProcessWithoutNullStreams {
  const file = join(import.meta.dirname, '../../examples', example)
  return spawn(process.execPath, [file, '--url', server.url, '--key-file', keyFile, ...args], {
    env: { ...process.env, NODE_OPTIONS: '' },
  })
}

async function run(child: ChildProcessWithoutNullStreams, input = '') {
  const texts = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()))
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number]
  return { code, ...texts }
}

test('the batch job scores every line in order', async () => {
  const { code, stdout, stderr } = await run(start('batch-job/score.ts'), 'farm_0\n=nobody\n\nmill_2\n')

  const rows = stdout.trimEnd().split('\n')
  expect([code, stderr]).toEqual([0, ''])
  expect(rows.map((row) => row.split(',').slice(0, 3).join(','))).toEqual([
    'account,answered,known',
    'farm_0,ringleader,true',
    "'=nobody,ringleader,false",
    'mill_2,ringleader,true',
  ])
  expect(rows[1]).toMatch(/,ring_\w+,\w+$/)
})

test('the nightly export writes one publish whole, and no publish twice', async () => {
  const out = join(dir.path, 'export')
  const first = await run(start('nightly-export/export.ts', '--out', out))
  const rows = (name: string) => readFileSync(join(out, name), 'utf8').trimEnd().split('\n')

  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toMatch(/^publish \d+: 2 rings, 8 members\n$/)
  expect([rows('rings.ndjson').length, rows('members.ndjson').length]).toEqual([2, 8])
  expect(existsSync(join(out, 'rings.ndjson.part'))).toBe(false)

  const again = await run(start('nightly-export/export.ts', '--out', out))
  expect(again.stdout).toMatch(/^publish \d+ is exported already\n$/)
})

test('the scoring service decides on log-ins and sign-ups, and goes on when nobody answers', async () => {
  await using own = await served()
  const occurredAt = new Date().toISOString()
  await own.post(
    '/v1/events',
    ringOf('farm', 5).map((event) => ({ ...event, occurredAt, accountCreatedAt: occurredAt })),
  )
  const match = () => own.post<{ rings: unknown[] }>('/v1/match', { identifiers: { device: 'farm_device' } })
  await until(match, ({ body }) => body.rings.length > 0)
  writeFileSync(join(dir.path, 'own'), own.key)
  const child = start('scoring-service/server.ts', '--url', own.url, '--key-file', join(dir.path, 'own'))
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const ask = async (path: string, body: object): Promise<unknown> =>
      (await fetch(line.toString().trim() + path, { method: 'POST', body: JSON.stringify(body) })).json()

    expect(await ask('/login', { account: 'farm_0' })).toMatchObject({ decision: expect.any(String) })
    expect(await ask('/signup', { identifiers: { device: 'farm_device' } })).toMatchObject({
      because: 'would join a group of 5',
    })
    expect(await ask('/signup', { identifiers: { device: 'a new one' } })).toMatchObject({
      decision: 'allow',
    })
    expect(await ask('/login', {})).toMatchObject({ error: expect.any(String) })

    await own[Symbol.asyncDispose]()
    expect(await ask('/login', { account: 'farm_0' })).toEqual({
      decision: 'allow',
      because: 'no answer: unreachable',
    })
  } finally {
    child.kill()
    await once(child, 'close')
  }
})
