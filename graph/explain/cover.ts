/**
 * The few identifiers that most of a ring's accounts use: greedy set cover, which with any number of sets covers at
 * least 63 % of what the best choice of as many would (Nemhauser, Wolsey & Fisher 1978).
 */
import { compareKeys } from '../state/order.ts'
import type { RingTie } from './ring-ties.ts'

const decisiveMax = 5

export interface DecisiveTie extends RingTie {
  /** Accounts that use it and none of those before it. */
  readonly adds: number
}

/**
 * Those that count first; others only for accounts that no counting one covers. Address log-ins strengthen links and
 * hold nothing together, so `ties` that only corroborate are for the caller to leave out.
 */
export function decisiveTies(ties: readonly RingTie[]): readonly DecisiveTie[] {
  const covered = new Set<string>()
  const chosen: DecisiveTie[] = []
  for (const pool of [
    ties.filter(({ evidence }) => evidence > 0),
    ties.filter(({ evidence }) => evidence === 0),
  ]) {
    for (let best = next(pool, covered); best && chosen.length < decisiveMax; best = next(pool, covered)) {
      chosen.push(best)
      for (const account of best.members) covered.add(account)
    }
  }
  return chosen
}

/** The one that adds most accounts; of several the one with most evidence. */
function next(pool: readonly RingTie[], covered: ReadonlySet<string>): DecisiveTie | undefined {
  return pool
    .map((tie) => ({ ...tie, adds: tie.members.filter((account) => !covered.has(account)).length }))
    .filter(({ adds }) => adds > 0)
    .toSorted(
      (x, y) => y.adds - x.adds || y.evidence - x.evidence || compareKeys([x.kind, x.ref], [y.kind, y.ref]),
    )[0]
}
