/**
 * Votes of addresses once the state changed: only weeks on which somebody came or went, or whose community has another
 * name, are counted again; the same as if all were.
 */
import type { ChangedTable } from '../projection/change-table.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { accountAt, daysAt, tieOf, usedBy, usesAt } from '../projection/uses/of.ts'
import { pairsTogether, type Votes, weekOf } from './stitch.ts'

export interface VotedAgain {
  readonly votes: Votes
  /** Weeks of one address each that were counted. */
  readonly weeksCounted: number
}

export function votesAgain(
  changed: ChangedTable,
  known: Votes,
  { labels, regrouped }: { readonly labels: Int32Array; readonly regrouped: readonly number[] },
): VotedAgain {
  const { table } = changed
  const dirty = dirtyWeeks(changed, regrouped)
  const kept: Map<number, ReadonlyMap<number, Pairs>> = renumbered(changed, known)
  let weeksCounted = 0
  for (const [identifier, weeks] of dirty) {
    const own = new Map(kept.get(identifier) ?? [])
    const users = usersIn(table, identifier, weeks)
    for (const week of weeks) {
      weeksCounted += 1
      const pairs = pairsTogether(users.get(week) ?? new Set(), labels)
      if (pairs.length > 0) own.set(week, pairs)
      else own.delete(week)
    }
    if (own.size > 0) kept.set(identifier, own)
    else kept.delete(identifier)
  }
  return { votes: new Map([...kept].toSorted(([a], [b]) => a - b)), weeksCounted }
}

/** Names that are gone are of communities whose weeks are counted again. */
function renumbered(
  { accountNow, accountBefore, identifierNow, identifierBefore }: ChangedTable,
  known: Votes,
) {
  if (accountNow === accountBefore && identifierNow === identifierBefore) return new Map(known)
  const nameOf = (label: number): number => accountNow[label] ?? -1
  return new Map(
    [...known].map(([identifier, weeks]) => [
      identifierNow[identifier] ?? -1,
      new Map(
        [...weeks].map(([week, pairs]) => [week, pairs.map(([a, b]) => [nameOf(a), nameOf(b)] as const)]),
      ),
    ]),
  )
}

type Pairs = readonly (readonly [a: number, b: number])[]

type WeeksAt = Map<number, Set<number>>

function dirtyWeeks(changed: ChangedTable, regrouped: readonly number[]): WeeksAt {
  const { table, before, touched, gone, accountBefore, identifierBefore, identifierNow } = changed
  const dirty: WeeksAt = new Map()
  const add = (identifier: number, weeks: Iterable<number>): void => {
    const known = dirty.get(identifier) ?? new Set<number>()
    for (const week of weeks) known.add(week)
    if (known.size > 0) dirty.set(identifier, known)
  }
  const now = (account: number) => weeksOf(table, account, (identifier) => identifier)
  const then = (account: number) => weeksOf(before, account, (one) => identifierNow[one] ?? -1)
  for (const account of regrouped) for (const [at, weeks] of now(account)) add(at, weeks)
  for (const account of gone) for (const [at, weeks] of then(account)) add(at, weeks)
  for (const account of touched) {
    for (const at of changed.differing.get(account) ?? []) {
      const has = weeksAt(table, account, at)
      const had = weeksAt(before, accountBefore[account] ?? -1, identifierBefore[at] ?? -1)
      add(at, has.symmetricDifference(had))
    }
  }
  return dirty
}

/** By address, the weeks in which an account is there. */
function weeksOf(
  table: LinkTable,
  account: number,
  nameOf: (identifier: number) => number,
): ReadonlyMap<number, ReadonlySet<number>> {
  const addresses = usedBy(table, account).identifiers.filter(
    (identifier) => table.identifiers.kindAt(identifier) === 'ip',
  )
  return new Map(
    Array.from(addresses, (identifier) => [nameOf(identifier), weeksAt(table, account, identifier)]),
  )
}

/** None on what is no address. */
function weeksAt(table: LinkTable, account: number, identifier: number): ReadonlySet<number> {
  const isAddress = table.identifiers.kindAt(identifier) === 'ip'
  const tie = isAddress ? tieOf(table, account, identifier) : undefined
  return new Set(tie?.days.map(weekOf))
}

/** By week, who was there. */
function usersIn(
  { uses }: LinkTable,
  identifier: number,
  weeks: ReadonlySet<number>,
): ReadonlyMap<number, ReadonlySet<number>> {
  const users = new Map(Array.from(weeks, (week) => [week, new Set<number>()]))
  for (const use of usesAt(uses, identifier))
    for (const day of daysAt(uses, use)) users.get(weekOf(day))?.add(accountAt(uses, use))
  return users
}
