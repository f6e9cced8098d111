/**
 * From pairs to communities, called in this order: `openGraph`, fill the columns of pairs, `buildRows`, `findComponents`, fill the
 * hashes of accounts that have a place in `placesLeft`, `partition`. Pointers are in bytes. After a refusal only an `open...` may follow.
 */
import { componentsAbove } from './components/components'
import { settle, Unsettled } from './components/settle'
import { emptyGraph, emptyPairs, fillRows, PairGraph, Pairs } from './graph/pair-graph'
import { Search, solve } from './leiden/solve'
import { IdHash } from './leiden/visit-order'
import { mark, release, reserve } from './memory/arena'
import { Table, table } from './memory/table'

let graph = changetype<PairGraph>(0)
let pairs = changetype<Pairs>(0)
let pairsFrom: u64 = 0
let left = changetype<Unsettled>(0)
let hash = changetype<IdHash>(0)
let names = changetype<Table<i32>>(0)

/** Forgets what was before. */
export function openGraph(accounts: i32, edges: i32): void {
  release(0)
  names = table<i32>(accounts)
  graph = emptyGraph(accounts, edges)
  pairsFrom = mark()
  pairs = emptyPairs(edges)
}

export function lesserAccounts(): usize {
  return changetype<usize>(pairs.a)
}

export function greaterAccounts(): usize {
  return changetype<usize>(pairs.b)
}

export function weights(): usize {
  return changetype<usize>(pairs.weight)
}

/** Pairs are gone afterwards: rows say all that they did. */
export function buildRows(): void {
  fillRows(graph, pairs)
  release(pairsFrom)
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

/** By account, where its hashes go; -1 where it needs none. */
export function placesLeft(): usize {
  return changetype<usize>(left.components.placeOf)
}

/** By place. */
export function highHashes(): usize {
  return changetype<usize>(hash.high)
}

export function lowHashes(): usize {
  return changetype<usize>(hash.low)
}

export function partition(
  gamma: i32,
  roundsMax: i32,
  startsMax: i32,
  startsInVain: i32,
  visitsMax: i32,
): void {
  const search = changetype<Search>(reserve(offsetof<Search>()))
  search.gamma = gamma
  search.roundsMax = roundsMax
  search.startsMax = startsMax
  search.startsInVain = startsInVain
  search.visitsMax = visitsMax
  solve(graph, left, hash, search, names)
}

/** By account, the least account of its community. */
export function labels(): usize {
  return changetype<usize>(names)
}
