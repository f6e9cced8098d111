/** Which suspects may share other things than before, once the state or the suspicion of somebody changed. */

import { saidPairs } from '../../assertions/links.ts'
import type { ChangedTable } from '../../projection/change-table.ts'
import type { KindLookup } from '../../projection/entities.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import { tieOf, usedBy, usersOf } from '../../projection/uses/of.ts'
import { type Rows, rowSet } from '../rows.ts'
import { aimsOf } from './shares.ts'

export interface SuspectSearch {
  readonly isSuspect: (account: number) => boolean
  /** By the number an account had. */
  readonly wasSuspect: (account: number) => boolean
  readonly kindOf: KindLookup
}

/** Suspects that changed or are so no more or anew, and those who share something with whoever changed or is or was so. */
export function staleSuspects(changed: ChangedTable, { isSuspect, wasSuspect, kindOf }: SuspectSearch): Rows {
  const { table, before, accountBefore, touched, gone, renewed } = changed
  const was = (account: number): boolean => wasSuspect(accountBefore[account] ?? -1)
  const others = rowSet(table.facts.length, touched)
  accountBefore.forEach((known, account) => {
    if (isSuspect(account) !== wasSuspect(known)) others.add(account)
  })
  const then = [...gone, ...touched.map((account) => accountBefore[account] ?? -1)]
  const isOther = (account: number): boolean =>
    isSuspect(account) !== was(account) ||
    table.birthDays[account] !== before.birthDays[accountBefore[account] ?? -1]
  const days = daysSharedOtherwise(changed, others, isOther)
  for (const identifier of renewed) addAll(days, identifier, daysOn(table, identifier))
  // Whoever is no suspect and was none has no links, and had none.
  const rows = rowSet(
    table.facts.length,
    others.list.filter((account) => isSuspect(account) || was(account)),
  )
  for (const [identifier, seen] of days)
    rows.addAll(suspectsOn(table, identifier, { isSuspect, kindOf, days: seen }))
  for (const { a, b } of saidPairs(table)) if (others.has(b) && isSuspect(a)) rows.add(a)
  const aims = new Set([
    ...Array.from(others.list).flatMap((account) => [...aimsOf(table.facts.relationsAt(account))]),
    ...then.flatMap((account) => [...aimsOf(before.facts.relationsAt(account))]),
  ])
  if (aims.size > 0)
    for (let account = 0; account < table.facts.length; account++)
      if (table.facts.relationsAt(account).some(({ to }) => aims.has(to)) && isSuspect(account))
        rows.add(account)
  return rows
}

type Days = Map<number, Set<number>>

function addAll(days: Days, identifier: number, more: Iterable<number>): void {
  const known = days.get(identifier) ?? new Set()
  days.set(identifier, known)
  for (const day of more) known.add(day)
}

/** What accounts use and used, and on which days: all of it of those who are others than before, else what differs. */
function daysSharedOtherwise(
  changed: ChangedTable,
  accounts: Rows,
  isOther: (account: number) => boolean,
): Days {
  const { table, before, accountBefore, identifierBefore, identifierNow, gone } = changed
  const days: Days = new Map()
  for (const account of accounts.list) {
    const used = isOther(account) ? usedBy(table, account).identifiers : []
    for (const identifier of new Set([...used, ...(changed.differing.get(account) ?? [])])) {
      addAll(days, identifier, daysOf(table, account, identifier))
      addAll(days, identifier, daysOf(before, accountBefore[account], identifierBefore[identifier]))
    }
  }
  for (const account of gone)
    for (const identifier of usedBy(before, account).identifiers)
      addAll(days, identifierNow[identifier] ?? -1, daysOf(before, account, identifier))
  return days
}

const daysOf = (table: LinkTable, account = -1, identifier = -1): readonly number[] =>
  tieOf(table, account, identifier)?.days ?? []

const daysOn = (table: LinkTable, identifier: number): readonly number[] =>
  Array.from(usersOf(table, identifier)).flatMap((account) => tieOf(table, account, identifier)?.days ?? [])

/** Of an address those on it on one of the days; of what ties by itself all. */
function suspectsOn(
  table: LinkTable,
  identifier: number,
  {
    isSuspect,
    kindOf,
    days,
  }: Pick<SuspectSearch, 'isSuspect' | 'kindOf'> & { readonly days: ReadonlySet<number> },
): readonly number[] {
  const { kind = '' } = table.identifiers.at(identifier) ?? {}
  const suspects = Array.from(usersOf(table, identifier)).filter(isSuspect)
  if (kind === 'target' || kindOf(kind)?.evidence.links === 'pairs') return suspects
  if (kind !== 'ip') return []
  return suspects.filter((account) => tieOf(table, account, identifier)?.days.some((day) => days.has(day)))
}
