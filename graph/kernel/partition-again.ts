/**
 * The partition of a graph of which some accounts' links changed: components that hold none of them are as they were,
 * because what one component holds never touches another.
 */
import { disjointSets } from '../communities/disjoint-sets.ts'
import type { PairEdges } from '../communities/pair-graph.ts'
import type { PartitionOptions } from '../communities/reference.ts'
import { Int32Column } from '../projection/columns.ts'
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
  const accounts = inComponentsOf(moved, pairs, { gammaMicro, count: ids.length })
  const labels = before.slice()
  for (let account = 0; account < labels.length; account++)
    if ((labels[account] ?? -1) < 0) labels[account] = account
  for (const account of moved) labels[account] = account
  const solved = solve(pairs, accounts, { gammaMicro, ids })
  accounts.forEach((account, place) => {
    labels[account] = accounts[solved[place] ?? 0] ?? account
  })
  const regrouped: number[] = []
  for (let account = 0; account < labels.length; account++)
    if (labels[account] !== before[account]) regrouped.push(account)
  return { labels, accountsSolved: accounts.length, regrouped }
}

/** Accounts in components, of two or more, that hold any of `moved`. Ascending. */
function inComponentsOf(
  moved: readonly number[],
  { a, b, weight }: PairEdges,
  { gammaMicro, count }: { readonly gammaMicro: number; readonly count: number },
): Int32Array {
  const sets = disjointSets(count)
  for (let at = 0; at < a.length; at++) if ((weight[at] ?? 0) > gammaMicro) sets.unite(a[at] ?? 0, b[at] ?? 0)
  const isMoved = new Uint8Array(count)
  for (const account of moved) isMoved[sets.rootOf(account)] = 1
  const found = new Int32Column()
  const sizes = new Map<number, number>()
  for (let account = 0; account < count; account++) {
    const root = sets.rootOf(account)
    if (isMoved[root] === 1) found.push(account)
    if (isMoved[root] === 1) sizes.set(root, (sizes.get(root) ?? 0) + 1)
  }
  return found.values().filter((account) => (sizes.get(sets.rootOf(account)) ?? 0) > 1)
}

function solve(pairs: PairEdges, accounts: Int32Array, { gammaMicro, ids }: PartitionOptions): Int32Array {
  const placeOf = new Int32Array(ids.length).fill(-1)
  accounts.forEach((account, place) => {
    placeOf[account] = place
  })
  const [a, b, weight] = [new Int32Column(), new Int32Column(), new Int32Column()]
  for (let at = 0; at < pairs.a.length; at++) {
    const [from = -1, to = -1] = [placeOf[pairs.a[at] ?? -1], placeOf[pairs.b[at] ?? -1]]
    if (from < 0 || to < 0) continue
    a.push(from)
    b.push(to)
    weight.push(pairs.weight[at] ?? 0)
  }
  const own: PairEdges = { a: a.values(), b: b.values(), weight: weight.values() }
  return partition(own, { gammaMicro, ids: Array.from(accounts, (account) => ids[account] ?? '') })
}
