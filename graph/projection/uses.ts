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

/** Numbers of the uses of an identifier. */
export function* usesAt({ starts }: Pick<Uses, 'starts'>, identifier: number): Generator<number> {
  const end = starts[identifier + 1] ?? 0
  for (let use = starts[identifier] ?? end; use < end; use++) yield use
}

/** The days of a use, ascending. */
export const daysAt = ({ dayStarts, days }: Pick<Uses, 'dayStarts' | 'days'>, use: number): Int32Array =>
  days.subarray(dayStarts[use] ?? 0, dayStarts[use + 1] ?? 0)

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
  /** Uses that stay as they are, from one identifier to the next, not written yet. */
  const run = { first: 0, end: 0 }
  const endRun = (): void => {
    if (run.first < run.end) out.copyAll(kept, { ...run, accountNow })
    run.first = run.end
  }
  const keep = (first: number, end: number): void => {
    if (first === end) return
    if (first !== run.end) endRun()
    if (run.first === run.end) run.first = first
    run.end = end
  }
  for (let identifier = 0; identifier < identifiers; identifier++) {
    const endOfAdded = added.starts[identifier + 1] ?? 0
    const known = identifierBefore[identifier] ?? -1
    const end = kept.starts[known + 1] ?? 0
    const first = kept.starts[known] ?? end
    if (next === endOfAdded && areKept(kept.accounts, { first, end, accountNow })) {
      keep(first, end)
      out.endOf(identifier, run.end - run.first)
      continue
    }
    endRun()
    for (let use = first; use < end; use++) {
      const account = accountNow[kept.accounts[use] ?? 0] ?? -1
      if (account < 0) continue
      addUpTo(account, endOfAdded)
      out.copyAll(kept, { first: use, end: use + 1, accountNow })
    }
    addUpTo(Infinity, endOfAdded)
    out.endOf(identifier, 0)
  }
  endRun()
  return out.uses()
}

interface Kept {
  readonly first: number
  readonly end: number
  readonly accountNow: Int32Array
}

function areKept(accounts: Int32Array, { first, end, accountNow }: Kept): boolean {
  for (let use = first; use < end; use++) if ((accountNow[accounts[use] ?? 0] ?? -1) < 0) return false
  return true
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

  return {
    add(from: Added, row: number): void {
      const [use, tie] = [ties.length, from.ties[row]]
      if (!tie) return
      firstAt[use] = tie.firstAt
      lastAt[use] = tie.lastAt
      for (const day of tie.days) days[dayCount++] = day
      accounts[use] = from.accounts[row] ?? 0
      isThrough[use] = Number(tie.through !== undefined)
      ties.push(tie)
      dayStarts[ties.length] = dayCount
    },
    copyAll(from: Uses, { first, end, accountNow }: Kept): void {
      const [use, firstDay] = [ties.length, from.dayStarts[first] ?? 0]
      const shift = dayCount - firstDay
      firstAt.set(from.firstAt.subarray(first, end), use)
      lastAt.set(from.lastAt.subarray(first, end), use)
      isThrough.set(from.isThrough.subarray(first, end), use)
      days.set(from.days.subarray(firstDay, from.dayStarts[end]), dayCount)
      for (let row = first; row < end; row++) {
        accounts[ties.length] = accountNow[from.accounts[row] ?? 0] ?? -1
        const tie = from.ties[row]
        if (tie) ties.push(tie)
        dayStarts[ties.length] = (from.dayStarts[row + 1] ?? 0) + shift
      }
      dayCount = (from.dayStarts[end] ?? 0) + shift
    },
    /** `pending`: uses before it that are written later. */
    endOf(identifier: number, pending: number): void {
      starts[identifier + 1] = ties.length + pending
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
