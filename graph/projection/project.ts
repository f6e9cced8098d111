/**
 * From shared identifiers to a graph of account pairs with probabilities, an account at a time: for each account
 * the evidence of all it shares with later accounts is summed in a dense table (Gustavson 1978), so that no pair
 * is stored before it is complete, and a hub never becomes a clique.
 */

import type { Tie } from '../evidence/account-facts.ts'
import { isToldAlready } from '../evidence/seen-through.ts'
import {
  capMicroNats,
  fadedMicroNats,
  gapBetween,
  probabilityMin,
  probabilityOf,
  rarityNats,
} from '../evidence/share.ts'
import type { Entities, LinkingEntity } from './entities.ts'
import { type LinkPairs, pairWriter } from './link-pairs.ts'
import { type LinkTable, tieOf } from './link-table.ts'
import type { Publicness } from './publicness.ts'
import { weakEvidence } from './weak.ts'

export interface ProjectOptions {
  readonly publicness: Publicness
  /** Accounts whose links to later accounts are asked for, ascending; all when not given. */
  readonly rows?: readonly number[]
}

export function project(
  table: LinkTable,
  entities: Entities,
  { publicness, rows = [...table.facts.keys()] }: ProjectOptions,
): LinkPairs {
  const entitiesAt = entitiesByAccount(entities.linking)
  const sums = pairSums(table.facts.length, entities.linking)
  const shared = entities.linking.map((entity) => sharedBy(table, entity, { sums, publicness }))
  const out = pairWriter()
  for (const account of rows) {
    for (const number of entitiesAt.get(account) ?? []) {
      const entity = shared[number]
      if (entity) addShares(entity, account, sums)
    }
    for (const [other, strong] of sums.take()) {
      if (probabilityOf(strong) < probabilityMin) continue
      const weak = weakEvidence(table, entities.weak, { a: account, b: other })
      out.push(account, other, strong + weak)
    }
  }
  return out.pairs()
}

function entitiesByAccount(linking: readonly LinkingEntity[]): ReadonlyMap<number, readonly number[]> {
  const at = new Map<number, number[]>()
  linking.forEach(({ accounts }, number) => {
    for (const account of accounts) {
      const own = at.get(account)
      if (own) own.push(number)
      else at.set(account, [number])
    }
  })
  return at
}

interface PairSums {
  /** Where evidence of a kind is summed. */
  placeOf(kind: string): number
  add(other: number, place: number, evidence: number): void
  /** Sums by other account, ascending, each kind capped; forgets them. */
  take(): readonly (readonly [number, number])[]
}

function pairSums(accounts: number, linking: readonly LinkingEntity[]): PairSums {
  const policies = new Map(linking.map(({ kind, policy }) => [kind, policy]))
  const kinds = [...policies].map(([kind, policy], place) => ({ kind, place, cap: capMicroNats(policy) }))
  const placeOf = new Map(kinds.map(({ kind, place }) => [kind, place]))
  const width = Math.max(1, kinds.length)
  // One row an account would cost accounts x kinds; rows are given out only to accounts now touched.
  const rowOf = new Int32Array(accounts).fill(-1)
  let rows = new Float64Array(1_024 * width)
  let touched: number[] = []

  function rowFor(other: number): number {
    const known = rowOf[other] ?? -1
    if (known >= 0) return known
    const row = touched.length
    touched.push(other)
    rowOf[other] = row
    if ((row + 1) * width > rows.length) {
      const larger = new Float64Array(rows.length * 2)
      larger.set(rows)
      rows = larger
    }
    return row
  }

  const total = (row: number): number =>
    kinds.reduce((sum, { place, cap }) => sum + Math.min(cap, rows[row * width + place] ?? 0), 0)

  return {
    placeOf: (kind) => placeOf.get(kind) ?? 0,
    add(other, place, evidence) {
      const cell = rowFor(other) * width + place
      rows[cell] = (rows[cell] ?? 0) + evidence
    },
    take() {
      const sums = touched.map((other, row) => [other, total(row)] as const)
      for (const other of touched) rowOf[other] = -1
      rows.fill(0, 0, touched.length * width)
      touched = []
      return sums.toSorted(([x], [y]) => x - y)
    },
  }
}

/** An entity with all that is the same for every pair of its accounts. */
interface Shared extends Pick<LinkingEntity, 'policy' | 'accounts' | 'weight' | 'gapless'> {
  /** By account of `accounts`. */
  readonly ties: readonly (Tie | undefined)[]
  readonly place: number
  readonly nats: number
  /** How many of its accounts had their turn or are passed over: they come in order. */
  done: number
}

function sharedBy(
  table: LinkTable,
  { kind, policy, identifier, accounts, weight, gapless }: LinkingEntity,
  { sums, publicness }: { sums: PairSums; publicness: Publicness },
): Shared {
  const factor = gapless ? 1 : publicness(table.identifiers[identifier])
  return {
    policy,
    accounts,
    weight,
    gapless,
    ties: Array.from(accounts, (account) => tieOf(table, account, identifier)),
    place: sums.placeOf(kind),
    nats: rarityNats(policy, { accounts: accounts.length, publicness: factor }),
    done: 0,
  }
}

/** What the account shares with those after it. */
function addShares(entity: Shared, account: number, sums: PairSums): void {
  const { policy, accounts, ties, weight, gapless, place, nats } = entity
  while ((accounts[entity.done] ?? account) < account) entity.done += 1
  const own = entity.done
  const mine = ties[own]
  if (!mine) return
  for (let i = own + 1; i < accounts.length; i++) {
    const theirs = ties[i]
    if (!theirs || isToldAlready(mine, theirs)) continue
    const gapMs = gapless ? 0 : gapBetween(mine, theirs)
    sums.add(accounts[i] ?? 0, place, fadedMicroNats(policy, nats, { gapMs, weight }))
  }
}
