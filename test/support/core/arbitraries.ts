/**
 * What stores are asked to keep, from pools so small that collisions and ties are the rule: they are where order
 * leaks in. Accounts hold text that sorts differently by UTF-8 bytes and by UTF-16 units, and text that could
 * be taken for a separator.
 */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import {
  type Assertion,
  assertionKinds,
  eventTypes,
  type Label,
  labelReasons,
  labelValues,
  outcomes,
  relationNames,
  type SeenIdentifier,
  type StoredEvent,
} from '../../../graph/model.ts'
import type { DeadLetter } from '../../../graph/ports.ts'
import {
  benignSubtypes,
  type Decision,
  type FoundRing,
  type Member,
  type Reason,
  reasonCodes,
  ringClasses,
  roles,
} from '../../../graph/ring.ts'
import type { RingSet } from './publications.ts'

/**
 * The property of a state is slow to check: a failure is shrunk for a while, not for ever. The run that the limit
 * interrupts goes on: whoever opens the next store waits until it has left its own (stores/production.ts).
 */
export const runsFor = (numRuns: number) => ({ numRuns, interruptAfterTimeLimit: 12_000 })

export const accountPool = [
  'ada',
  'bob',
  'b:o:b',
  'o\'hara"',
  '\uFF21da',
  '\u{1F98A}',
  'paid:login:ada',
] as const
const kinds = ['device', 'ip', 'payment', 'email', 'target'] as const
const dayMs = 86_400_000
const someMidnight = Date.UTC(2026, 4, 2)

/** Mostly ties, edges of days, and a few times nobody expects. */
const instant = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 11 }).map((n) => someMidnight + n * 3_600_000) },
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }).map((n) => someMidnight + n * dayMs) },
  { weight: 1, arbitrary: fc.constantFrom(someMidnight - 1, someMidnight + 1, 0, -1, -dayMs, 2 ** 40) },
)
const account = fc.constantFrom(...accountPool)
const amount = fc.constantFrom(0, 0.1, 12.5, 100, 1e21)
const currency = fc.constantFrom('EUR', 'USD')

const lookups: readonly Pick<SeenIdentifier, 'class' | 'asn' | 'place'>[] = [
  {},
  { class: 'residential', asn: 9 },
  { class: 'vpn', asn: 10 },
  { class: 'vpn' },
  { asn: 10 },
  { asn: 10, place: '48.1,11.6' },
  { place: '-33.9,151.2' },
  { class: 'free' },
]

const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)

/** What a table says is a function of what was sent and of the table, as it is behind the border. */
const lookedUp = (event: StoredEvent): StoredEvent => ({
  ...event,
  identifiers: event.identifiers.map(({ class: _class, asn: _asn, place: _place, ...seen }) => {
    const place = hashOf([seen, event.tables, event.content]).charCodeAt(0) % lookups.length
    return { ...seen, ...lookups[place] }
  }),
})

/** The mask comes from the value; it is empty where masks are off. */
const seenIdentifier: fc.Arbitrary<SeenIdentifier> = fc
  .record(
    {
      kind: fc.constantFrom(...kinds),
      ref: fc.constantFrom('r1', 'r2', 'r3'),
      masked: fc.boolean(),
      display: fc.constantFrom('Card of Ada', 'ada@…', ''),
    },
    { requiredKeys: ['kind', 'ref', 'masked'] },
  )
  .map(({ masked, ...seen }) => ({ ...seen, mask: masked ? `${seen.kind} …${seen.ref}` : '' }))

const seenRelation = fc.record({ account, relation: fc.constantFrom(...relationNames) })

