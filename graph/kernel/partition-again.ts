/**
 * The partition of a graph of which some accounts' links changed: components that hold none of them are as they were,
 * because what one component holds never touches another.
 */
import type { PairEdges } from '../communities/pair-graph.ts'
import type { PartitionOptions } from '../communities/reference.ts'
import { type Solver, solveComponents } from './partition.ts'

export interface PartitionedAgain {
  readonly labels: Int32Array
  /** Accounts in the components that were solved. */
  readonly accountsSolved: number
  /** Accounts whose community has another name than before, ascending. */
  readonly regrouped: readonly number[]
}

export interface PartitionKnown {
  /** As it was, with accounts numbered as they are; an account without a label (-1) was not there. */
  readonly labels: Int32Array
  /** Accounts with a link that is new, gone, or of another weight. */
  readonly moved: readonly number[]
}

export function partitionAgain(
  pairs: PairEdges,
  { labels: before, moved }: PartitionKnown,
  { solve = solveComponents, ...options }: PartitionOptions & { readonly solve?: Solver },
): PartitionedAgain {
  const { labels, accountsSolved } = solve(pairs, { ...options, among: moved })
  const regrouped: number[] = []
  for (let account = 0; account < labels.length; account++) {
    const known = before[account] ?? -1
    if ((labels[account] ?? -1) < 0) labels[account] = known < 0 ? account : known
    if (labels[account] !== known) regrouped.push(account)
  }
  return { labels, accountsSolved, regrouped }
}
