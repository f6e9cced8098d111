/** The digest covers every stored field of the state, and nothing else. */
import { cpSync } from 'node:fs'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { digestState } from '../../src/store/digest.ts'
import { openEmbeddedReader } from '../../src/store/sqlite/store.ts'
import { collect } from '../support/collect.ts'
import { eventOf, labelOf, noon, seen } from '../support/core/events.ts'
import { publicationOf } from '../support/core/publications.ts'
import { openIn, openRows } from '../support/stores/embedded.ts'
import { tempDir } from '../support/temp-dir.ts'

/** What the state is made of, and the columns of it that the digest must not cover, each with its reason. */
const stateTables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  account: { id: 'internal' },
  identifier: { id: 'internal', sealed: 'how a value is encrypted is not what is known' },
  activity: {},
  use: {},
  relation: {},
  label: {},
  assertion: {},
}
const otherTables = [
  'meta',
  'event',
  'event_key',
  'run',
  'ring',
  'member',
  'ring_change',
  'snapshot_part',
  'decision',
  'api_key',
  'dead_letter',
  'local_models',
  'models_choice',
  'webhook',
  'dead_message',
  'tripwire',
  'feed_note',
  'ring_owner',
  'state_change',
  'audit',
  'receipt',
  'request',
]

interface Column {
  readonly name: string
  readonly type: string
  readonly notnull: number
  readonly pk: number
}
interface Alteration {
  readonly what: string
  readonly value: SQLInputValue
}

let dir: ReturnType<typeof tempDir>

/** A state with something in every column, two of everything. */
beforeAll(async () => {
  dir = tempDir()
  const store = openIn(dir.path)
  const sight = (n: number) => ({
    account: n % 2 ? 'ada' : 'bob',
    at: noon + n * 86_400_000,
    session: `s${n}`,
    tables: n,
  })
  await store.record(
    [0, 1, 2, 3].map((n) =>
      eventOf({
        ...sight(n),
        id: `e${n}`,
        type: 'payment',
        createdAt: noon - n,
        amount: 5,
        currency: 'EUR',
        identifiers: ['target', 'ip'].map((kind) =>
          seen(kind, `r${n % 2}`, { class: 'vpn', asn: 7, place: '1.0,2.0', display: `shown ${n}` }),
        ),
        relations: [{ account: 'cyd', relation: 'paid' }],
      }),
    ),
  )
  await store.label([labelOf({ reason: 'spam' }), labelOf({ account: 'bob', reason: 'phishing' })])
  for (const id of ['as_1', 'as_2']) {
    const said = { author: 'eve', reason: 'seen', at: 1, expiresAt: 2, retractedAt: 3 }
    await store.assert({ id, kind: 'role', subjects: ['ada', 'bob'], role: 'core', ...said })
  }
  await store[Symbol.asyncDispose]()
})
afterAll(() => dir[Symbol.dispose]())

/** The digest of the same data after `alter` has been at its rows. */
async function digestAfter(alter: (rows: DatabaseSync) => void): Promise<string> {
  using copy = tempDir()
  cpSync(dir.path, copy.path, { recursive: true })
  const rows = openRows(copy.path)
  rows.exec('PRAGMA foreign_keys = OFF')
  alter(rows)
  rows.close()
  await using reader = openEmbeddedReader(copy.path)
  return (await reader.digest()).digest
}

const columnsOf = (rows: DatabaseSync, table: string): readonly Column[] =>
  rows.prepare(`PRAGMA table_info("${table}")`).all() as unknown as readonly Column[]

const tablesIn = (rows: DatabaseSync): readonly string[] =>
  rows
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all()
    .map(({ name }) => String(name))

/** Ways in which one stored value may differ. Text that holds a JSON list differs in its elements. */
function alterationsOf(value: SQLInputValue, { type, notnull }: Column): readonly Alteration[] {
  const absent: readonly Alteration[] =
    notnull === 0 && value !== null ? [{ what: 'absent', value: null }] : []
  if (value === null) return [{ what: 'present', value: type === 'INTEGER' ? 1 : 'x' }]
  if (typeof value === 'string' && value.startsWith('[')) {
    return listsBeside(JSON.parse(value) as readonly unknown[]).map(([what, list]) => ({
      what,
      value: JSON.stringify(list),
    }))
  }
  const other = typeof value === 'string' ? `${value}x` : Number(value) + 1
  return [{ what: 'other', value: other }, ...absent]
}

type List = readonly unknown[]

function listsBeside(list: List): readonly (readonly [string, List])[] {
  const [first, ...others] = list
  return [
    ['an element fewer', others],
    ['an element more', [...list, Array.isArray(first) ? first.with(0, -1) : otherThan(first)]],
    ...elementsBeside(first).map(([what, element]) => [what, [element, ...others]] as const),
  ]
}

const elementsBeside = (element: unknown): readonly (readonly [string, unknown])[] =>
  Array.isArray(element)
    ? element.map((part, i) => [`part ${i} of an element`, element.with(i, otherThan(part))] as const)
    : [['another element', otherThan(element)]]

const otherThan = (part: unknown): unknown => (typeof part === 'number' ? part + 1 : `${String(part)}x`)

