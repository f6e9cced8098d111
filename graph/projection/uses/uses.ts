/** Who uses which identifier and when, identifier by identifier, as columns: all that linking and judging read of uses. */
import { rowsByKey, startsOf, valuesAt } from '../columns.ts'
import { type UseRows, type UseRowWriter, type UseSizes, useRowWriter } from './rows.ts'

export interface Uses extends UseRows {
  /** Those of an identifier lie from `starts[identifier]` to `starts[identifier + 1]`, by account ascending. */
  readonly starts: Int32Array
  /** Those of an account lie in `own` from `ownStarts[account]` to `ownStarts[account + 1]`, by identifier ascending. */
  readonly ownStarts: Int32Array
  readonly own: Int32Array
  /** Beside each of `own`, its identifier. */
  readonly ownIdentifiers: Int32Array
}

/** Whether two accounts share hardware through which alone both showed what these uses are of. */
export function isTold({ throughStarts, through }: Uses, one: number, other: number): boolean {
  const [endOfOne = 0, endOfOther = 0] = [throughStarts[one + 1], throughStarts[other + 1]]
  for (let i = throughStarts[one] ?? 0; i < endOfOne; i++)
    for (let j = throughStarts[other] ?? 0; j < endOfOther; j++) if (through[i] === through[j]) return true
  return false
}

/** Uses that are new, in any order, each with its identifier. */
export interface AddedUses extends UseRows {
  readonly identifiers: Int32Array
}

/** What there was, and what became of it. */
export interface UsesBefore {
  readonly uses: Uses
  /** The number before of each identifier; -1 for those that are new. */
  readonly identifierBefore: Int32Array
  /** The number now of each identifier before. */
  readonly identifierNow: Int32Array
  /** The number now of each account before; -1 for those whose uses are no longer theirs. Ascending. */
  readonly accountNow: Int32Array
}

/** All uses: those added, besides those that are kept of before. */
export function usesOf(
  added: AddedUses,
  { accounts, identifiers, before }: { accounts: number; identifiers: number; before?: UsesBefore },
): Uses {
  const { starts: addedStarts, rows } = byIdentifier(added, { accounts, identifiers })
  const kept = before && keptUses(before)
  const out = useRowWriter(sizesOf(kept ? [added, kept] : [added]))
  const starts = new Int32Array(identifiers + 1)
  const keep = kept && keeper(kept, out)
  let next = 0
  for (let identifier = 0; identifier < identifiers; identifier++) {
    const end = addedStarts[identifier + 1] ?? 0
    const addUpTo = (account: number): void => {
      for (; next < end; next++) {
        const row = rows[next] ?? 0
        const owner = added.accounts[row] ?? 0
        if (owner >= account) return
        out.copy(owner, added, row)
      }
    }
    const waiting = keep?.all(identifier, next < end ? addUpTo : undefined) ?? 0
    addUpTo(Infinity)
    starts[identifier + 1] = out.length + waiting
  }
  keep?.endRun()
  const all = out.rows()
  return { ...all, starts, ...ownOf(all.accounts, starts, accounts) }
}

const sizesOf = (all: readonly UseRows[]): UseSizes => {
  const sum = (lengthOf: (rows: UseRows) => number): number =>
    all.reduce((total, rows) => total + lengthOf(rows), 0)
  return {
    uses: sum(({ accounts }) => accounts.length),
    days: sum(({ days }) => days.length),
    times: sum(({ times }) => times.length),
    through: sum(({ through }) => through.length),
  }
}

interface KeptUses extends Uses {
  readonly identifierBefore: Int32Array
  readonly accountNow: Int32Array
}

/** Hardware by the numbers it has now. */
const keptUses = ({ uses, identifierNow, ...numbers }: UsesBefore): KeptUses => ({
  ...uses,
  ...numbers,
  through: uses.through.map((carrier) => identifierNow[carrier] ?? -1),
})

/** Writes what is kept, in runs that go from one identifier to the next, as far as nothing is lost or comes between. */
function keeper(kept: KeptUses, out: UseRowWriter) {
  const { accountNow } = kept
  const run = { first: 0, end: 0 }
  const nowAt = (use: number): number => accountNow[kept.accounts[use] ?? 0] ?? -1
  const endRun = (): void => {
    if (run.first < run.end) out.copyAll(kept, { ...run, accountNow })
    run.first = run.end
  }
  function isWhole(first: number, end: number): boolean {
    for (let use = first; use < end; use++) if (nowAt(use) < 0) return false
    return true
  }
  return {
    endRun,
    /** Those of an identifier, each after what `addUpTo` adds before its account; returns how many wait to be written. */
    all(identifier: number, addUpTo?: (account: number) => void): number {
      const known = kept.identifierBefore[identifier] ?? -1
      const end = kept.starts[known + 1] ?? 0
      const first = kept.starts[known] ?? end
      if (!addUpTo && isWhole(first, end)) {
        if (first === end) return run.end - run.first
        if (first !== run.end) endRun()
        if (run.first === run.end) run.first = first
        run.end = end
        return run.end - run.first
      }
      endRun()
      for (let use = first; use < end; use++) {
        if (nowAt(use) < 0) continue
        addUpTo?.(nowAt(use))
        out.copyAll(kept, { first: use, end: use + 1, accountNow })
      }
      return 0
    },
  }
}

/** Rows in order of identifiers, those of one by account. */
function byIdentifier(
  { accounts, identifiers }: Pick<AddedUses, 'accounts' | 'identifiers'>,
  counts: { accounts: number; identifiers: number },
): { readonly starts: Int32Array; readonly rows: Int32Array } {
  const byAccount = rowsByKey(accounts, startsOf(accounts, counts.accounts))
  const keys = valuesAt(identifiers, byAccount)
  const starts = startsOf(keys, counts.identifiers)
  return { starts, rows: valuesAt(byAccount, rowsByKey(keys, starts)) }
}

function ownOf(
  accounts: Int32Array,
  starts: Int32Array,
  count: number,
): Pick<Uses, 'ownStarts' | 'own' | 'ownIdentifiers'> {
  const identifierAt = new Int32Array(accounts.length)
  for (let identifier = 0; identifier + 1 < starts.length; identifier++)
    identifierAt.fill(identifier, starts[identifier], starts[identifier + 1])
  const ownStarts = startsOf(accounts, count)
  const own = rowsByKey(accounts, ownStarts)
  return { ownStarts, own, ownIdentifiers: valuesAt(identifierAt, own) }
}
