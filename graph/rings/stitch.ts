/**
 * Communities that share only their network: those that nearly alone use two addresses in the weeks they use them
 * are one. Weak evidence still creates no link; it joins what strong evidence has found.
 */
import { disjointSets } from '../communities/disjoint-sets.ts'
import { ipClassWeight } from '../identifiers/ip.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { tieOf, usersOf } from '../projection/uses/of.ts'

/** Of one address in one week: with fewer accounts there is nothing to join, more are a crowd. */
const usersMin = 4
const usersMax = 80
const isTellingCrowd = (users: number): boolean => users >= usersMin && users <= usersMax
/** Members a community must have on it, and the share of its users that such communities must make. */
const membersMin = 2
const purityMin = 0.5
/** Addresses that must say so; one whose class strangers share counts for less. */
const votesMin = 2

/** Communities that an address, of its number, would join in one week, by their names. */
type WeekVotes = ReadonlyMap<number, readonly (readonly [a: number, b: number])[]>

/** By address, ascending; those that would join none are left out. */
export type Votes = ReadonlyMap<number, WeekVotes>

/** `labels`: the community of each account, by its least account. */
export function votesOf(table: LinkTable, labels: Int32Array): Votes {
  const votes = new Map<number, WeekVotes>()
  for (const identifier of table.identifiers.ofKind('ip')) {
    const weeks = [...usersByWeek(table, identifier)].flatMap(([week, users]) => {
      const pairs = pairsTogether(users, labels)
      return pairs.length > 0 ? [[week, pairs] as const] : []
    })
    if (weeks.length > 0) votes.set(identifier, new Map(weeks))
  }
  return votes
}

/** Joins communities that enough addresses would; returns them named the same way. */
export function joinVoted(table: LinkTable, labels: Int32Array, votes: Votes): Int32Array {
  const counts = new Map<number, Map<number, number>>()
  for (const [identifier, weeks] of votes) {
    const weight = ipClassWeight(table.identifiers.classAt(identifier))
    for (const [a, others] of votedAt(weeks)) {
      const known = counts.get(a) ?? new Map<number, number>()
      counts.set(a, known)
      for (const b of others) known.set(b, (known.get(b) ?? 0) + weight)
    }
  }
  const sets = disjointSets(labels.length)
  for (const [a, others] of counts) for (const [b, count] of others) if (count >= votesMin) sets.unite(a, b)
  return labels.map((label) => sets.rootOf(label))
}

/** An address has one vote, however many weeks would say the same. */
function votedAt(weeks: WeekVotes): ReadonlyMap<number, ReadonlySet<number>> {
  const voted = new Map<number, Set<number>>()
  for (const [a, b] of [...weeks.values()].flat()) voted.set(a, (voted.get(a) ?? new Set<number>()).add(b))
  return voted
}

/** Groups of accounts that may join the communities of any of them: all users of an address in one week, if few enough. */
export function tellingCrowds(table: LinkTable, identifier: number): readonly ReadonlySet<number>[] {
  return [...usersByWeek(table, identifier).values()].filter(({ size }) => isTellingCrowd(size))
}

function usersByWeek(table: LinkTable, identifier: number): ReadonlyMap<number, ReadonlySet<number>> {
  const weeks = new Map<number, Set<number>>()
  const accounts = usersOf(table, identifier)
  if (accounts.length < usersMin) return weeks
  for (const account of accounts) {
    for (const day of tieOf(table, account, identifier)?.days ?? []) {
      const week = weekOf(day)
      const users = weeks.get(week)
      if (users) users.add(account)
      else weeks.set(week, new Set([account]))
    }
  }
  return weeks
}

/** Weeks begin on Monday; day 0 was a Thursday. */
export const weekOf = (day: number): number => Math.floor((day + 3) / 7)

export function pairsTogether(
  users: ReadonlySet<number>,
  labels: Int32Array,
): readonly (readonly [a: number, b: number])[] {
  if (!isTellingCrowd(users.size)) return []
  const members = new Map<number, number>()
  for (const account of users) {
    const label = labels[account] ?? account
    members.set(label, (members.get(label) ?? 0) + 1)
  }
  const present = [...members].filter(([, count]) => count >= membersMin)
  const together = present.reduce((sum, [, count]) => sum + count, 0)
  if (present.length < 2 || together < purityMin * users.size) return []
  const names = present.map(([label]) => label).toSorted((a, b) => a - b)
  return names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const))
}
