/** Rings that were made before the state changed, and would be made the same now. */
import { type HubReputations, hubName } from '../../judging/features/suspicion.ts'
import { cohortName } from '../../judging/stale/cohort-names.ts'
import { groupsOn } from '../../judging/stale/looks.ts'
import type { ChangedTable } from '../../projection/change-table.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import type { FoundRing, RingClass } from '../../ring.ts'
import { lineAccountsMax } from '../benign/signs.ts'
import type { Community } from '../community.ts'

/** Rings with what they were made as. */
export interface MadeRings {
  readonly rings: readonly FoundRing[]
  /** Of each ring, the cohort of which it is the takeover, by name. */
  readonly takeovers: readonly (string | undefined)[]
}

export interface KnownRingSearch {
  readonly made: MadeRings
  readonly changed: ChangedTable
  readonly hubs: HubReputations
  /** Accounts that were judged again, or have other links. */
  readonly accounts: Iterable<number>
  /** The group of each account. */
  readonly labels: Int32Array
}

export interface Wanted {
  readonly ringClass: RingClass
  readonly isStrange: boolean
}

/** `undefined` where a community has to be made a ring of. */
export function knownRings({
  made,
  changed,
  hubs,
  accounts,
  labels,
}: KnownRingSearch): (community: Community, wanted: Wanted) => FoundRing | undefined {
  const { table } = changed
  const stale = new Set<number>()
  for (const account of accounts) stale.add(labels[account] ?? -1)
  for (const identifier of hubsRegrouped(changed, hubs))
    for (const label of groupsOn(table, identifier, labels)) stale.add(label)
  const placeOf = new Map(made.rings.map(({ members }, place) => [members[0]?.account, place]))
  const nameOf = (account: number): string | undefined => table.facts[account]?.account
  return ({ members, takeover }, { ringClass, isStrange }) => {
    const [first = -1] = members
    if (stale.has(labels[first] ?? -1)) return undefined
    const place = placeOf.get(nameOf(first)) ?? -1
    const ring = made.rings[place]
    const isSame =
      ring?.head.class === ringClass &&
      ring.members.length === members.length &&
      ring.members.every(({ account }, at) => account === nameOf(members[at] ?? -1)) &&
      made.takeovers[place] === cohortName(table, takeover) &&
      isToldStrange(ring) === isStrange
    return isSame ? ring : undefined
  }
}

const isToldStrange = ({ head }: FoundRing): boolean =>
  head.reasons.some(({ code }) => code === 'unlike_honest')

/**
 * Hubs of other users than before, where a ring tells how many there are; whoever uses anything else that somebody came
 * to or left was judged again.
 */
function hubsRegrouped(
  { table, before, regrouped, identifierBefore }: ChangedTable,
  hubs: HubReputations,
): readonly number[] {
  return regrouped.filter((identifier) => {
    const key = table.identifiers[identifier]
    if (!key || !hubs.has(hubName(key))) return false
    const fewest = Math.min(usersOf(table, identifier), usersOf(before, identifierBefore[identifier] ?? -1))
    return key.kind !== 'ip' || fewest <= lineAccountsMax
  })
}

const usersOf = ({ postings }: LinkTable, identifier: number): number => postings[identifier]?.length ?? 0
