/**
 * Which accounts make a ring: the communities that links make, joined where they share their network, and beside
 * them the cohorts that no link shows. An account is in one group.
 */
import { disjointSets } from '../communities/disjoint-sets.ts'
import { givesTo } from '../evidence/account-facts.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { type TakeoverCohort, takeoverCohorts } from '../takeover/cohorts.ts'
import { hubCohorts } from './hub-cohorts.ts'
import { stitch } from './stitch.ts'

/** A community this far inside a cohort is the same ring as the cohort. */
const sameRingMin = 0.5

/** What more accounts use holds nobody together. */
const holdersMax = 200

export interface Grouping {
  /** The group of each account. */
  readonly labels: Int32Array
  /** Groups that are takeovers. */
  readonly takeovers: ReadonlyMap<number, TakeoverCohort>
}

export function groupAccounts(
  table: LinkTable,
  communities: Int32Array,
  search: { readonly kindOf: KindLookup; readonly asOf: number },
): Grouping {
  const { labels, next: first } = joinLinked(table, communities, search.kindOf)
  const takeovers = new Map<number, TakeoverCohort>()
  let next = first
  for (const cohort of takeoverCohorts(table, search)) {
    const accounts = [
      ...cohort.victims.keys(),
      ...cohort.receivers.map(({ account }) => account),
      ...cohort.others,
    ]
    // What an earlier attack has taken stays with it, or its victims would be told as nobody's.
    const free = accounts.filter((account) => !takeovers.has(labels[account] ?? account))
    claim(table, labels, { accounts: free, label: next, alsoFromOthers: true })
    takeovers.set(next, cohort)
    next += 1
  }
  holdTogether(table, labels, takeovers)
  return { labels, takeovers }
}

/**
 * What a cohort claimed may hang together by somebody who is not in it, or by nothing: only the part with most victims
 * stays the takeover, the others are groups of their own.
 */
function holdTogether(
  table: LinkTable,
  labels: Int32Array,
  takeovers: ReadonlyMap<number, TakeoverCohort>,
): void {
  const groups = new Map([...takeovers.keys()].map((label) => [label, [] as number[]]))
  labels.forEach((label, account) => groups.get(label)?.push(account))
  for (const [label, group] of groups) {
    const victims = takeovers.get(label)?.victims
    partAnew(table, labels, group)
    const parts = Map.groupBy(group, (account) => labels[account] ?? account)
    const victimsIn = (part: readonly number[]): number =>
      part.filter((account) => victims?.has(account)).length
    const stays = [...parts.values()].toSorted((a, b) => victimsIn(b) - victimsIn(a))[0] ?? []
    for (const account of stays) labels[account] = label
  }
}

/** Groups without regard to takeovers, which only the whole population can tell from chance; `next` names no group. */
export function joinLinked(
  table: LinkTable,
  communities: Int32Array,
  kindOf: KindLookup,
): { readonly labels: Int32Array; readonly next: number } {
  const labels = stitch(table, communities)
  let next = labels.length
  for (const { accounts } of hubCohorts(table, kindOf)) {
    claim(table, labels, { accounts, label: next, alsoFromOthers: false })
    next += 1
  }
  return { labels, next }
}

/** Communities that lie mostly among the accounts come whole; of others only the accounts themselves, if at all. */
function claim(
  table: LinkTable,
  labels: Int32Array,
  {
    accounts,
    label,
    alsoFromOthers,
  }: { accounts: readonly number[]; label: number; alsoFromOthers: boolean },
): void {
  const claimed = new Set(accounts)
  const touched = new Set(accounts.map((account) => labels[account] ?? account))
  const members = new Map<number, number[]>()
  labels.forEach((own, account) => {
    if (!touched.has(own)) return
    const known = members.get(own)
    if (known) known.push(account)
    else members.set(own, [account])
  })
  for (const community of members.values()) {
    const inside = community.filter((account) => claimed.has(account))
    if (inside.length >= sameRingMin * community.length)
      for (const account of community) labels[account] = label
    else if (alsoFromOthers) {
      for (const account of inside) labels[account] = label
      partAnew(
        table,
        labels,
        community.filter((account) => !claimed.has(account)),
      )
    }
  }
}

/**
 * By what accounts share and whom of each other they paid; each part is named by its least account. Whoever is left of a
 * community may have been held together by those who went.
 */
function partAnew(table: LinkTable, labels: Int32Array, left: readonly number[]): void {
  const sets = disjointSets(left.length)
  const firstOn = new Map<number, number>()
  const placeOf = new Map(left.map((account, place) => [table.facts[account]?.account, place]))
  left.forEach((account, place) => {
    for (const { to } of table.facts[account]?.relations.filter(givesTo) ?? []) {
      const other = placeOf.get(to)
      if (other !== undefined) sets.unite(place, other)
    }
    for (const identifier of table.ties[account]?.identifiers ?? []) {
      if ((table.postings[identifier]?.length ?? 0) > holdersMax) continue
      const other = firstOn.get(identifier)
      if (other === undefined) firstOn.set(identifier, place)
      else sets.unite(other, place)
    }
  })
  left.forEach((account, place) => {
    labels[account] = left[sets.rootOf(place)] ?? account
  })
}
