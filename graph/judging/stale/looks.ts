/**
 * What of a population has to be looked at again once the state changed (docs/decisions/0019): whoever changed, and
 * whomever that is seen of. Whatever is left out would be seen as it was, which test/graph/detect-again.test.ts holds to.
 */

import { type AccountFacts, referredBy } from '../../evidence/account-facts.ts'
import type { ChangedTable } from '../../projection/change-table.ts'
import { changedSlices } from '../../projection/changed-slices.ts'
import type { LinkPairs } from '../../projection/link-pairs.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import { userCount, usersOf } from '../../projection/uses/of.ts'
import type { Community } from '../../rings/community.ts'
import { ownUsersMax } from '../../takeover/arrivals.ts'
import type { TakeoverCohort } from '../../takeover/cohorts.ts'
import {
  crowdMax,
  dayOfStanding,
  standingsOn,
  standingTrait,
  targetUsersMax,
  usersByDay,
} from '../features/crowds.ts'
import { everyRow, type RowSet, type Rows, rowSet } from '../rows.ts'
import { accountsOfChanged, cohortName } from './cohort-names.ts'

/** How accounts are grouped before they are judged. */
export interface Together {
  readonly table: LinkTable
  readonly pairs: LinkPairs
  /** Of two accounts and more. */
  readonly communities: readonly Community[]
  /** Place in `communities` of each account's, -1 for none. */
  readonly communityOf: Int32Array
  readonly cohorts: readonly TakeoverCohort[]
}

export interface Stale {
  /** Accounts, by what they are and do; by what they are linked to; by their community. */
  readonly own: Rows
  readonly linked: Rows
  readonly members: Rows
  /** Places of communities. */
  readonly communities: Rows
  /** Of each community, the place it had with the same accounts; -1 for none. */
  readonly placeBefore: Int32Array
}

export const allStale = ({ table, communities }: Together): Stale => {
  const accounts = everyRow(table.facts.length)
  return {
    own: accounts,
    linked: accounts,
    members: accounts,
    communities: everyRow(communities.length),
    placeBefore: new Int32Array(communities.length).fill(-1),
  }
}

export interface StaleSearch {
  readonly known: Together
  readonly changed: ChangedTable
  /** Accounts with a link that is new, gone or of other evidence. */
  readonly moved: readonly number[]
}

export function staleOf(now: Together, search: StaleSearch): Stale {
  const { table, communityOf, pairs } = now
  const { known, changed, moved } = search
  const placeBefore = placesBefore(now, search)
  const seen = rowSet(table.facts.length, seenOtherwise(changed))
  seen.addAll(accountsOfChanged(changed, known.cohorts, now.cohorts))
  const communities = staleCommunities(now, search, { seen, placeBefore })
  const left: number[] = []
  communityOf.forEach((place, account) => {
    if (place === -1 && (known.communityOf[changed.accountBefore[account] ?? -1] ?? -1) >= 0)
      left.push(account)
  })
  const own = rowSet(table.facts.length, seen.list)
  own.addAll(left)
  own.addAll(membersOf(now, communities))
  own.addAll(inOtherCompany(changed))
  own.addAll(referredOtherwise(changed))
  const linked = rowSet(table.facts.length, own.list)
  linked.addAll(moved)
  addNeighbours(linked, pairs, own)
  for (const account of own.list) communities.add(communityOf[account] ?? -1)
  const members = rowSet(table.facts.length, left)
  members.addAll(membersOf(now, communities))
  return { own, linked, members, communities, placeBefore }
}

function placesBefore({ communities }: Together, { known, changed }: StaleSearch): Int32Array {
  const placeOf = (account: number): number => known.communityOf[changed.accountBefore[account] ?? -1] ?? -1
  return Int32Array.from(communities, ({ members }) => {
    const place = placeOf(members[0] ?? -1)
    const isSame =
      known.communities[place]?.members.length === members.length &&
      members.every((account) => placeOf(account) === place)
    return isSame ? place : -1
  })
}

/** Accounts that changed, and users of what fewer or more use than before, where a few users matter. */
function* seenOtherwise({
  table,
  before,
  touched,
  regrouped,
  renewed,
  identifierBefore,
}: ChangedTable): Generator<number> {
  yield* touched
  for (const identifier of renewed) yield* usersOf(table, identifier)
  for (const identifier of regrouped) {
    const users = usersOf(table, identifier)
    const usersBefore = userCount(before, identifierBefore[identifier] ?? -1)
    const few = table.identifiers.kindAt(identifier) === 'target' ? targetUsersMax : ownUsersMax
    if (Math.min(users.length, usersBefore) <= few) yield* users
  }
}

/** Those of other accounts, links or takeovers than before. */
function staleCommunities(
  { table, communities, communityOf }: Together,
  { known, moved }: StaleSearch,
  { seen, placeBefore }: { readonly seen: Rows; readonly placeBefore: Int32Array },
): RowSet {
  const stale = rowSet(communities.length)
  placeBefore.forEach((before, place) => {
    const isTaken = cohortName(table, communities[place]?.takeover)
    if (before < 0 || isTaken !== cohortName(known.table, known.communities[before]?.takeover))
      stale.add(place)
  })
  for (const account of seen.list) stale.add(communityOf[account] ?? -1)
  for (const account of moved) stale.add(communityOf[account] ?? -1)
  return stale
}

/** Groups of which two accounts or more use an identifier. */
export function groupsOn(table: LinkTable, identifier: number, groupOf: Int32Array): ReadonlySet<number> {
  const [met, shared] = [new Set<number>(), new Set<number>()]
  for (const account of usersOf(table, identifier)) {
    const group = groupOf[account] ?? -1
    if (met.has(group)) shared.add(group)
    met.add(group)
  }
  return shared
}

const membersOf = ({ communities }: Together, places: Rows): readonly number[] =>
  Array.from(places.list).flatMap((place) => communities[place]?.members ?? [])

/** Accounts on an address on a day on which others are than before, or stand otherwise. */
function* inOtherCompany(changed: ChangedTable): Generator<number> {
  const { table, touched, gone } = changed
  const crowdBeforeMax = crowdMax + touched.length + gone.length
  for (const [identifier, standings] of changedSlices(changed, standingsOn, standingTrait)) {
    const days = new Set([...standings].map(dayOfStanding))
    for (const [day, users] of usersByDay(table, identifier))
      if (days.has(day) && users.length <= crowdBeforeMax) yield* users
  }
}

/** Accounts that others refer than before. */
function referredOtherwise({ table, before, touched, gone, accountBefore }: ChangedTable): readonly number[] {
  const ids = new Set<string>()
  const addDiffering = (now: AccountFacts | undefined, then: AccountFacts | undefined): void => {
    const [has, had] = [referredBy(now ?? nothing), referredBy(then ?? nothing)]
    for (const id of has.symmetricDifference(had)) ids.add(id)
  }
  for (const account of touched)
    addDiffering(table.facts.at(account), before.facts.at(accountBefore[account] ?? -1))
  for (const account of gone) addDiffering(undefined, before.facts.at(account))
  if (ids.size === 0) return []
  return table.facts.ids.flatMap((account, number) => (ids.has(account) ? [number] : []))
}

const nothing = { relations: [] }

/** Adds accounts that are linked to some of these. */
export function addNeighbours(to: RowSet, { a, b }: LinkPairs, of: Rows): void {
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i] ?? -1, b[i] ?? -1]
    if (of.has(one)) to.add(other)
    if (of.has(other)) to.add(one)
  }
}
