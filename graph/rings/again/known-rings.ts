/** Rings that were made before the state changed, and would be made the same now. */
import { cohortName } from '../../judging/stale/cohort-names.ts'
import { groupsOn } from '../../judging/stale/looks.ts'
import type { ChangedTable } from '../../projection/change-table.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import { userCount, usersOf } from '../../projection/uses/of.ts'
import type { FoundRing, RingClass } from '../../ring.ts'
import { ownUsersMax } from '../../takeover/arrivals.ts'
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
  /** Accounts that are judged otherwise, or have other links. */
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
  accounts,
  labels,
}: KnownRingSearch): (community: Community, wanted: Wanted) => FoundRing | undefined {
  const { table } = changed
  const stale = new Set<number>()
  for (const some of [accounts, changed.touched]) for (const account of some) stale.add(labels[account] ?? -1)
  for (const label of groupsOnRegrouped(changed, labels)) stale.add(label)
  const placeOf = new Map(made.rings.map(({ members }, place) => [members[0]?.account, place]))
  const nameOf = (account: number): string | undefined => table.facts.ids[account]
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
 * Groups of which a ring would tell other users of what they use than before: where two members or more share it, or one
 * holds what is nearly its own. Of an address of many none is told.
 */
function* groupsOnRegrouped(
  { table, before, regrouped, renewed, identifierBefore }: ChangedTable,
  labels: Int32Array,
): Generator<number> {
  for (const identifier of regrouped) {
    const fewest = Math.min(
      userCount(table, identifier),
      userCount(before, identifierBefore[identifier] ?? -1),
    )
    if (fewest <= ownUsersMax) yield* groupsOfUsers(table, identifier, labels)
    else if (table.identifiers.kindAt(identifier) !== 'ip' || fewest <= lineAccountsMax)
      yield* groupsOn(table, identifier, labels)
  }
  for (const identifier of renewed) yield* groupsOfUsers(table, identifier, labels)
}

const groupsOfUsers = (table: LinkTable, identifier: number, labels: Int32Array): Int32Array =>
  usersOf(table, identifier).map((account) => labels[account] ?? -1)