/** The fullest row of a table: one whose values are the longest. */
function fullestRow(rows: DatabaseSync, table: string): Readonly<Record<string, SQLInputValue>> {
  const all = rows.prepare(`SELECT * FROM "${table}"`).all() as Readonly<Record<string, SQLInputValue>>[]
  const [row] = all.toSorted((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)
  if (!row) throw new Error(`The test stores nothing in ${table}`)
  return row
}

/** Rows of another account or identifier are other rows: references are turned to another row that is there. */
function alterColumn(
  rows: DatabaseSync,
  place: { table: string; column: Column; value: SQLInputValue },
): void {
  const { table, column, value } = place
  const row = fullestRow(rows, table)
  const keys = columnsOf(rows, table).filter(({ pk }) => pk > 0)
  const where = keys.map(({ name }) => `"${name}" = ?`).join(' AND ')
  const { changes } = rows
    .prepare(`UPDATE OR IGNORE "${table}" SET "${column.name}" = ? WHERE ${where}`)
    .run(value, ...keys.map(({ name }) => row[name] ?? null))
  if (changes !== 1) throw new Error(`Could not alter ${table}.${column.name}`)
}

describe('the digest', () => {
  test('every table is known to be part of the state or not', () => {
    using rows = openRows(dir.path)

    expect([...tablesIn(rows)].toSorted()).toEqual([...Object.keys(stateTables), ...otherTables].toSorted())
  })

  test.each(Object.entries(stateTables))('changes with every column of %s', async (table, notCovered) => {
    using rows = openRows(dir.path)
    const before = await digestAfter(() => {})
    const references = rows.prepare(`PRAGMA foreign_key_list("${table}")`).all()
    const refersTo = new Map(references.map((one) => [String(one['from']), String(one['table'])]))
    const row = fullestRow(rows, table)
    const missed: string[] = []

    for (const column of columnsOf(rows, table).filter(({ name }) => !(name in notCovered))) {
      const target = refersTo.get(column.name)
      const alterations = target
        ? [{ what: 'another row', value: freeReference(rows, { table, column, target }) }]
        : alterationsOf(row[column.name] ?? null, column)
      for (const { what, value } of alterations) {
        const after = await digestAfter((copy) => alterColumn(copy, { table, column, value }))
        if (after === before) missed.push(`${column.name}: ${what}`)
      }
    }

    expect(missed).toEqual([])
  })

  test.each([
    ['the order of the log', 'UPDATE event SET seq = -seq'],
    [
      'events that were accepted, but not joined',
      "INSERT INTO event SELECT seq + 99, id || 'x', content, tables, body FROM event",
    ],
    ['sealed values', "UPDATE identifier SET sealed = x'00ff'"],
    [
      'internal ids',
      'UPDATE account SET id = id + 1000; UPDATE activity SET account = account + 1000; UPDATE use SET account = account + 1000; UPDATE relation SET account = account + 1000, other = other + 1000; UPDATE label SET account = account + 1000',
    ],
    ['facts about the store', "UPDATE meta SET value = '7'"],
  ])('does not change with %s', async (_, sql) => {
    const before = await digestAfter(() => {})

    expect(await digestAfter((rows) => rows.exec(sql))).toBe(before)
  })

  test('does not change with the order in which a store reads its rows', async () => {
    await using reader = openEmbeddedReader(dir.path)
    const accounts = await collect(reader.scanAccounts())
    const identifiers = await collect(reader.scanIdentifiers())
    const said = await reader.assertions()

    const inOrder = await digestState([accounts], [identifiers], said)
    const reversed = await digestState(
      accounts.toReversed().map((state) => [state]),
      [[], identifiers.toReversed()],
      said.toReversed(),
    )

    expect(inOrder).toEqual(await reader.digest())
    expect(reversed).toEqual(inOrder)
  })

  test('does not change with what detection and people publish beside the state', async () => {
    using copy = tempDir()
    cpSync(dir.path, copy.path, { recursive: true })
    await using store = openIn(copy.path)
    const before = await store.digest()
    const { publication } = publicationOf(new Map(), new Map(), 1)

    await store.publish(publication)
    await store.decide({
      id: 'de_1',
      ring: 'r',
      ringVersion: 1,
      class: 'uncertain',
      core: ['ada'],
      verdict: 'confirm',
      author: 'eve',
      reason: '',
      at: 1,
    })
    await store.saveKey({ id: 'key_1', name: 'k', hash: 'h', scopes: [], createdAt: 1 })
    await store.bury([
      { id: 'dl', stream: 'events', source: 's', line: 1, pointer: '', code: 'invalid_input', at: 1 },
    ])

    expect(await store.digest()).toEqual(before)
  })
})

/** A row that the reference may be turned to without two rows becoming one. */
function freeReference(
  rows: DatabaseSync,
  place: { table: string; column: Column; target: string },
): SQLInputValue {
  const { table, column, target } = place
  const now = fullestRow(rows, table)[column.name] ?? null
  const ids = rows.prepare(`SELECT id FROM "${target}" WHERE id <> ? ORDER BY id`).all(now)
  const free = ids.find(({ id }) => {
    rows.exec('BEGIN')
    try {
      alterColumn(rows, { table, column, value: id ?? null })
      return true
    } catch {
      // Another row has this key already; the next may do.
      return false
    } finally {
      rows.exec('ROLLBACK')
    }
  })
  return free?.['id'] ?? null
}
