import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { tempDir } from '../support/temp-dir.ts'

const main = join(import.meta.dirname, '../../src/main.ts')
const dir = tempDir()
const data = join(dir.path, 'data')
// Jest's own options are not the child's, and a stray setting must not decide a test.
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS' && !name.startsWith('RINGLEADER_')),
)
const node = ['--disable-warning=ExperimentalWarning', main]

interface Run {
  readonly code: number | null
  readonly out: string
  readonly err: string
  readonly lines: readonly Record<string, unknown>[]
}

function ringleader(...args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, ...args], {
    encoding: 'utf8',
    env,
    cwd: dir.path,
  })
  const lines = args.includes('--json')
    ? stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    : []
  return { code: status, out: stdout, err: stderr, lines }
}

const on = (...args: readonly string[]): Run => ringleader(...args, '--data', data)

beforeAll(() => {
  mkdirSync(data)
  const events = ['a', 'b', 'c', 'd', 'e'].flatMap((account, i) => [
    {
      eventId: `s${i}`,
      type: 'signup',
      occurredAt: '2026-05-01T10:00:00Z',
      account,
      identifiers: { device: `d${Math.floor(i / 2)}`, email: `m${Math.floor((i + 1) / 2)}@example.org` },
    },
    {
      eventId: `l${i}`,
      type: 'login',
      occurredAt: '2026-05-02T10:00:00Z',
      account,
      identifiers: { device: `d${Math.floor(i / 2)}` },
    },
  ])
  writeFileSync(
    join(dir.path, 'events.ndjson'),
    [...events, { bad: true }].map((line) => JSON.stringify(line)).join('\n'),
  )
  writeFileSync(join(dir.path, 'cards.csv'), 'id,user,card\n1,a,77\n2,e,77\n')
  writeFileSync(
    join(dir.path, 'cards.yaml'),
    "event: { type: payment, occurredAt: '2026-05-03', account: { column: user }, identifiers: { payment: { prefix: card_, column: card } } }\n",
  )
  writeFileSync(
    join(dir.path, 'labels.ndjson'),
    JSON.stringify({ account: 'a', label: 'fraud', source: 'review', at: '2026-05-04T00:00:00Z' }),
  )
})
afterAll(() => dir[Symbol.dispose]())

test('the whole way: ingest, label, detect, rings, members, explain', () => {
  const ingested = on('ingest', 'events.ndjson', '--json')
  expect(ingested).toMatchObject({
    code: 0,
    lines: [{ read: 11, accepted: 10, duplicate: 0, conflict: 0, rejected: 1, tookMs: expect.any(Number) }],
  })
  expect(ingested.err).toContain('events.ndjson:11')
  expect(on('ingest', 'events.ndjson', '--strict', '--json')).toMatchObject({
    code: 3,
    lines: [{ accepted: 0, duplicate: 10, rejected: 1 }],
  })
  expect(on('ingest', 'cards.csv', '--map', 'cards.yaml', '--json').lines).toMatchObject([
    { read: 2, accepted: 2 },
  ])
  expect(on('ingest', 'cards.csv', '--map', 'cards.yaml', '--json').lines).toMatchObject([
    { read: 2, duplicate: 2 },
  ])
  expect(on('label', 'labels.ndjson', '--json').lines).toMatchObject([{ read: 1, accepted: 1 }])

  expect(on('detect', '--json').lines).toMatchObject([
    { version: 1, accounts: 5, rings: 1, asOf: '2026-05-03T23:59:59.999Z' },
  ])
  const [ring] = on('rings', '--json').lines
  expect(Object.keys(ring ?? {})).toEqual([
    'ring',
    'class',
    'risk',
    'size',
    'core',
    'firstSeen',
    'lastSeen',
    'topEvidence',
  ])
  const members = on('members', '--json').lines
  expect(members.map(({ account }) => account)).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(Object.keys(members[0] ?? {})).toEqual([
    'account',
    'ring',
    'class',
    'role',
    'membership',
    'risk',
    'compromise',
    'flagged',
  ])
  const [explained] = on('explain', 'a', 'd', '--json').lines
  expect(explained).toMatchObject({ a: 'a', b: 'd', linked: true, truncated: false })
  expect(explained?.['path']).toHaveLength(2)
  expect(on('explain', 'a', 'b').out).toMatch(/Linked at \d+ % by a shared/)
  expect(on('explain', 'a', 'nobody')).toMatchObject({
    code: 2,
    err: expect.stringContaining('nobody is not known'),
  })
})

