import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { runCommand, runJson } from '../support/command.ts'
import { chainOf, ndjson, ringOf, sentEvent } from '../support/deliveries.ts'
import { tempDir } from '../support/temp-dir.ts'

const probability = z.number().min(0).max(1)
const ringClass = z.enum(['fraud_ring', 'takeover_cluster', 'benign_shared', 'uncertain'])

/** The shapes other programs rely on: design section 9. A changed one breaks them. */
const shapes = {
  ingest: z.strictObject({
    read: z.int(),
    accepted: z.int(),
    duplicate: z.int(),
    conflict: z.int(),
    rejected: z.int(),
    tookMs: z.int(),
  }),
  ring: z.strictObject({
    ring: z.string(),
    class: ringClass,
    risk: probability,
    size: z.int(),
    core: z.int(),
    firstSeen: z.iso.datetime(),
    lastSeen: z.iso.datetime(),
    topEvidence: z.array(z.object({ kind: z.string(), ref: z.string() })),
  }),
  member: z.strictObject({
    account: z.string(),
    ring: z.string(),
    class: ringClass,
    role: z.enum(['victim', 'receiver', 'core', 'bridge', 'associate', 'bystander']),
    membership: probability,
    risk: probability,
    compromise: probability,
    flagged: z.boolean(),
  }),
}

const dir = tempDir()
const data = join(dir.path, 'data')
afterAll(() => dir[Symbol.dispose]())

function written(name: string, content: string): string {
  const file = join(dir.path, name)
  writeFileSync(file, content)
  return file
}

const events = [...ringOf('farm', 6), ...chainOf(['ann', 'ben', 'cid', 'dan']), sentEvent('lone')]
const on = ['--data', data]

describe('from files to rings', () => {
  const eventsFile = written('events.ndjson', `${ndjson(events)}\n{"type":"odd"}\n`)

  beforeAll(async () => {
    const ingested = await runJson('ingest', eventsFile, ...on)
    expect(ingested.code).toBe(0)
    expect(shapes.ingest.parse(ingested.rows[0])).toMatchObject({
      read: events.length + 1,
      accepted: events.length,
      duplicate: 0,
      conflict: 0,
      rejected: 1,
    })
    expect(ingested.rows).toHaveLength(1)
    expect(ingested.stderr).toContain(`events.ndjson:${events.length + 1} rejected (invalid_input)`)
    const detected = await runJson('detect', ...on)
    expect(detected).toMatchObject({ code: 0, rows: [{ version: 1, accounts: 11 }] })
  })

  test('a second ingest of the same file gives only duplicates', async () => {
    const { rows } = await runJson('ingest', eventsFile, ...on)

    expect(rows[0]).toMatchObject({ read: events.length + 1, accepted: 0, duplicate: events.length })
  })

  test('rings are listed riskiest first, each in the shape programs rely on', async () => {
    const { code, rows, stderr } = await runJson('rings', ...on)

    const rings = rows.map((row) => shapes.ring.parse(row))
    expect([code, stderr]).toEqual([0, ''])
    expect(rings.map(({ size }) => size)).toContain(6)
    expect(rings.map(({ risk }) => risk)).toEqual(rings.map(({ risk }) => risk).toSorted((a, b) => b - a))
  })

  test('members are the accounts in rings, each once', async () => {
    const { rows } = await runJson('members', ...on)

    const members = rows.map((row) => shapes.member.parse(row))
    const accounts = members.map(({ account }) => account)
    expect(accounts).toEqual(expect.arrayContaining(['farm_0', 'farm_5', 'ann']))
    expect(accounts).not.toContain('lone')
    expect(new Set(accounts).size).toBe(accounts.length)
  })

  test('members of one ring are those of that ring', async () => {
    const ring = (await runJson('members', ...on)).rows.find(({ account }) => account === 'farm_0')?.['ring']

    const { rows } = await runJson('members', '--ring', String(ring), ...on)
    const unknown = await runJson('members', '--ring', 'ring_9_nope', ...on)

    expect(rows).toHaveLength(6)
    expect(unknown).toMatchObject({ code: 2, rows: [], stderr: expect.stringContaining('ring_not_found') })
  })

  test('two accounts are explained by what they share, and by the path between them', async () => {
    const direct = await runJson('explain', 'farm_0', 'farm_1', ...on)
    const path = await runJson('explain', 'ann', 'dan', ...on)
    const none = await runJson('explain', 'ann', 'farm_0', ...on)

    expect(direct.rows[0]).toMatchObject({ a: 'farm_0', b: 'farm_1', linked: true, truncated: false })
    expect(path.rows[0]).toMatchObject({ linked: true, direct: { shared: [] } })
    expect((path.rows[0]?.['path'] as unknown[]).length).toBe(3)
    expect(none.rows[0]).toMatchObject({ linked: false, path: [] })
  })

  test('an account nobody named, or one against itself, is wrong usage', async () => {
    const unknown = await runJson('explain', 'farm_0', 'nobody', ...on)
    const itself = await runJson('explain', 'farm_0', 'farm_0', ...on)

    expect(unknown).toMatchObject({ code: 2, rows: [], stderr: expect.stringContaining('account_not_found') })
    expect(itself).toMatchObject({ code: 2, rows: [], stderr: expect.stringContaining('invalid_input') })
  })

  test('people get tables instead', async () => {
    const rings = await runCommand(['rings', ...on])
    const members = await runCommand(['members', ...on])
    const why = await runCommand(['explain', 'farm_0', 'farm_1', ...on])

    expect(rings.stdout).toMatch(/RING +RISK +SIZE/)
    expect(members.stdout).toMatch(/farm_0 +ring_1_/)
    expect(why.stdout).toContain('Linked at')
    expect([rings.code, members.code, why.code]).toEqual([0, 0, 0])
  })

  test('rebuild makes the same state from the log alone', async () => {
    const first = await runJson('rebuild', ...on)
    const second = await runJson('rebuild', ...on)

    expect(first).toMatchObject({ code: 0, rows: [{ same: true }] })
    expect(second.rows[0]?.['digest']).toBe(first.rows[0]?.['digest'])
  })

  test('doctor finds nothing wrong, and says what to look at', async () => {
    const { code, rows } = await runJson('doctor', ...on)

    const states = Object.fromEntries(rows.map(({ check, state }) => [check, state]))
    expect(code).toBe(0)
    expect(states).toMatchObject({ Node: 'ok', detection: 'ok', 'dead letters': 'warning' })
    expect(Object.values(states)).not.toContain('wrong')
  })

  test('dead letters are listed, replayed and dropped', async () => {
    const list = () => runJson('dead-letters', 'list', ...on)
    const [letter] = (await list()).rows

    const replayed = await runJson('dead-letters', 'replay', '--all', ...on)
    const none = await runJson('dead-letters', 'drop', ...on)
    const dropped = await runJson('dead-letters', 'drop', String(letter?.['id']), ...on)

    expect(letter).toMatchObject({ source: 'events.ndjson', code: 'invalid_input', replayable: true })
    expect(Object.keys(letter ?? {})).not.toContain('sealed')
    expect(replayed.rows).toEqual([{ replayed: 0, stillRejected: 1, notReplayable: 0 }])
    expect(none).toMatchObject({ code: 2, rows: [] })
    expect(dropped.rows).toEqual([{ dropped: 1 }])
    expect((await list()).rows).toEqual([])
  })
})

