/** Of whom the suspicion of others says other than before (features/suspicion.ts). */
import type { ChangedTable } from '../../projection/change-table.ts'
import { labelsNow } from '../../projection/change-table.ts'
import type { LinkPairs } from '../../projection/link-pairs.ts'
import { usedBy, usersOf } from '../../projection/uses/of.ts'
import { type HubReputations, hasReputation } from '../features/suspicion.ts'
import { type Rows, rowSet } from '../rows.ts'
import type { Clustered, SuspectGroups } from '../suspects/cluster.ts'
import { differing, type Suspicion } from '../suspicion.ts'
import { addNeighbours } from './looks.ts'

export interface SuspicionChange {
  readonly judgement: { readonly first: Suspicion & { readonly groups: SuspectGroups } }
  readonly suspicion: Suspicion
  /** How suspects cluster by it. */
  readonly among: Clustered
  readonly changed: ChangedTable
  readonly pairs: LinkPairs
  /** Accounts with a link that is new, gone or of other evidence. */
  readonly moved: readonly number[]
  readonly hubs: HubReputations
}

export function staleBySuspicion({
  judgement: { first: known },
  suspicion,
  among,
  changed,
  pairs,
  moved,
  hubs,
}: SuspicionChange): Rows {
  const { table, touched } = changed
  const own = rowSet(table.facts.length, differing(suspicion, known, changed))
  const rows = rowSet(table.facts.length, own.list)
  for (const accounts of [touched, moved, among.moved]) rows.addAll(accounts)
  addNeighbours(rows, pairs, own)
  addNeighbours(rows, among.groups.pairs, own)
  rows.addAll(inChangedGroups(among, { own, groups: known.groups, changed }))
  rows.addAll(onChangedThings(changed, own, hubs))
  return rows
}

/** Accounts in a group that somebody joined or left, or whose members are suspected otherwise. */
function inChangedGroups(
  { groups: { labels }, regrouped }: Clustered,
  {
    own,
    groups,
    changed,
  }: { readonly own: Rows; readonly groups: SuspectGroups; readonly changed: ChangedTable },
): Iterable<number> {
  const { accountNow, gone } = changed
  const before = labelsNow(groups.labels, changed)
  const asked = rowSet(labels.length)
  for (const account of [...own.list, ...regrouped]) asked.add(labels[account] ?? -1)
  for (const account of regrouped) asked.add(before[account] ?? -1)
  for (const account of gone) asked.add(accountNow[groups.labels[account] ?? -1] ?? -1)
  const inAsked: number[] = []
  labels.forEach((label, account) => {
    if (asked.has(label)) inAsked.push(account)
  })
  return inAsked
}

/** Users of what others use than before, and of whatever accounts use that are suspected otherwise. */
function* onChangedThings(
  { table, regrouped }: ChangedTable,
  own: Rows,
  hubs: HubReputations,
): Generator<number> {
  const things = rowSet(table.identifiers.length, regrouped)
  for (const account of own.list) things.addAll(usedBy(table, account).identifiers)
  for (const identifier of things.list) {
    const isCounted = hasReputation(table.identifiers.kindAt(identifier))
    if (isCounted && !hubs.has(table.identifiers.nameAt(identifier))) yield* usersOf(table, identifier)
  }
}