const anyEvent = {
  id: fc.integer({ min: 0, max: 60 }).map((n) => `e${n}`),
  tables: fc.integer({ min: 0, max: 2 }),
  type: fc.constantFrom(...eventTypes),
  outcome: fc.constantFrom(...outcomes),
  at: instant,
  account,
  createdAt: instant,
  session: fc.integer({ min: 0, max: 14 }).map((n) => `s${n}`),
  identifiers: fc.array(seenIdentifier, { maxLength: 3 }),
  relations: fc.array(seenRelation, { maxLength: 2 }),
  amount,
  currency,
  changed: fc.constantFrom(['email'], ['email', 'password'], ['password'] as const),
}
const alwaysThere = ['id', 'tables', 'type', 'outcome', 'at', 'account', 'identifiers', 'relations'] as const

/** All on one edge, so that every bounded list overflows. */
const crowded = {
  ...anyEvent,
  type: fc.constant('payment' as const),
  outcome: fc.constantFrom('success', 'success', 'pending'),
  account: fc.constant('ada'),
  at: fc.integer({ min: 0, max: 40 }).map((n) => someMidnight + n * 3_600_000),
  identifiers: seenIdentifier.map((seen) => [seen, { kind: 'target', ref: 'r1', mask: '' }]),
  relations: fc.constant([{ account: 'bob', relation: 'paid' as const }]),
}

export const storedEvent: fc.Arbitrary<StoredEvent> = fc
  .oneof(
    { weight: 2, arbitrary: fc.record(anyEvent, { requiredKeys: [...alwaysThere] }) },
    { weight: 3, arbitrary: fc.record(crowded, { requiredKeys: [...alwaysThere, 'session'] }) },
  )
  .map((sent) => lookedUp({ ...sent, content: hashOf({ ...sent, tables: 0 }) }))

/** Some events come a second time, looked up in other tables. */
export const storedEvents = (size: {
  minLength?: number
  maxLength: number
}): fc.Arbitrary<readonly StoredEvent[]> =>
  fc
    .array(fc.tuple(storedEvent, fc.option(anyEvent.tables, { freq: 3 })), { size: 'max', ...size })
    .map((events) =>
      events.flatMap(([event, tables]) =>
        tables === null ? event : [event, lookedUp({ ...event, tables })],
      ),
    )

/** Every event one to three times, in any order. */
export const deliveriesOf = (events: readonly StoredEvent[]): fc.Arbitrary<readonly StoredEvent[]> =>
  fc
    .array(fc.integer({ min: 1, max: 3 }), {
      minLength: events.length,
      maxLength: events.length,
      size: 'max',
    })
    .chain((times) =>
      shuffled(events.flatMap((event, i) => Array.from({ length: times[i] ?? 1 }, () => event))),
    )

export const shuffled = <T>(rows: readonly T[]): fc.Arbitrary<readonly T[]> =>
  fc.shuffledSubarray([...rows], { minLength: rows.length, maxLength: rows.length })

/** The rows in order, cut into batches, some of them empty. */
export const batchesOf = <T>(rows: readonly T[]): fc.Arbitrary<readonly (readonly T[])[]> =>
  fc.array(fc.nat(rows.length), { maxLength: 5 }).map((cuts) => {
    const ends = [...cuts.toSorted((a, b) => a - b), rows.length]
    return ends.map((end, i) => rows.slice(ends[i - 1] ?? 0, end))
  })

export const label: fc.Arbitrary<Label> = fc.record(
  {
    account: fc.oneof(account, fc.constant('only labelled')),
    label: fc.constantFrom(...labelValues),
    reason: fc.constantFrom(...labelReasons.slice(0, 3)),
    source: fc.constantFrom('review', 'chargebacks'),
    at: fc.constantFrom(someMidnight, someMidnight + 1, someMidnight + 2),
  },
  { requiredKeys: ['account', 'label', 'source', 'at'] },
)

const said = {
  author: fc.constantFrom('eve', 'mallory'),
  reason: fc.constantFrom('seen on the phone', ''),
  at: instant,
}

export const assertion: fc.Arbitrary<Assertion> = fc.record(
  {
    id: fc.integer({ min: 0, max: 9 }).map((n) => `as_${n}`),
    kind: fc.constantFrom(...assertionKinds),
    subjects: fc.array(account, { minLength: 1, maxLength: 3 }),
    role: fc.constantFrom(...roles),
    ...said,
    expiresAt: instant,
    retractedAt: instant,
  },
  { requiredKeys: ['id', 'kind', 'subjects', 'author', 'reason', 'at'] },
)
export const assertions = fc.uniqueArray(assertion, { selector: ({ id }) => id, maxLength: 6 })

