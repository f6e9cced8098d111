/** Every figure of one method in one world. */

import { joining } from '../baselines/sharing/components.ts'
import type { BaselineTable } from '../baselines/table.ts'
import { countingRoles, type PublishedMember, type Score, score } from '../score.ts'
import type { TruthLine } from '../truth.ts'
import { type Agreement, agreement } from './agreement.ts'
import { type Reliability, reliability } from './reliability.ts'
import { type RingTally, ringTallies } from './ring-tallies.ts'
import { harmBySubgroup, type SubgroupHarm } from './subgroups.ts'

export interface Measure {
  readonly score: Score
  readonly agreement: Agreement
  readonly rings: readonly RingTally[]
  readonly subgroups: Readonly<Record<string, SubgroupHarm>>
  /** Published rings that fall apart when what members share, whom of them they paid and whom they all dealt with is followed. */
  readonly disconnected: number
  readonly reliability: Reliability
}

export const measure = (
  published: readonly PublishedMember[],
  truth: readonly TruthLine[],
  table: Pick<BaselineTable, 'accounts' | 'identifiers' | 'dealings'>,
): Measure => ({
  score: score(published, truth),
  agreement: fraudAgreement(published, truth),
  rings: ringTallies(published, truth),
  subgroups: harmBySubgroup(published, truth),
  disconnected: disconnectedRings(published, table),
  reliability: reliability(published, truth),
})

/**
 * Over accounts that carry a planted ring and those that share a published ring with one. In truth the latter are
 * alone; whoever is published nowhere is alone too. So clusters of honest accounts neither help nor harm.
 */
export function fraudAgreement(
  published: readonly PublishedMember[],
  truth: readonly TruthLine[],
): Agreement {
  const plantedOf = new Map(
    truth.flatMap(({ account, ring }) => (ring === null ? [] : [[account, ring] as const])),
  )
  const counting = published.filter(({ role }) => countingRoles.has(role))
  const mixed = new Set(counting.filter(({ account }) => plantedOf.has(account)).map(({ ring }) => ring))
  const foundOf = new Map(
    counting.filter(({ ring }) => mixed.has(ring)).map(({ account, ring }) => [account, ring]),
  )
  const accounts = [...new Set([...plantedOf.keys(), ...foundOf.keys()])]
  const labels = (ringOf: ReadonlyMap<string, string>): readonly string[] =>
    // No ring begins with a space.
    accounts.map((account) => ringOf.get(account) ?? ` ${account}`)
  return agreement(labels(plantedOf), labels(foundOf))
}

/** Whatever their role: a ring is all of its members. */
export function disconnectedRings(
  published: readonly PublishedMember[],
  { accounts, identifiers, dealings }: Pick<BaselineTable, 'accounts' | 'identifiers' | 'dealings'>,
): number {
  const ringOf = new Map(published.map(({ account, ring }) => [account, ring]))
  const ringAt = accounts.map(({ account }) => ringOf.get(account))
  const parts = joining(accounts.length)
  const joinWithin = (together: Iterable<number>): void => {
    const firstOf = new Map<string, number>()
    for (const account of together) {
      const ring = ringAt[account]
      if (ring === undefined) continue
      parts.join(firstOf.get(ring) ?? account, account)
      if (!firstOf.has(ring)) firstOf.set(ring, account)
    }
  }
  for (const { uses } of identifiers) joinWithin(uses.map(({ account }) => account))
  for (const { from, to, gives } of dealings) if (gives) joinWithin([from, to])
  for (const dealers of Map.groupBy(dealings, ({ to }) => to).values())
    joinWithin(dealers.map(({ from }) => from))
  const partsOfRing = new Map<string, Set<number>>()
  parts.communityOf().forEach((part, account) => {
    const ring = ringAt[account]
    if (ring !== undefined) partsOfRing.set(ring, (partsOfRing.get(ring) ?? new Set()).add(part))
  })
  return [...partsOfRing.values()].filter(({ size }) => size > 1).length
}
