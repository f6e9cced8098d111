/**
 * From shared identifiers to a graph of account pairs with probabilities, an account at a time: for each account
 * the evidence of all it shares with later accounts is summed in a dense table (Gustavson 1978), so that no pair
 * is stored before it is complete, and a hub never becomes a clique.
 */

import { isToldAlready } from '../evidence/seen-through.ts'
import { capMicroNats, gapBetween, probabilityMin, probabilityOf, shareMicroNats } from '../evidence/share.ts'
import type { Entities, LinkingEntity } from './entities.ts'
import { type LinkPairs, pairWriter } from './link-pairs.ts'
import { type LinkTable, tieOf } from './link-table.ts'
import type { Publicness } from './publicness.ts'
import { weakEvidence } from './weak.ts'

export function project(table: LinkTable, entities: Entities, publicness: Publicness): LinkPairs {
  const factors = entities.linking.map(({ identifier, gapless }) =>
    gapless ? 1 : publicness(table.identifiers[identifier]),
  )
  const entitiesAt = entitiesByAccount(entities.linking, table.facts.length)
  const sums = pairSums(table.facts.length, entities.linking)
  const out = pairWriter()
  for (let account = 0; account < table.facts.length; account++) {
    for (const number of entitiesAt[account] ?? []) {
      const entity = entities.linking[number]
      if (entity) addShares(table, entity, { account, sums, publicness: factors[number] ?? 1 })
    }
    for (const [other, strong] of sums.take()) {
      if (probabilityOf(strong) < probabilityMin) continue
      const weak = weakEvidence(table, entities.weak, { a: account, b: other })
      out.push(account, other, strong + weak)
    }
  }
  return out.pairs()
}

function entitiesByAccount(
  linking: readonly LinkingEntity[],
  accounts: number,
): readonly (readonly number[])[] {
  const at: number[][] = Array.from({ length: accounts }, () => [])
  linking.forEach((entity, number) => {
    for (const account of entity.accounts) at[account]?.push(number)
  })
  return at
}

interface PairSums {
  add(other: number, kind: string, evidence: number): void
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
    add(other, kind, evidence) {
      const cell = rowFor(other) * width + (placeOf.get(kind) ?? 0)
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

function addShares(
  table: LinkTable,
  { kind, policy, identifier, accounts, weight, gapless }: LinkingEntity,
  { account, sums, publicness }: { account: number; sums: PairSums; publicness: number },
): void {
  const mine = tieOf(table, account, identifier)
  if (!mine) return
  for (const other of accounts) {
    if (other <= account) continue
    const theirs = tieOf(table, other, identifier)
    if (!theirs || isToldAlready(mine, theirs)) continue
    const gapMs = gapless ? 0 : gapBetween(mine, theirs)
    sums.add(other, kind, shareMicroNats(policy, { accounts: accounts.length, gapMs, weight, publicness }))
  }
}
