/** Rules by which authors turn communities into accounts to act on. */
import type { BaselineTable } from './table.ts'

/** Fewer accounts are a pair, not a ring; ours are published from here on, so baselines are too. */
export const communityMin = 3

/** Every account of a community that holds one known to be fraud: "one flagged, all flagged". */
export function flagAroundKnown({ accounts }: BaselineTable, communityOf: Int32Array): Uint8Array {
  const bad = new Set<number>()
  accounts.forEach(({ known }, account) => {
    if (known === 'fraud') bad.add(communityOf[account] ?? account)
  })
  return flagWhere(communityOf, (community) => bad.has(community))
}

/** Every account of a community of at least so many. */
export function flagLarge(communityOf: Int32Array, least: number): Uint8Array {
  const sizes = sizesOf(communityOf)
  return flagWhere(communityOf, (community) => (sizes.get(community) ?? 0) >= least)
}

export function sizesOf(communityOf: Int32Array): ReadonlyMap<number, number> {
  const sizes = new Map<number, number>()
  for (const community of communityOf) sizes.set(community, (sizes.get(community) ?? 0) + 1)
  return sizes
}

const flagWhere = (communityOf: Int32Array, isBad: (community: number) => boolean): Uint8Array =>
  Uint8Array.from(communityOf, (community) => Number(isBad(community)))