describe('CSV', () => {
  const map = written(
    'map.yaml',
    `event: { type: payment, occurredAt: { column: when }, account: { column: user }, identifiers: { payment: { column: card } } }\n`,
  )
  const csv = written('cards.csv', 'user,when,card\nada,2026-05-02,tok1\nbob,2026-05-02,tok1\n')

  test('is read through a mapping, and again gives only duplicates', async () => {
    const at = ['--data', join(dir.path, 'csv'), '--map', map]

    const first = await runJson('ingest', csv, ...at)
    const again = await runJson('ingest', csv, ...at)

    expect(shapes.ingest.parse(first.rows[0])).toMatchObject({ read: 2, accepted: 2 })
    expect(again.rows[0]).toMatchObject({ read: 2, accepted: 0, duplicate: 2 })
  })

  test('with a column missing, or a mapping for something else, is wrong usage that names it', async () => {
    const wrong = written('wrong.csv', 'user,when\nada,2026-05-02\n')
    const at = ['--data', join(dir.path, 'csv'), '--map', map]

    const missing = await runJson('ingest', wrong, ...at)
    const labels = await runJson('label', csv, ...at)

    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('“card”') })
    expect(labels).toMatchObject({ code: 2, stderr: expect.stringContaining('ringleader ingest') })
  })
})

test('labels are taken, wrong ones refused, and --strict says so by its exit code', async () => {
  const label = { account: 'farm_0', label: 'fraud', source: 'review', at: '2026-05-02T10:15:00Z' }
  const file = written('labels.ndjson', ndjson([label, { ...label, label: 'odd' }]))
  const at = ['--data', join(dir.path, 'labels')]

  const plain = await runJson('label', file, ...at)
  const strict = await runJson('label', file, '--strict', ...at)

  expect(plain.code).toBe(0)
  expect(shapes.ingest.parse(plain.rows[0])).toMatchObject({ read: 2, accepted: 1, rejected: 1 })
  expect(strict).toMatchObject({ code: 3, rows: [{ duplicate: 1, rejected: 1 }] })
})

test('a file that is not there fails the command and names it', async () => {
  const { code, stderr } = await runJson('ingest', '/nowhere.ndjson', '--data', join(dir.path, 'none'))

  expect([code, stderr]).toEqual([2, expect.stringContaining('/nowhere.ndjson')])
})

test('a directory without a store is told apart from an empty one', async () => {
  const { code, stderr, stdout } = await runJson('rings', '--data', join(dir.path, 'nothing'))

  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toContain('store_missing')
})

test('the key is kept from others and nothing of an event is in the store in clear', () => {
  const bytes = readFileSync(join(data, 'ringleader.db')).toString('latin1')

  expect(bytes).not.toContain('farm_device')
  expect(bytes).not.toContain('farm_token')
})
