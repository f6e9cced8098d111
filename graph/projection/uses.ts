/** Who uses which identifier and when, identifier by identifier, as columns: what linking reads. */
import type { Tie } from '../evidence/account-facts.ts'
import { isToldAlready } from '../evidence/seen-through.ts'
import { Int32Column, rowsByKey, startsOf, valuesAt } from './columns.ts'

/** Ties of one account, each with the number of its identifier. */
export interface AccountTies {
  readonly identifiers: Int32Array
  readonly ties: readonly Tie[]
}

export interface Uses {
  /** Those of an identifier lie from `starts[identifier]` to `starts[identifier + 1]`, by account ascending. */
  readonly starts: Int32Array
  readonly accounts: Int32Array
  readonly firstAt: Float64Array
  readonly lastAt: Float64Array
  /** The days of a use lie from `dayStarts[use]` to `dayStarts[use + 1]`, ascending. */
  readonly dayStarts: Int32Array
  readonly days: Int32Array
  /** 1 where it was seen through hardware alone, which its tie names. */
  readonly isThrough: Uint8Array
  readonly ties: readonly Tie[]
}

/** Whether two accounts share hardware through which alone both showed what these uses are of. */
export const isTold = ({ isThrough, ties }: Uses, one: number, other: number): boolean =>
  isThrough[one] === 1 && isThrough[other] === 1 && isToldAlready(ties[one] ?? {}, ties[other] ?? {})

export const noUses: Uses = {
  starts: new Int32Array(1),
  accounts: new Int32Array(),
  firstAt: new Float64Array(),
  lastAt: new Float64Array(),
  dayStarts: new Int32Array(1),
  days: new Int32Array(),
  isThrough: new Uint8Array(),
  ties: [],
}

/** What there was, and what became of it. */
export interface UsesBefore {
  readonly uses: Uses
  /** The number before of each identifier; -1 for those that are new. */
  readonly identifierBefore: Int32Array
  /** The number now of each account before; -1 for those whose uses are no longer theirs. Ascending. */
  readonly accountNow: Int32Array
}

/** All uses by accounts of these numbers, ascending, besides those that are kept of before; `ties` by account. */
export function usesOf(
  ties: readonly AccountTies[],
  { accounts, identifiers, before }: { accounts: Iterable<number>; identifiers: number; before?: UsesBefore },
): Uses {
  const added = addedBy(ties, accounts, identifiers)
  const { uses: kept, identifierBefore, accountNow } = before ?? nothingBefore
  const out = useWriter(identifiers, [kept.ties.length + added.ties.length, kept.days.length + added.days])
  let next = 0
  const addUpTo = (account: number, end: number): void => {
    while (next < end && (added.accounts[next] ?? 0) < account) out.add(added, next++)
  }
  for (let identifier = 0; identifier < identifiers; identifier++) {
    const end = added.starts[identifier + 1] ?? 0
    const known = identifierBefore[identifier] ?? -1
    const endOfKnown = kept.starts[known + 1] ?? 0
    for (let use = kept.starts[known] ?? endOfKnown; use < endOfKnown; use++) {
      const account = accountNow[kept.accounts[use] ?? 0] ?? -1
      if (account < 0) continue
      addUpTo(account, end)
      out.copy(account, kept, use)
    }
    addUpTo(Infinity, end)
    out.endOf(identifier)
  }
  return out.uses()
}

const nothingBefore: UsesBefore = {
  uses: noUses,
  identifierBefore: new Int32Array(),
  accountNow: new Int32Array(),
}

interface Added extends Pick<Uses, 'starts' | 'accounts' | 'ties'> {
  /** How many days they have together. */
  readonly days: number
}

function addedBy(ties: readonly AccountTies[], accounts: Iterable<number>, identifiers: number): Added {
  const [owners, keys] = [new Int32Column(), new Int32Column()]
  const rows: Tie[] = []
  let days = 0
  for (const account of accounts) {
    const own = ties[account]
    own?.ties.forEach((tie, place) => {
      owners.push(account)
      keys.push(own.identifiers[place] ?? 0)
      rows.push(tie)
      days += tie.days.length
    })
  }
  const starts = startsOf(keys.values(), identifiers)
  const order = rowsByKey(keys.values(), starts)
  return {
    starts,
    accounts: valuesAt(owners.values(), order),
    ties: Array.from(order, (row) => rows[row]).filter((tie) => tie !== undefined),
    days,
  }
}

function useWriter(identifiers: number, [usesMax, daysMax]: readonly [usesMax: number, daysMax: number]) {
  const ties: Tie[] = []
  const starts = new Int32Array(identifiers + 1)
  const [accounts, isThrough] = [new Int32Array(usesMax), new Uint8Array(usesMax)]
  const [firstAt, lastAt] = [new Float64Array(usesMax), new Float64Array(usesMax)]
  const [dayStarts, days] = [new Int32Array(usesMax + 1), new Int32Array(daysMax)]
  let dayCount = 0

  function push(account: number, tie: Tie): void {
    accounts[ties.length] = account
    isThrough[ties.length] = Number(tie.through !== undefined)
    ties.push(tie)
    dayStarts[ties.length] = dayCount
  }
  return {
    add(from: Added, row: number): void {
      const [use, tie] = [ties.length, from.ties[row]]
      if (!tie) return
      firstAt[use] = tie.firstAt
      lastAt[use] = tie.lastAt
      for (const day of tie.days) days[dayCount++] = day
      push(from.accounts[row] ?? 0, tie)
    },
    copy(account: number, from: Uses, row: number): void {
      const [use, tie] = [ties.length, from.ties[row]]
      if (!tie) return
      firstAt[use] = from.firstAt[row] ?? 0
      lastAt[use] = from.lastAt[row] ?? 0
      const end = from.dayStarts[row + 1] ?? 0
      for (let day = from.dayStarts[row] ?? 0; day < end; day++) days[dayCount++] = from.days[day] ?? 0
      push(account, tie)
    },
    endOf(identifier: number): void {
      starts[identifier + 1] = ties.length
    },
    uses: (): Uses => ({
      starts,
      accounts: accounts.subarray(0, ties.length),
      firstAt: firstAt.subarray(0, ties.length),
      lastAt: lastAt.subarray(0, ties.length),
      dayStarts: dayStarts.subarray(0, ties.length + 1),
      days: days.subarray(0, dayCount),
      isThrough: isThrough.subarray(0, ties.length),
      ties,
    }),
  }
}
