/** Small populations and what happens to them, a step at a time: events, late ones among them, labels, and accounts erased. */
import fc from 'fast-check'
import type { AccountState, IdentifierState, Label, StoredEvent } from '../../../graph/model.ts'
import type { StateStore } from '../../../graph/ports.ts'
import type { StateChange } from '../../../graph/projection/change-table.ts'
import { type LinkTable, readLinkTable } from '../../../graph/projection/link-table.ts'
import type { Decision, Ring, Verdict } from '../../../graph/ring.ts'
import { coreOf } from '../../../graph/rings/lineage/traits.ts'
import { day, seen, start, stateOf } from './states.ts'
import { names } from './tables.ts'
import type { ToldWorld } from './town.ts'
import { bandsOf, hash } from './weak-events.ts'

export interface Step {
  readonly events: readonly StoredEvent[]
  readonly labels: readonly Label[]
  /** Forgotten with all they did, before the events. */
  readonly erased: readonly string[]
  /** Made once the step is published. */
  readonly verdicts?: readonly StepVerdict[]
}

export interface StepVerdict {
  /** Which of the rings that are published, counted round. */
  readonly place: number
  readonly verdict: Verdict | 'retract'
}

const households = 8
const account = fc.constantFrom(...names(4 * households, 'a'))

/** What the four accounts of a household use, and now and then others. */
const ofHousehold: readonly fc.WeightedArbitrary<string>[] = [
  { weight: 4, arbitrary: fc.constantFrom('device:0', 'device:1') },
  { weight: 1, arbitrary: fc.constantFrom('payment:p', 'email:e', 'cookie:c') },
  { weight: 3, arbitrary: fc.constantFrom('ip:home') },
]
const ofHouseholdOnly = fc.oneof(...ofHousehold)
/** Few of each kind, so that crowds come and go. */
const anybodys = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('fingerprint:f', 'address:h', 'promo:x', 'device:d', 'payout:o') },
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 5 }).map((n) => `ip:i${n}`) },
  { weight: 1, arbitrary: fc.constantFrom('target:t0', 'target:t1') },
)

/** Once in so many times. */
const rarely = <Value>(times: number, arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

const calm = Array.from({ length: 4 }, () => ['signup', 'login', 'login', 'payment'] as const).flat()

const event: fc.Arbitrary<StoredEvent> = fc
  .record({
    who: account,
    /** Whose things, where not its own. */
    guest: rarely(20, fc.constantFrom(...Array(households).keys())),
    own: fc.uniqueArray(ofHouseholdOnly, { minLength: 1, maxLength: 2 }),
    others: rarely(2, anybodys),
    // Bands are few, and whoever shows one is looked at again with all who do.
    shows: rarely(30, hash),
    type: fc.constantFrom(...calm, 'login_failed', 'payment', 'payout_change', 'chargeback'),
    dayOff: fc.oneof(
      { weight: 4, arbitrary: fc.nat(1) },
      { weight: 1, arbitrary: fc.integer({ min: -40, max: 40 }) },
      // So long ago that a thing used then ties nobody who uses it now.
      { weight: 1, arbitrary: fc.constantFrom(-1500, -1000, -500) },
    ),
    hours: fc.nat(3),
    session: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    turnsTo: fc.option(
      fc.record({
        account,
        relation: fc.constantFrom('paid', 'paid', 'gifted', 'referred', 'reviewed', 'reported_by'),
      }),
      { freq: 4, nil: undefined },
    ),
    ipClass: rarely(12, fc.constantFrom('residential', 'mobile', 'vpn', 'datacenter')),
  })
  .map(({ who, guest, own, others, shows, type, dayOff, hours, session, turnsTo, ipClass }) => {
    const home = guest ?? Math.trunc(Number(who.slice(1)) / 4)
    const things = [...own.map((thing) => `${thing}${home}`), ...(others ? [others] : [])]
    const one = seen(who, [...things, ...(shows ? bandsOf(shows) : [])], {
      type: type as StoredEvent['type'],
      at: start + dayOff * day + hours * 3_600_000,
      ...(session !== undefined && { session: `${who} ${session}` }),
      ...(turnsTo !== undefined && { relations: [turnsTo] }),
    })
    const identifiers = one.identifiers.map((each) =>
      each.kind === 'ip' && ipClass ? { ...each, class: ipClass } : each,
    )
    return { ...one, identifiers }
  })

/** Of two sources, that may contradict each other and take back what they said. */
const label: fc.Arbitrary<Label> = fc
  .record({
    account,
    label: fc.constantFrom('fraud', 'fraud', 'victim', 'legit', 'none'),
    source: fc.constantFrom('desk', 'bank'),
    hours: fc.nat(20),
  })
  .map(({ hours, ...rest }) => ({ ...rest, at: start + hours * 3_600_000 }))

const verdict: fc.Arbitrary<StepVerdict> = fc.record({
  place: fc.nat(9),
  verdict: fc.constantFrom('confirm', 'benign', 'retract'),
})

export const history: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.array(event, { minLength: 100, maxLength: 160, size: 'max' }),
    fc.array(label, { maxLength: 12 }),
    fc.array(
      fc.record({
        events: fc.array(event, { maxLength: 2 }),
        labels: fc.array(label, { maxLength: 1 }),
        erased: fc.uniqueArray(account, { maxLength: 1 }),
        verdicts: fc.array(verdict, { maxLength: 1 }),
      }),
      { minLength: 3, maxLength: 8, size: 'max' },
    ),
  )
  .map(([events, labels, steps]) => [{ events, labels, erased: [] }, ...steps])

