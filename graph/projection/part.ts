/**
 * What a few identifiers tell, as a small table: accounts that use nothing but these are linked there as they are in the whole one,
 * because all of the others on them are there.
 */
import { identifierWriter } from './identifier-writer.ts'
import type { Linkable, LinkTable } from './link-table.ts'
import { userCount, usersOf } from './uses/of.ts'
import { useRowWriter } from './uses/rows.ts'

export interface TablePart {
  readonly table: Linkable
  /** The number in the whole table of each account. Ascending. */
  readonly accounts: Int32Array
}

/** `identifiers` ascend. */
export function partOf(table: LinkTable, identifiers: readonly number[]): TablePart {
  const { uses } = table
  const accounts = usersOfAny(table, identifiers)
  const placeOf = new Map<number, number>()
  accounts.forEach((account, place) => {
    placeOf.set(account, place)
  })
  const [named, rows] = [identifierWriter(), useRowWriter()]
  const starts = new Int32Array(identifiers.length + 1)
  identifiers.forEach((identifier, place) => {
    const row = table.identifiers.at(identifier)
    if (row) named.add(row)
    const first = uses.blocks.starts[identifier] ?? 0
    usersOf(table, identifier).forEach((account, at) => {
      // Hardware by slots, as it is: who was seen through the same is all that is asked.
      rows.copy(placeOf.get(account) ?? -1, uses.rows, first + at)
    })
    starts[place + 1] = (starts[place] ?? 0) + userCount(table, identifier)
  })
  const birthDays = accounts.map((account) => table.birthDays[account] ?? 0)
  return {
    table: { identifiers: named.identifiers(), uses: { ...rows.rows(), starts }, birthDays },
    accounts,
  }
}

function usersOfAny(table: LinkTable, identifiers: readonly number[]): Int32Array {
  const all = new Set<number>()
  for (const identifier of identifiers) for (const account of usersOf(table, identifier)) all.add(account)
  return Int32Array.from(all).sort()
}
