/**
 * What the host calls, in this order: `openGraph`, fill the graph's tables, `findComponents`, fill the hashes of the
 * accounts that `accountsLeft` lists, `partition`. Pointers are in bytes. After a refusal only `openGraph` may follow.
 */
import { componentsAbove } from './components/components'
import { settle, Unsettled } from './components/settle'
import { Search, solve } from './leiden/solve'
import { IdHash } from './leiden/visit-order'
import { release, reserve } from './memory/arena'
import { Table, table } from './memory/table'
import { PairGraph } from './pair-graph'

let graph = changetype<PairGraph>(0)
let left = changetype<Unsettled>(0)
let hash = changetype<IdHash>(0)
let names = changetype<Table<i32>>(0)

/** Forgets what was before. */
export function openGraph(accounts: i32, arcs: i32): void {
  release(0)
  graph = changetype<PairGraph>(reserve(offsetof<PairGraph>()))
  graph.accounts = accounts
  graph.offsets = table<i32>(accounts + 1)
  graph.targets = table<i32>(arcs)
  graph.weights = table<i32>(arcs)
  names = table<i32>(accounts)
}

export function offsets(): usize {
  return changetype<usize>(graph.offsets)
}

export function targets(): usize {
  return changetype<usize>(graph.targets)
}

export function weights(): usize {
  return changetype<usize>(graph.weights)
}

/** Labels whoever needs no search; how many accounts are left. */
export function findComponents(gamma: i32): i32 {
  left = settle(graph, componentsAbove(graph, gamma), gamma, names)
  const accounts = left.components.starts[left.components.count]
  hash = changetype<IdHash>(reserve(offsetof<IdHash>()))
  hash.high = table<u32>(accounts)
  hash.low = table<u32>(accounts)
  return accounts
}

export function accountsLeft(): usize {
  return changetype<usize>(left.components.accounts)
}

/** By place in `accountsLeft`. */
export function highHashes(): usize {
  return changetype<usize>(hash.high)
}

export function lowHashes(): usize {
  return changetype<usize>(hash.low)
}

export function partition(gamma: i32, roundsMax: i32, manyStarts: i32, manyStartsBelow: i32): void {
  const search = changetype<Search>(reserve(offsetof<Search>()))
  search.gamma = gamma
  search.roundsMax = roundsMax
  search.manyStarts = manyStarts
  search.manyStartsBelow = manyStartsBelow
  solve(graph, left, hash, search, names)
}

/** By account, the least account of its community. */
export function labels(): usize {
  return changetype<usize>(names)
}