test('rebuild makes the same state, dead letters are seen and dropped, doctor and config speak', () => {
  const [rebuilt] = on('rebuild', '--json').lines
  expect(rebuilt).toMatchObject({ same: true, digest: expect.stringMatching(/^[0-9a-f]{64}$/) })

  expect(on('dead-letters', 'list', '--json').lines).toMatchObject([
    { source: 'events.ndjson', line: 11, replayable: true },
  ])
  expect(on('dead-letters', 'replay', '--all', '--json').lines).toMatchObject([
    { replayed: 0, stillRejected: 1 },
  ])
  expect(on('dead-letters', 'drop').code).toBe(2)
  expect(on('dead-letters', 'drop', '--all', '--json').lines).toMatchObject([{ dropped: 1 }])

  expect(on('doctor', '--json').lines.find(({ check }) => check === 'detection')).toMatchObject({
    state: 'ok',
  })
  expect(on('config', 'check', '--json').lines).toEqual([{ ok: true }])
  expect(ringleader('config', 'print').out).toContain('RINGLEADER_PORT')
})

describe('beside a running server', () => {
  let url = ''
  let key = ''
  const child = { stop: () => Promise.resolve() }

  beforeAll(async () => {
    key = String(
      on('keys', 'create', '--name', 'all', '--scope', 'ingest,risk:read,rings:read,admin', '--json')
        .lines[0]?.['key'],
    )
    const server = spawn(process.execPath, [...node, 'serve', '--port', '0', '--json', '--data', data], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const first = await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next()
    url = (JSON.parse(String(first.value)) as { url: string }).url
    child.stop = () =>
      new Promise((resolve) => server.once('exit', () => resolve()) && server.kill('SIGTERM'))
  })
  afterAll(() => child.stop())

  test('reading works', () => {
    expect(on('rings', '--json').lines).toHaveLength(1)
    expect(on('explain', 'a', 'b', '--json').code).toBe(0)
    expect(on('doctor', '--json').lines.find(({ check }) => check === 'writer')?.['detail']).toContain(url)
  })

  test('writing is refused with the owner and the way to go', () => {
    const refused = on('ingest', 'events.ndjson')

    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(new RegExp(`process \\d+: use that server: add --url ${url} --key KEY`))
  })

  test('writing works through it', () => {
    const there = ['--url', url, '--key', key, '--json']

    expect(ringleader('ingest', 'events.ndjson', ...there).lines).toMatchObject([
      { read: 11, duplicate: 10, rejected: 1 },
    ])
    expect(ringleader('label', 'labels.ndjson', ...there).lines).toMatchObject([{ duplicate: 1 }])
    const made = ringleader('keys', 'create', '--name', 'x', '--scope', 'risk:read', ...there).lines[0]
    expect(made).toMatchObject({
      id: expect.any(String),
      key: expect.stringMatching(/^rl_/),
      scopes: ['risk:read'],
    })
    expect(ringleader('keys', 'revoke', String(made?.['id']), ...there).lines).toEqual([
      { id: made?.['id'], revoked: true },
    ])
    expect(ringleader('ingest', 'events.ndjson', '--url', url, '--key', 'rl_wrong')).toMatchObject({
      code: 1,
    })
  })
})

describe('every command', () => {
  const commands = [
    'demo',
    'serve',
    'ingest',
    'label',
    'detect',
    'rings',
    'members',
    'explain',
    'rebuild',
    'doctor',
    'config check',
    'keys create',
    'dead-letters list',
    'assert same-actor',
    'range generate',
    'range score',
  ]

  test.each(commands)('%s has help with examples', (command) => {
    const { code, out } = ringleader(...command.split(' '), '--help')

    expect(code).toBe(0)
    expect(out).toContain('Examples:')
  })

  test('that does not exist, or gets a wrong option, exits 2', () => {
    expect(ringleader('nonsense').code).toBe(2)
    expect(ringleader('rings', '--nonsense').code).toBe(2)
    expect(ringleader('rings', '--data', join(dir.path, 'nothing'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('ingest something first'),
    })
  })
})
