import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { ringClasses } from '../../graph/ring.ts'
import { runCommand, runJson } from '../support/processes/command.ts'
import { chainOf, ndjson, ringOf, sentEvent } from '../support/processes/deliveries.ts'
import { filesHolding } from '../support/processes/served.ts'
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
    subtype: z.enum(['household', 'workplace_campus', 'kiosk']).optional(),
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

function written(name: string, content: string | Uint8Array): string {
  const file = join(dir.path, name)
  writeFileSync(file, content)
  return file
}

const hashOf = (i: number): string => createHash('sha256').update(String(i)).digest('base64url')

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

  test('rings are listed riskiest first, each in the shape programs rely on', async () => {
    const { code, rows, stderr } = await runJson('rings', ...on)

    const rings = rows.map((row) => shapes.ring.parse(row))
    expect([code, stderr]).toEqual([0, ''])
    expect(rings.map(({ size }) => size)).toContain(6)
    expect(rings.map(({ risk }) => risk)).toEqual(rings.map(({ risk }) => risk).toSorted((a, b) => b - a))
  })

  test('rings of one class are listed alone', async () => {
    const { rows: all } = await runJson('rings', ...on)
    const rings = all.map((row) => shapes.ring.parse(row))

    expect(rings.length).toBeGreaterThan(0)
    for (const one of ringClasses) {
      const { rows } = await runJson('rings', '--class', one, ...on)
      expect(rows).toEqual(all.filter((_, place) => rings[place]?.class === one))
    }
  })

  test('members are the accounts in rings, each once', async () => {
    const { rows } = await runJson('members', ...on)

    const members = rows.map((row) => shapes.member.parse(row))
    const accounts = members.map(({ account }) => account)
    expect(accounts).toEqual(expect.arrayContaining(['farm_0', 'farm_5', 'ann']))
    expect(accounts).not.toContain('lone')
    expect(new Set(accounts).size).toBe(accounts.length)
  })

  test('the lineage of a ring tells its birth, as a table and as lanes', async () => {
    const ring = (await runJson('members', ...on)).rows.find(({ account }) => account === 'farm_0')?.['ring']

    const { rows } = await runJson('lineage', String(ring), ...on)
    const told = await runCommand(['lineage', String(ring), ...on])

    expect(rows).toMatchObject([{ ring, status: 'active', changes: [{ version: 1, kind: 'born' }] }])
    expect(told.stdout).toMatch(/born +\d+ +\d+ accounts linked by/)
    expect(await runJson('lineage', 'ring_9_nope', ...on)).toMatchObject({ code: 2 })
  })

  test('a verdict is given with a reason, listed, and taken back', async () => {
    const ring = String(
      (await runJson('members', ...on)).rows.find(({ account }) => account === 'farm_0')?.['ring'],
    )

    const unreasoned = await runJson('decide', ring, 'benign', ...on)
    const made = await runJson('decide', ring, 'benign', '--reason', 'a family, asked by phone', ...on)
    const expiring = await runJson(
      'decide',
      ring,
      'benign',
      '--reason',
      'x',
      '--expires',
      '2001-01-01',
      ...on,
    )
    const taken = await runJson('decide', ring, 'retract', ...on)
    const again = await runJson('decide', ring, 'retract', ...on)

    expect([unreasoned.code, made.code, expiring.code, taken.code, again.code]).toEqual([2, 0, 2, 0, 2])
    expect(expiring.stderr).toContain('It would have expired already')
    expect(made.rows).toMatchObject([{ ring, verdict: 'benign', version: 1, accounts: 6, holds: null }])
    expect((await runJson('decisions', ring, ...on)).rows).toMatchObject([
      { id: made.rows[0]?.['id'], reason: 'a family, asked by phone', retractedAt: expect.any(String) },
    ])
  })

  test('members of one ring are those of that ring', async () => {
    const ring = (await runJson('members', ...on)).rows.find(({ account }) => account === 'farm_0')?.['ring']

    const { rows } = await runJson('members', String(ring), ...on)
    const unknown = await runJson('members', 'ring_9_nope', ...on)

    expect(rows).toHaveLength(6)
    expect(unknown).toMatchObject({ code: 2, rows: [], stderr: expect.stringContaining('ring_not_found') })
  })

  test('two accounts are explained by what they share, and by the path between them', async () => {
    const explain = (a: string, b: string) => runJson('explain', a, b, ...on)
    const [direct, path, none] = await Promise.all([
      explain('farm_0', 'farm_1'),
      explain('ann', 'dan'),
      explain('ann', 'farm_0'),
    ])

    expect(direct.rows[0]).toMatchObject({ a: 'farm_0', b: 'farm_1', linked: true, truncated: false })
    expect(path.rows[0]).toMatchObject({ linked: true, direct: { shared: [] } })
    expect(path.rows[0]?.['path']).toHaveLength(3)
    expect(none.rows[0]).toMatchObject({ linked: false, path: [] })
  })

  test('a ring is explained, and why an account is in it', async () => {
    const ring = (await runJson('members', ...on)).rows.find(({ account }) => account === 'farm_0')?.['ring']
    const [whole, member, people, stranger, nothing] = await Promise.all([
      runJson('explain', String(ring), ...on),
      runJson('explain', String(ring), 'farm_0', ...on),
      runCommand(['explain', String(ring), ...on]),
      runJson('explain', String(ring), 'ann', ...on),
      runJson('explain', 'ring_9_nope', ...on),
    ])

    expect(whole).toMatchObject({
      code: 0,
      stderr: '',
      rows: [{ ring, size: 6, covered: 6, truncated: false }],
    })
    expect(member.rows).toMatchObject([{ account: 'farm_0', ring, linked: 5 }])
    expect(people.stdout).toMatch(/What ties it together[^]*What would change/)
    expect(people.stdout).toContain('6 accounts were created within 3 days from 2026-05-02')
    expect(stranger).toMatchObject({ code: 2, stderr: expect.stringContaining('account_not_found') })
    expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('ring_not_found') })
  })

  test('an account nobody named, or one against itself, is wrong usage', async () => {
    const [unknown, itself] = await Promise.all(
      ['nobody', 'farm_0'].map((other) => runJson('explain', 'farm_0', other, ...on)),
    )

    expect(unknown).toMatchObject({ code: 2, rows: [], stderr: expect.stringContaining('account_not_found') })
    expect(itself).toMatchObject({ code: 2, rows: [], stderr: expect.stringContaining('invalid_input') })
  })

  test('people get tables instead', async () => {
    const [rings, members, why] = await Promise.all(
      [['rings'], ['members'], ['explain', 'farm_0', 'farm_1']].map((command) =>
        runCommand([...command, ...on]),
      ),
    )

    expect(rings).toMatchObject({ code: 0, stdout: expect.stringMatching(/RING +CLASS +RISK +SIZE/) })
    expect(members).toMatchObject({ code: 0, stdout: expect.stringMatching(/farm_0 +ring_1_/) })
    expect(why).toMatchObject({ code: 0, stdout: expect.stringContaining('Linked at') })
  })

  test('doctor finds nothing wrong, and says what to look at', async () => {
    const { code, rows } = await runJson('doctor', ...on)

    const states: Record<string, unknown> = Object.fromEntries(
      rows.map(({ check, state }) => [String(check), state]),
    )
    expect(code).toBe(0)
    expect(states).toMatchObject({ Node: 'ok', detection: 'ok', 'dead letters': 'warning' })
    expect(Object.values(states)).not.toContain('wrong')
  })
})

