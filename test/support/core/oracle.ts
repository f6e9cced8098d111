/**
 * The state as design.md section 3 words it, computed from the whole multiset of deliveries at once: slow,
 * obviously right, and sharing nothing with the product but its types.
 *
 * Where the design names no last tie-break the oracle says: of two happenings with one time and id both are kept,
 * the greater outcome, amount, currency first and an absent one last; of two labels of one source, time and value
 * the greater reason wins and none loses; a session counts once, at its newest time; class and ASN go together,
 * because one lookup gave both.
 */
import type {
  AccountState,
  Happening,
  IdentifierState,
  Label,
  SeenIdentifier,
  Span,
  StateType,
  StoredEvent,
} from '../../../graph/model.ts'

export interface ExpectedState {
  readonly accounts: ReadonlyMap<string, AccountState>
  readonly identifiers: ReadonlyMap<string, IdentifierState>
}

export function expectedState(events: readonly StoredEvent[], labels: readonly Label[] = []): ExpectedState {
  const names = [
    ...events.flatMap(({ account, relations }) => [account, ...relations.map((to) => to.account)]),
    ...labels.map(({ account }) => account),
  ]
  const sights = events.flatMap((event) => event.identifiers.map((seen) => ({ event, seen })))
  return {
    accounts: new Map([...new Set(names)].map((name) => [name, expectedAccount(name, { events, labels })])),
    identifiers: new Map(
      [...Map.groupBy(sights, ({ seen }) => key(seen.kind, seen.ref))].map(([id, all]) => [
        id,
        expectedIdentifier(all),
      ]),
    ),
  }
}

const key = (...parts: readonly string[]): string => JSON.stringify(parts)

function expectedAccount(
  account: string,
  all: { events: readonly StoredEvent[]; labels: readonly Label[] },
): AccountState {
  const events = all.events.filter((event) => event.account === account)
  const born = events.flatMap(({ createdAt }) => (createdAt === undefined ? [] : [createdAt]))
  const uses = events.flatMap((event) => event.identifiers.map(({ kind, ref }) => ({ event, kind, ref })))
  const relations = events.flatMap((event) => event.relations.map((to) => ({ event, ...to })))
  return {
    account,
    ...(born.length > 0 && { createdAt: Math.min(...born) }),
    activities: groups(events, (event) => [countsAs(event)]).map((rows) => ({
      type: countsAs(rows[0]),
      ...spanOf(rows),
      recent: newestHappenings(rows, 32),
    })),
    uses: groups(uses, ({ event, kind, ref }) => [kind, ref, countsAs(event)]).map((rows) => {
      const [{ kind, ref, event }] = rows
      const seenIn = rows.map((row) => row.event)
      const times = kind === 'target' ? newest([...new Set(seenIn.map(({ at }) => at))], 8, (at) => [at]) : []
      return { kind, ref, type: countsAs(event), ...spanOf(seenIn), sessions: newestSessions(seenIn), times }
    }),
    relations: groups(relations, (row) => [row.relation, row.account, countsAs(row.event)]).map((rows) => {
      const [{ account: to, relation, event }] = rows
      const seenIn = rows.map((row) => row.event)
      return { to, relation, type: countsAs(event), ...spanOf(seenIn), recent: newestHappenings(seenIn, 8) }
    }),
    labels: groups(
      all.labels.filter((label) => label.account === account),
      ({ source }) => [source],
    ).flatMap((rows) => newest(rows, 1, (row) => [row.at, strength.indexOf(row.label), row.reason])),
  }
}

const strength: readonly Label['label'][] = ['none', 'legit', 'victim', 'fraud']

function expectedIdentifier(
  sights: readonly { event: StoredEvent; seen: SeenIdentifier }[],
): IdentifierState {
  const { kind, ref } = sights[0]!.seen // a group has a row
  const tables = Math.max(...sights.map(({ event }) => event.tables))
  const facts = sights.filter(({ event }) => event.tables === tables).map(({ seen }) => seen)
  const fact = smallest(facts, (row) => [row.class, row.asn, row.place])
  const shown = sights.flatMap(({ event: { at, id }, seen: { display: text } }) =>
    text === undefined ? [] : [{ text, at, id }],
  )
  const [display] = newest(shown, 1, ({ at, id, text }) => [at, id, text])
  return {
    kind,
    ref,
    mask: sights.map(({ seen }) => seen.mask).find((mask) => mask !== '') ?? '',
    tables,
    ...(fact?.class !== undefined && { class: fact.class }),
    ...(fact?.asn !== undefined && { asn: fact.asn }),
    ...(fact?.place !== undefined && { place: fact.place }),
    ...(display && { display }),
  }
}

const countsAs = ({ type, outcome }: StoredEvent): StateType =>
  outcome === 'failure' ? (`${type.replace(/_failed$/, '')}_failed` as StateType) : type

const spanOf = (events: readonly StoredEvent[]): Span => {
  const times = events.map(({ at }) => at)
  const dates = new Set(times.map((at) => new Date(at).toISOString().slice(0, 10)))
  const days = [...dates].map((date) => Date.parse(date) / 86_400_000).toSorted((a, b) => a - b)
  return { firstAt: Math.min(...times), lastAt: Math.max(...times), days }
}

function newestHappenings(events: readonly StoredEvent[], most: number): readonly Happening[] {
  const happenings = events.map(({ at, id, outcome, amount, currency, changed }) => ({
    at,
    id,
    outcome,
    ...(amount !== undefined && { amount }),
    ...(changed !== undefined && { changed }),
    ...(currency !== undefined && { currency }),
  }))
  const distinct = [...new Map(happenings.map((row) => [JSON.stringify(row), row])).values()]
  return newest(distinct, most, (row) => [
    row.at,
    row.id,
    row.outcome,
    row.amount,
    row.currency,
    row.changed?.join(),
  ])
}

function newestSessions(events: readonly StoredEvent[]) {
  const sights = events.flatMap(({ at, session }) => (session === undefined ? [] : [{ at, session }]))
  const once = groups(sights, ({ session }) => [session]).flatMap((rows) => newest(rows, 1, ({ at }) => [at]))
  return newest(once, 8, ({ at, session }) => [at, session])
}

type Part = string | number | undefined
type Group<T> = readonly [T, ...T[]]

const groups = <T>(rows: readonly T[], keyOf: (row: T) => readonly string[]): readonly Group<T>[] =>
  [...Map.groupBy(rows, (row) => key(...keyOf(row))).values()] as unknown as readonly Group<T>[] // never empty

/** Greatest first by one part after the other; an absent part comes last. */
const newest = <T>(rows: readonly T[], most: number, partsOf: (row: T) => readonly Part[]): readonly T[] =>
  rows.toSorted((a, b) => compare(partsOf(a), partsOf(b), 1)).slice(0, most)

const smallest = <T>(rows: readonly T[], partsOf: (row: T) => readonly Part[]): T | undefined =>
  rows.toSorted((a, b) => compare(partsOf(a), partsOf(b), -1))[0]

const compare = (a: readonly Part[], b: readonly Part[], greater: 1 | -1): number => {
  const at = a.findIndex((part, i) => part !== b[i])
  const [x, y] = [a[at], b[at]]
  if (x === y) return 0
  if (x === undefined || y === undefined) return y === undefined ? -1 : 1
  return x > y ? -greater : greater
}
