/**
 * The partition of a graph of which some accounts' links changed: components that hold none of them are as they were,
 * because what one component holds never touches another.
 */
import { componentsAbove } from '../communities/components.ts'
import { type PairEdges, pairGraph } from '../communities/pair-graph.ts'
import type { PartitionOptions } from '../communities/reference.ts'
import { partition } from './partition.ts'

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
  { gammaMicro, ids }: PartitionOptions,
): PartitionedAgain {
  const isMoved = new Uint8Array(ids.length)
  for (const account of moved) isMoved[account] = 1
  const labels = before.map((label, account) => (label < 0 || isMoved[account] === 1 ? account : label))
  const components = componentsAbove(pairGraph(ids.length, pairs), gammaMicro).filter((component) =>
    component.some((account) => isMoved[account] === 1),
  )
  const accounts = Int32Array.from(components.flatMap((component) => [...component])).sort()
  const solved = solve(pairs, accounts, { gammaMicro, ids })
  accounts.forEach((account, place) => {
    labels[account] = accounts[solved[place] ?? 0] ?? account
  })
  const regrouped = [...labels.keys()].filter((account) => labels[account] !== before[account])
  return { labels, accountsSolved: accounts.length, regrouped }
}

function solve(pairs: PairEdges, accounts: Int32Array, { gammaMicro, ids }: PartitionOptions): Int32Array {
  const placeOf = new Int32Array(ids.length).fill(-1)
  accounts.forEach((account, place) => {
    placeOf[account] = place
  })
  const inside: number[] = []
  pairs.a.forEach((from, at) => {
    if ((placeOf[from] ?? -1) >= 0 && (placeOf[pairs.b[at] ?? -1] ?? -1) >= 0) inside.push(at)
  })
  const own: PairEdges = {
    a: Int32Array.from(inside, (at) => placeOf[pairs.a[at] ?? -1] ?? -1),
    b: Int32Array.from(inside, (at) => placeOf[pairs.b[at] ?? -1] ?? -1),
    weight: Int32Array.from(inside, (at) => pairs.weight[at] ?? 0),
  }
  return partition(own, { gammaMicro, ids: Array.from(accounts, (account) => ids[account] ?? '') })
}
