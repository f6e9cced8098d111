/**
 * Which accounts make a ring: the communities that links make, joined where they share their network, and beside
 * them the cohorts that no link shows. An account is in one group.
 */

import { type Groups, groupsBy } from '../communities/groups.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import type { TakeoverChance } from '../takeover/chance.ts'
import { type TakeoverCohort, takeoverCohorts } from '../takeover/cohorts.ts'
import type { PivotSearch } from '../takeover/pivots.ts'
import { hubCohorts } from './hub-cohorts.ts'
import { type PartsOf, partsIn } from './parts.ts'
import { joinVoted, type Votes, votesOf } from './stitch.ts'

/** A community this far inside a cohort is the same ring as the cohort. */
const sameRingMin = 0.5

export interface Grouping {
  /** The group of each account. */
  readonly labels: Int32Array
  /** Groups that are takeovers. */
  readonly takeovers: ReadonlyMap<number, TakeoverCohort>
}

export interface Grouped extends Grouping {
  /** By which takeovers were told from chance. */
  readonly chance: TakeoverChance
}

export function groupAccounts(
  table: LinkTable,
  communities: Int32Array,
  search: PivotSearch & JoinSearch,
): Grouped {
  const { labels, next: first } = joinLinked(table, communities, search)
  const partsOf = partsIn(table)
  const takeovers = new Map<number, TakeoverCohort>()
  const groups = groupsBy(labels)
  let next = first
  const { cohorts, chance } = takeoverCohorts(table, search)
  for (const cohort of cohorts) {
    const accounts = [
      ...cohort.victims.keys(),
      ...cohort.receivers.map(({ account }) => account),
      ...cohort.others,
    ]
    // What an earlier attack has taken stays with it, or its victims would be told as nobody's.
    const free = accounts.filter((account) => !takeovers.has(labels[account] ?? account))
    claim(groups, { accounts: free, label: next, partsOf })
    takeovers.set(next, cohort)
    next += 1
  }
  holdTogether(labels, { takeovers, partsOf })
  return { labels, takeovers, chance }
}

/**
 * What a cohort claimed may hang together by somebody who is not in it, or by nothing: only the part with most victims
 * stays the takeover, the others are groups of their own.
 */
function holdTogether(
  labels: Int32Array,
  { takeovers, partsOf }: Pick<Grouping, 'takeovers'> & { readonly partsOf: PartsOf },
): void {
  const groups = new Map([...takeovers.keys()].map((label) => [label, [] as number[]]))
  labels.forEach((label, account) => groups.get(label)?.push(account))
  for (const [label, group] of groups) {
    const victims = takeovers.get(label)?.victims
    const victimsIn = (part: readonly number[]): number =>
      part.filter((account) => victims?.has(account)).length
    const [, ...others] = partsOf(group).toSorted((a, b) => victimsIn(b) - victimsIn(a))
    for (const part of others) nameByLeast(labels, part)
  }
}

export interface JoinSearch {
  readonly kindOf: KindLookup
  /** Counted anew when not given. */
  readonly votes?: Votes
}

/** Groups without regard to takeovers, which only the whole population can tell from chance; `next` names no group. */
export function joinLinked(
  table: LinkTable,
  communities: Int32Array,
  { kindOf, votes = votesOf(table, communities) }: JoinSearch,
): { readonly labels: Int32Array; readonly next: number } {
  const labels = joinVoted(table, communities, votes)
  const groups = groupsBy(labels)
  let next = labels.length
  for (const { accounts } of hubCohorts(table, kindOf)) {
    claim(groups, { accounts, label: next })
    next += 1
  }
  return { labels, next }
}

/**
 * Communities that lie mostly among the accounts come whole; of others the accounts themselves, where it is known into
 * which parts the rest falls.
 */
function claim(
  groups: Groups,
  { accounts, label, partsOf }: { accounts: readonly number[]; label: number; partsOf?: PartsOf },
): void {
  const { labels } = groups
  const claimed = new Set(accounts)
  const touched = [...new Set(accounts.map((account) => labels[account] ?? account))]
  const communities = touched.map((one) => groups.membersOf(one))
  for (const community of communities) {
    const inside = community.filter((account) => claimed.has(account))
    if (inside.length >= sameRingMin * community.length)
      for (const account of community) labels[account] = label
    else if (partsOf) {
      for (const account of inside) labels[account] = label
      const left = community.filter((account) => !claimed.has(account))
      for (const part of partsOf(left)) nameByLeast(labels, part)
    }
  }
  for (const one of touched) groups.renamed(one)
}

function nameByLeast(labels: Int32Array, [least = 0, ...others]: readonly number[]): void {
  for (const account of [least, ...others]) labels[account] = least
}
