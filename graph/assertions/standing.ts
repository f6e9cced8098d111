/** Which assertions stand, and what they settle. */
import type { Assertion } from '../model.ts'
import { compareText } from '../state/order.ts'

/**
 * Neither taken back nor expired by `asOf`, the end of a run's last day of data: oldest first, of one time by id, so that
 * where two contradict the later one counts.
 */
export const standingAssertions = (all: readonly Assertion[], asOf: number): readonly Assertion[] =>
  all
    .filter(({ retractedAt, expiresAt = Infinity }) => retractedAt === undefined && expiresAt > asOf)
    .toSorted((a, b) => a.at - b.at || compareText(a.id, b.id))

/** What is held to be true, each with the assertion that counts. */
export interface Asserted {
  /** By `kind:ref`: identifiers that strangers share by design, which are evidence of nothing. */
  readonly shared: ReadonlyMap<string, Assertion>
  /** By name (`pairName`): accounts that one actor is behind, or is not. */
  readonly pairs: ReadonlyMap<string, AssertedPair>
  readonly households: readonly Assertion[]
  /** By account. */
  readonly roles: ReadonlyMap<string, Assertion>
}

/** `a < b`. */
export interface AssertedPair {
  readonly a: string
  readonly b: string
  readonly by: Assertion
}

export const pairName = (one: string, other: string): string =>
  JSON.stringify(compareText(one, other) < 0 ? [one, other] : [other, one])

/** Of those that stand, in their order. */
export function assertedBy(standing: readonly Assertion[]): Asserted {
  const of = (...kinds: readonly Assertion['kind'][]) => standing.filter(({ kind }) => kinds.includes(kind))
  const pairs = of('same_actor', 'not_the_same').flatMap(pairsIn)
  return {
    shared: new Map(of('shared_by_design').flatMap((by) => by.subjects.map((key) => [key, by]))),
    pairs: new Map(pairs.map((pair) => [pairName(pair.a, pair.b), pair])),
    households: of('household'),
    roles: new Map(of('role').flatMap((by) => by.subjects.map((account) => [account, by]))),
  }
}

export const nothingAsserted: Asserted = assertedBy([])

function pairsIn(by: Assertion): readonly AssertedPair[] {
  const accounts = [...new Set(by.subjects)].toSorted(compareText)
  return accounts.flatMap((a, place) => accounts.slice(place + 1).map((b) => ({ a, b, by })))
}

/** Those that are said to be of one actor with the account, ascending. */
export const sameAs = ({ pairs }: Asserted, account: string): readonly string[] =>
  [...pairs.values()]
    .filter(({ a, b, by }) => by.kind === 'same_actor' && (a === account || b === account))
    .map(({ a, b }) => (a === account ? b : a))
    .toSorted(compareText)

/** Accounts of which somebody said since then that one actor is behind them and another. */
export const saidSince = ({ pairs }: Asserted, at: number): ReadonlySet<string> =>
  new Set(
    [...pairs.values()].flatMap(({ a, b, by }) => (by.kind === 'same_actor' && by.at >= at ? [a, b] : [])),
  )