/** All decisions after some more, on rings that are published. */
export const decided = (
  known: readonly Decision[],
  rings: readonly Ring[],
  verdicts: readonly StepVerdict[],
): readonly Decision[] =>
  verdicts.reduce((decisions, { place, verdict: says }): readonly Decision[] => {
    const ring = rings[place % rings.length]
    const at = decisions.length
    if (!ring) return decisions
    if (says === 'retract')
      return decisions.map((one) => (one.ring === ring.id ? { retractedAt: at, ...one } : one))
    const { id, version, head, members } = ring
    const on = { ring: id, ringVersion: version, class: head.class, core: coreOf(members) }
    return [...decisions, { id: `de_${at}`, ...on, verdict: says, author: 'eve', reason: '', at }]
  }, known)

/** What happens in a town of the range at last: of the accounts in rings and of others, with labels, and some are erased. */
export function townHistory({ events, labels, truth }: ToldWorld, steps: number): readonly Step[] {
  const inRings = new Set(truth.flatMap(({ account, ring }) => (ring === null ? [] : [account])))
  const spread = <Row>(rows: readonly Row[]): readonly Row[] =>
    rows.filter((_, at) => at % Math.floor(rows.length / steps) === 0).slice(0, steps)
  const late = [true, false].map((is) => spread(events.filter(({ account }) => inRings.has(account) === is)))
  const members = spread([...inRings])
  return [
    { events: events.filter((event) => !late.flat().includes(event)), labels, erased: [] },
    ...members.map((member, at) => ({
      events: late.flatMap((some) => some[at] ?? []),
      labels: at % 2 === 0 ? [labelled(member, at % 4 === 0 ? 'fraud' : 'legit')] : [],
      erased: at % 3 === 2 ? [members[at - 1] ?? ''] : [],
    })),
  ]
}

const labelled = (who: string, value: Label['label']): Label => ({
  account: who,
  label: value,
  source: 'desk',
  at: start,
})

export interface Told {
  readonly verdicts: readonly StepVerdict[]
  readonly state: Pick<StateStore, 'scanAccounts' | 'scanIdentifiers'>
  readonly table: LinkTable
  /** What is other than at the step before. */
  readonly change: StateChange
}

/** The population after each step, read anew, and what of it changed. */
export async function* told(steps: readonly Step[]): AsyncGenerator<Told> {
  let events: readonly StoredEvent[] = []
  let labels: readonly Label[] = []
  const identifiers = new Map<string, IdentifierState>()
  let known = new Map<string, AccountState>()
  for (const step of steps) {
    events = [...events.filter(({ account: who }) => !step.erased.includes(who)), ...step.events]
    labels = [...labels.filter(({ account: who }) => !step.erased.includes(who)), ...step.labels]
    const state = stateOf(events, labels)
    const accounts = new Map<string, AccountState>()
    for await (const batch of state.scanAccounts()) for (const one of batch) accounts.set(one.account, one)
    const renewed: IdentifierState[] = []
    for await (const batch of state.scanIdentifiers()) {
      for (const one of batch) {
        const key = `${one.kind}:${one.ref}`
        if (JSON.stringify(identifiers.get(key)) !== JSON.stringify(one)) renewed.push(one)
        identifiers.set(key, one)
      }
    }
    const ids = new Set([...known.keys(), ...accounts.keys()])
    const changed = [...ids].filter(
      (id) => JSON.stringify(known.get(id)) !== JSON.stringify(accounts.get(id)),
    )
    const things = [...identifiers.values()]
    const all: Told['state'] = {
      scanAccounts: () => state.scanAccounts(),
      scanIdentifiers: () => inBatches(things),
    }
    yield {
      verdicts: step.verdicts ?? [],
      state: all,
      table: await readLinkTable(all.scanAccounts(), all.scanIdentifiers()),
      change: { accounts: new Map(changed.map((id) => [id, accounts.get(id)])), identifiers: renewed },
    }
    known = accounts
  }
}

async function* inBatches<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows
}