describe('CSV', () => {
  const broken = (text: string) => expect.stringContaining(text)
  const map = written(
    'map.yaml',
    `event: { type: payment, occurredAt: { column: when }, account: { column: user }, identifiers: { payment: { column: card } } }\n`,
  )
  const csv = written('cards.csv', 'user,when,card\nada,2026-05-02,tok1\nbob,2026-05-02,tok1\n')

  test('with a column missing, or a mapping for something else, is wrong usage that names it', async () => {
    const wrong = written('wrong.csv', 'user,when\nada,2026-05-02\n')
    const at = ['--data', join(dir.path, 'csv'), '--map', map]

    const missing = await runJson('ingest', wrong, ...at)
    const labels = await runJson('label', csv, ...at)

    expect(missing).toMatchObject({ code: 2, stderr: broken('“card”') })
    expect(labels).toMatchObject({ code: 2, stderr: broken('ringleader ingest') })
  })

  test('whose gzip breaks off keeps the rows before the break, and says so', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `user${i},2026-05-02,${hashOf(i)}`)
    const zip = gzipSync(['user,when,card', ...rows].join('\n'))
    const half = written('half.csv.gz', zip.subarray(0, zip.length / 2))
    const at = ['--data', join(dir.path, 'half'), '--map', map]

    const { code, stderr } = await runJson('ingest', half, ...at)
    const again = await runJson('ingest', csv, ...at)
    const detected = await runJson('detect', '--data', join(dir.path, 'half'))

    expect([code, stderr]).toEqual([1, broken('half.csv.gz is not whole gzip')])
    expect(again.code).toBe(0)
    expect(Number(detected.rows[0]?.['accounts'])).toBeGreaterThan(2_000)
  })

  test('in another encoding is refused, because two names could become one', async () => {
    const file = written('latin.csv', Buffer.from('user,when,card\nm\xfcller,2026-05-02,t\n', 'latin1'))

    const { code, stderr } = await runJson('ingest', file, '--data', join(dir.path, 'csv'), '--map', map)

    expect([code, stderr]).toEqual([2, broken('latin.csv is not UTF-8')])
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

test('nothing that identifies a person or card is in the store in clear', () => {
  expect(filesHolding(data, 'farm_device')).toEqual([])
  expect(filesHolding(data, 'farm_token')).toEqual([])
  expect(filesHolding(data, 'farm_0')).not.toEqual([])
})
