/** Which uses of an account that changed are others than they were: most of what it uses it uses as before. */
import type { LinkTable } from '../link-table.ts'
import { usedBy, useOf } from './of.ts'
import type { Uses } from './uses.ts'

interface Change {
  readonly before: Pick<LinkTable, 'uses' | 'identifiers'>
  readonly table: Pick<LinkTable, 'uses' | 'identifiers'>
  /** The number before of each account and identifier now, and now of each identifier before; -1 for none. */
  readonly accountBefore: Int32Array
  readonly identifierBefore: Int32Array
  readonly identifierNow: Int32Array
}

/**
 * Of an account now, numbers now of the identifiers that it uses anew, no longer, or at other times or through other
 * things than before, each once.
 */
export function differingUses(change: Change): (account: number) => readonly number[] {
  const { before, table, accountBefore, identifierBefore, identifierNow } = change
  return (account) => {
    const then = accountBefore[account] ?? -1
    const isOther = (identifier: number): boolean => {
      const now = useOf(table, account, identifier)
      const old = useOf(before, then, identifierBefore[identifier] ?? -1)
      return now === undefined || old === undefined || !isSameUse(change, now, old)
    }
    const used = usedBy(table, account).identifiers
    const usedBefore = Array.from(usedBy(before, then).identifiers, (one) => identifierNow[one] ?? -1)
    return [
      ...used.filter(isOther),
      ...usedBefore.filter((identifier) => useOf(table, account, identifier) === undefined),
    ]
  }
}

function isSameUse({ before, table, identifierNow }: Change, now: number, old: number): boolean {
  const [uses, had] = [table.uses, before.uses]
  return (
    uses.firstAt[now] === had.firstAt[old] &&
    uses.lastAt[now] === had.lastAt[old] &&
    isSameList([uses.days, uses.dayStarts, now], [had.days, had.dayStarts, old]) &&
    isSameList([uses.times, uses.timeStarts, now], [had.times, had.timeStarts, old]) &&
    isSameList(
      [uses.through, uses.throughStarts, now],
      [had.through, had.throughStarts, old],
      (carrier) => identifierNow[carrier] ?? -1,
    )
  )
}

type ListAt = readonly [values: Uses['days'] | Uses['times'], starts: Int32Array, row: number]

function isSameList(
  [values, starts, row]: ListAt,
  [valuesBefore, startsBefore, rowBefore]: ListAt,
  nowOf = (value: number): number => value,
): boolean {
  const [from, fromBefore] = [starts[row] ?? 0, startsBefore[rowBefore] ?? 0]
  const length = (starts[row + 1] ?? from) - from
  if ((startsBefore[rowBefore + 1] ?? fromBefore) - fromBefore !== length) return false
  for (let i = 0; i < length; i++)
    if (values[from + i] !== nowOf(valuesBefore[fromBefore + i] ?? -1)) return false
  return true
}
