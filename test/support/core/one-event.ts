/** What detection looks at for one event, and what the event touches: told apart by slow and plain searches. */
import { type Detection, detectAgain, detectRings } from '../../../graph/detect.ts'
import type { Suspicion } from '../../../graph/judging/suspicion.ts'
import type { AccountState, IdentifierState, StoredEvent } from '../../../graph/model.ts'
import type { StateChange } from '../../../graph/projection/change-table.ts'
import type { LinkPairs } from '../../../graph/projection/link-pairs.ts'
import type { LinkTable } from '../../../graph/projection/link-table.ts'
import { usedBy, usersOf } from '../../../graph/projection/uses/of.ts'
import type { DetectionWork } from '../../../graph/run-work.ts'
import { stateOf } from './states.ts'
import { kindOf } from './tables.ts'
import { toldWorld } from './town.ts'

/** One event, and what detecting again looked at for it. */
export interface Happening {
  readonly before: Detection
  readonly now: Detection
  readonly work: DetectionWork
  /** By the numbers they have now. */
  readonly touched: readonly number[]
}

export interface TownOrder {
  readonly accounts: number
  /** How often people come; as usual when not given. */
  readonly tempo?: number
  /** How many events come later than all others. */
  readonly events: number
}

/** Some events of a town, each when all before it are known, and what is looked at for them. */
export async function happeningsIn({
  accounts,
  tempo,
  events: count,
}: TownOrder): Promise<readonly Happening[]> {
  const { events, labels } = await toldWorld({
    world: 'town',
    seed: 6,
    accounts,
    ...(tempo !== undefined && { tempo }),
  })
  // The last event of accounts here and there, rings among them, comes when all others are known.
  const last = [...new Map(events.map((event) => [event.account, event])).values()]
  const late = new Set(last.filter((_, i) => i % Math.ceil(last.length / count) === 0))
  const known = events.filter((event) => !late.has(event))
  const lateOnes = new Set(Array.from(late, ({ account }) => account))
  const unlabelled = labels.filter(({ account }) => !lateOnes.has(account))
  const options = { kindOf, onProgress: () => {} }
  const happenings: Happening[] = []
  let before = await detectRings(stateOf(known, unlabelled), { ...options, method: 'cpm-leiden' })
  for (const event of late) {
    known.push(event)
    const change = await stateAfter(known.filter(({ account }) => account === event.account))
    const { detection: now, work } = detectAgain(before, change, options)
    happenings.push({ before, now, work, touched: [now.table.facts.numberOf(event.account)] })
    before = now
  }
  return happenings
}

async function stateAfter(events: readonly StoredEvent[]): Promise<StateChange> {
  const [accounts, identifiers] = [new Map<string, AccountState>(), [] as IdentifierState[]]
  const state = stateOf(events)
  for await (const batch of state.scanAccounts())
    for (const one of batch) if (one.account === events[0]?.account) accounts.set(one.account, one)
  for await (const batch of state.scanIdentifiers()) identifiers.push(...batch)
  return { accounts, identifiers }
}

/** Whoever hangs together with some of these by links above a weight. */
export function reachOf(
  { a, b, weight }: Pick<LinkPairs, 'a' | 'b' | 'weight'>,
  from: Iterable<number>,
  weightMin: number,
): ReadonlySet<number> {
  const next = new Map<number, number[]>()
  a.forEach((one, i) => {
    const other = b[i] ?? -1
    if ((weight[i] ?? 0) <= weightMin) return
    next.set(one, [...(next.get(one) ?? []), other])
    next.set(other, [...(next.get(other) ?? []), one])
  })
  const reached = new Set(from)
  for (const account of reached) for (const other of next.get(account) ?? []) reached.add(other)
  return reached
}

export const usersWith = (table: LinkTable, accounts: Iterable<number>): ReadonlySet<number> =>
  new Set([
    ...accounts,
    ...[...accounts].flatMap((account) =>
      Array.from(usedBy(table, account).identifiers).flatMap((thing) => [...usersOf(table, thing)]),
    ),
  ])

/** Accounts by name with all their links, to be compared. */
export function linksByName(
  { table }: Detection,
  { a, b, evidence }: LinkPairs,
): ReadonlyMap<string, string> {
  const links = new Map<string, string>()
  const name = (account: number): string => table.facts.idAt(account)
  a.forEach((one, i) => {
    const other = b[i] ?? -1
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const)
      links.set(name(from), `${links.get(name(from)) ?? ''} ${name(to)}:${evidence[i]}`)
  })
  return links
}

/** Accounts now whose links by these pairs are others than before. */
export function relinked(
  { before, now }: Happening,
  pairsOf: (detection: Detection) => LinkPairs,
): readonly number[] {
  const [had, has] = [linksByName(before, pairsOf(before)), linksByName(now, pairsOf(now))]
  return now.table.facts.ids.flatMap((account, at) => (had.get(account) === has.get(account) ? [] : [at]))
}

/** Links that there were or are, by the numbers accounts have now. */
export function linksEver(
  { before, now }: Happening,
  pairsOf: (detection: Detection) => LinkPairs,
): Pick<LinkPairs, 'a' | 'b' | 'weight'> {
  const numbers = new Map(now.table.facts.ids.map((account, at) => [account, at]))
  const numberNow = (then: number): number => numbers.get(before.table.facts.idAt(then)) ?? -1
  const [had, has] = [pairsOf(before), pairsOf(now)]
  return {
    a: Int32Array.from([...had.a.map(numberNow), ...has.a]),
    b: Int32Array.from([...had.b.map(numberNow), ...has.b]),
    weight: Int32Array.from([...had.weight, ...has.weight]),
  }
}

/** Accounts now of whom a round of models says other than before. */
export function suspectedOtherwise(
  { before, now }: Happening,
  said: (detection: Detection) => Suspicion,
): readonly number[] {
  const numbers = new Map(before.table.facts.ids.map((account, at) => [account, at]))
  const [known, is] = [said(before), said(now)]
  return now.table.facts.ids.flatMap((account, at) => {
    const then = numbers.get(account) ?? -1
    return is.risk[at] === known.risk[then] && is.compromise[at] === known.compromise[then] ? [] : [at]
  })
}

/** Whoever shares something with an account that changed or is suspected otherwise, with their groups and links. */
export function namedIn({ before, now, touched }: Happening): ReadonlySet<number> {
  const { table, grouping, pairs } = now
  const [first, known] = [now.judged.judgement.first, before.judged.judgement.first]
  const numberBefore = new Map(before.table.facts.ids.map((account, at) => [account, at]))
  const others = table.facts.ids.flatMap((account, at) => {
    const then = numberBefore.get(account) ?? -1
    return first.risk[at] === known.risk[then] && first.compromise[at] === known.compromise[then] ? [] : [at]
  })
  const seen = usersWith(table, [...touched, ...others])
  const groups = new Set([...seen].map((account) => grouping.labels[account]))
  const together = table.facts.ids.flatMap((_, at) => (groups.has(grouping.labels[at]) ? [at] : []))
  const linked = reachOf(pairs, together, 0)
  return new Set([...linked, ...reachOf(first.groups.pairs, linked, 0)])
}
