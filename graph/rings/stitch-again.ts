/**
 * Votes of addresses once the state changed: only weeks on which somebody came or went, or whose community has another
 * name, are counted again; the same as if all were.
 */
import type { ChangedTable } from '../projection/change-table.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { tieOf, usedBy, usersOf } from '../projection/uses/of.ts'
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
    for (const week of weeks) {
      weeksCounted += 1
      const pairs = pairsTogether(usersIn(table, identifier, week), labels)
      if (pairs.length > 0) own.set(week, pairs)
      else own.delete(week)
    }
    if (own.size > 0) kept.set(identifier, own)
    else kept.delete(identifier)
  }
  return { votes: new Map([...kept].toSorted(([a], [b]) => a - b)), weeksCounted }
}

/** Names that are gone are of communities whose weeks are counted again. */
function renumbered({ accountNow, identifierNow }: ChangedTable, known: Votes) {
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

function dirtyWeeks(
  { table, before, touched, gone, accountBefore, identifierNow }: ChangedTable,
  regrouped: readonly number[],
): WeeksAt {
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
    const [has, had] = [now(account), then(accountBefore[account] ?? -1)]
    for (const at of new Set([...has.keys(), ...had.keys()]))
      add(at, (has.get(at) ?? none).symmetricDifference(had.get(at) ?? none))
  }
  return dirty
}

const none: ReadonlySet<number> = new Set()

/** By address, the weeks in which an account is there. */
function weeksOf(
  table: LinkTable,
  account: number,
  nameOf: (identifier: number) => number,
): ReadonlyMap<number, ReadonlySet<number>> {
  const own = usedBy(table, account)
  return new Map(
    own.ties.flatMap((tie, place) => {
      const identifier = own.identifiers[place] ?? -1
      return table.identifiers[identifier]?.kind === 'ip'
        ? [[nameOf(identifier), new Set(tie.days.map(weekOf))] as const]
        : []
    }),
  )
}

function usersIn(table: LinkTable, identifier: number, week: number): ReadonlySet<number> {
  const isThere = (account: number): boolean =>
    tieOf(table, account, identifier)?.days.some((day) => weekOf(day) === week) ?? false
  return new Set(usersOf(table, identifier).filter(isThere))
}