export const decision: fc.Arbitrary<Decision> = fc.record(
  {
    id: fc.integer({ min: 0, max: 9 }).map((n) => `de_${n}`),
    ring: fc.constantFrom('ring_1', 'ring_2'),
    ringVersion: fc.integer({ min: 1, max: 3 }),
    class: fc.constantFrom(...ringClasses),
    core: fc.subarray([...accountPool].toSorted()),
    verdict: fc.constantFrom('confirm', 'benign'),
    ...said,
    retractedAt: instant,
    expiresAt: instant,
  },
  { requiredKeys: ['id', 'ring', 'ringVersion', 'class', 'core', 'verdict', 'author', 'reason', 'at'] },
)

export const deadLetter: fc.Arbitrary<DeadLetter> = fc.record(
  {
    id: fc.uuid(),
    stream: fc.constantFrom('events', 'labels'),
    source: fc.constantFrom('http', 'day.csv'),
    line: fc.integer({ min: 1, max: 9 }),
    pointer: fc.constantFrom('', '/identifiers/ip'),
    code: fc.constantFrom('invalid_input', 'card_number'),
    at: fc.constantFrom(someMidnight, someMidnight + 1),
    sealed: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  },
  { requiredKeys: ['id', 'stream', 'source', 'line', 'pointer', 'code', 'at'] },
)

/** Probabilities in steps of 1e-6, few of them, so that rings tie. */
const probability = fc.constantFrom(0, 0.000001, 0.35, 0.5, 0.999999, 1)
const reasons: fc.Arbitrary<readonly Reason[]> = fc.array(
  fc.record(
    {
      code: fc.constantFrom(...reasonCodes),
      kind: fc.constantFrom(...kinds),
      count: fc.nat(9),
      share: probability,
    },
    { requiredKeys: ['code'] },
  ),
  { maxLength: 3 },
)

const memberOf = (name: string): fc.Arbitrary<Member> =>
  fc.record({
    account: fc.constant(name),
    role: fc.constantFrom(...roles),
    membership: probability,
    risk: probability,
    compromise: probability,
    flagged: fc.boolean(),
    reasons,
  })

const evidence = fc.record({
  kind: fc.constantFrom(...kinds),
  ref: fc.constantFrom('r1', 'r2'),
  mask: fc.constant('…'),
  members: fc.nat(9),
  accounts: fc.nat(99),
  share: probability,
})

export const foundRing: fc.Arbitrary<FoundRing> = fc.record({
  head: fc.record(
    {
      class: fc.constantFrom(...ringClasses),
      subtype: fc.constantFrom(...benignSubtypes),
      risk: probability,
      firstSeen: instant,
      lastSeen: instant,
      topEvidence: fc.array(evidence, { maxLength: 2 }),
      strongest: fc.constant(['ada', 'bob'] as const),
      reasons,
      anchors: fc.subarray(['device:r1', 'phone:r2']),
    },
    { requiredKeys: ['class', 'risk', 'firstSeen', 'lastSeen', 'topEvidence', 'reasons', 'anchors'] },
  ),
  members: fc
    .subarray([...accountPool].toSorted(), { minLength: 1 })
    .chain((names) => fc.tuple(...names.map((name) => memberOf(name)))),
})

/** The rings active after each of several publishes, by id: they come, change, go and come back. */
export const ringSets: fc.Arbitrary<readonly RingSet[]> = fc.array(
  fc
    .dictionary(fc.constantFrom('ring_a', 'ring_b', 'ring_c', 'ring_d'), foundRing, { maxKeys: 4 })
    .map((rings) => new Map(Object.entries(rings))),
  { minLength: 1, maxLength: 6, size: 'max' },
)
