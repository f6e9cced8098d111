/** Small populations and what happens to them, a step at a time: events, late ones among them, labels, and accounts erased. */
import fc from 'fast-check'
import type { AccountState, IdentifierState, Label, StoredEvent } from '../../../graph/model.ts'
import type { StateStore } from '../../../graph/ports.ts'
import type { StateChange } from '../../../graph/projection/change-table.ts'
import { type LinkTable, readLinkTable } from '../../../graph/projection/link-table.ts'
import { day, seen, start, stateOf } from './states.ts'
import type { ToldWorld } from './town.ts'
import { bandsOf, hash } from './weak-events.ts'

export interface Step {
  readonly events: readonly StoredEvent[]
  readonly labels: readonly Label[]
  /** Forgotten with all they did, before the events. */
  readonly erased: readonly string[]
}

const account = fc.integer({ min: 0, max: 39 }).map((n) => `a${String(n).padStart(2, '0')}`)

/** Few of each kind, so that sharing is the rule and crowds come and go. */
const identifier = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 24 }).map((n) => `device:d${n}`) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 12 }).map((n) => `payment:p${n}`) },
  { weight: 1, arbitrary: fc.constantFrom('fingerprint:f0', 'cookie:c0', 'address:h0', 'promo:x0') },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 2 }).map((n) => `ip:i${n}`) },
  { weight: 1, arbitrary: fc.constantFrom('target:t0', 'target:t1') },
)

const event: fc.Arbitrary<StoredEvent> = fc
  .record({
    who: account,
    what: fc.uniqueArray(identifier, { minLength: 1, maxLength: 3 }),
    // Bands are few, and whoever shows one is looked at again with all who do.
    hashes: fc.oneof({ weight: 11, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(hash) }),
    type: fc.constantFrom(
      'signup',
      'login',
      'login',
      'login_failed',
      'payment',
      'payout_change',
      'chargeback',
    ),
    dayOff: fc.oneof(
      { weight: 4, arbitrary: fc.nat(1) },
      { weight: 1, arbitrary: fc.integer({ min: -40, max: 40 }) },
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
    ipClass: fc.constantFrom('residential', 'mobile', undefined),
  })
  .map(({ who, what, hashes, type, dayOff, hours, session, turnsTo, ipClass }) => {
    const one = seen(who, [...what, ...hashes.flatMap((text: string) => bandsOf(text))], {
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

export const history: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.array(event, { minLength: 40, maxLength: 120, size: 'max' }),
    fc.array(label, { maxLength: 12 }),
    fc.array(
      fc.record({
        events: fc.array(event, { maxLength: 2 }),
        labels: fc.array(label, { maxLength: 1 }),
        erased: fc.uniqueArray(account, { maxLength: 1 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([events, labels, steps]) => [{ events, labels, erased: [] }, ...steps])

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
