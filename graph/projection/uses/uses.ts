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
  const isOther = identifiersOther(addedStarts, kept)
  const keep = kept && keeper(kept, out)
  let next = 0
  const addUpTo = (account: number, end: number): void => {
    for (; next < end; next++) {
      const row = rows[next] ?? 0
      const owner = added.accounts[row] ?? 0
      if (owner >= account) return
      out.copy(owner, added, row)
    }
  }
  for (let identifier = 0; identifier < identifiers; identifier++) {
    if (isOther[identifier] === 0) {
      const until = isOther.indexOf(1, identifier)
      const end = until < 0 ? identifiers : until
      if (keep) keep.whole(starts, { from: identifier, end })
      else starts.fill(out.length, identifier + 1, end + 1)
      identifier = end
    }
    if (identifier === identifiers) break
    const end = addedStarts[identifier + 1] ?? 0
    keep?.each(identifier, (account) => addUpTo(account, end))
    addUpTo(Infinity, end)
    starts[identifier + 1] = out.length
  }
  keep?.endRun()
  const all = out.rows()
  return { ...all, starts, ...ownOf(all.accounts, starts, accounts) }
}

/** By identifier now, whether it gets uses or loses some. */
function identifiersOther(addedStarts: Int32Array, kept: KeptUses | undefined): Uint8Array {
  const isOther = new Uint8Array(addedStarts.length - 1)
  for (let identifier = 0; identifier < isOther.length; identifier++)
    if ((addedStarts[identifier] ?? 0) < (addedStarts[identifier + 1] ?? 0)) isOther[identifier] = 1
  if (!kept) return isOther
  const { accountNow, ownStarts, ownIdentifiers, identifierNow } = kept
  for (let account = accountNow.indexOf(-1); account >= 0; account = accountNow.indexOf(-1, account + 1)) {
    const end = ownStarts[account + 1] ?? 0
    for (let i = ownStarts[account] ?? 0; i < end; i++)
      isOther[identifierNow[ownIdentifiers[i] ?? -1] ?? -1] = 1
  }
  return isOther
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
  readonly identifierNow: Int32Array
  readonly accountNow: Int32Array
}

/** Hardware by the numbers it has now. */
const keptUses = ({ uses, ...numbers }: UsesBefore): KeptUses => ({
  ...uses,
  ...numbers,
  through: uses.through.map((carrier) => numbers.identifierNow[carrier] ?? -1),
})

/** Writes what is kept, identifier by identifier: in runs that go from one to the next, as far as nothing is lost or comes between. */
function keeper({ identifierBefore, ...kept }: KeptUses, out: UseRowWriter) {
  const { accountNow, starts } = kept
  // Uses that are not written yet, up to those of the identifier that was last asked for.
  let [first, end] = [0, 0]
  const endRun = (): void => {
    if (first < end) out.copyAll(kept, { first, end, accountNow })
    first = end
  }
  const reach = (identifier: number): void => {
    const known = identifierBefore[identifier] ?? -1
    if (known < 0) return
    const from = starts[known] ?? 0
    if (from !== end) {
      endRun()
      first = from
    }
    end = starts[known + 1] ?? 0
  }
  return {
    endRun,
    /** All of the identifiers `from` to `end`: `ends` says where those of each will end. */
    whole(ends: Int32Array, identifiers: { readonly from: number; readonly end: number }): void {
      for (let identifier = identifiers.from; identifier < identifiers.end; identifier++) {
        reach(identifier)
        ends[identifier + 1] = out.length + end - first
      }
    },
    /** Those of an identifier that are not lost, each once `before` knows of its account. */
    each(identifier: number, before: (account: number) => void): void {
      endRun()
      reach(identifier)
      for (; first < end; first++) {
        const account = accountNow[kept.accounts[first] ?? 0] ?? -1
        if (account < 0) continue
        before(account)
        out.copy(account, kept, first)
      }
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
  let use = 0
  for (let identifier = 0; identifier + 1 < starts.length; identifier++)
    for (const end = starts[identifier + 1] ?? 0; use < end; use++) identifierAt[use] = identifier
  const ownStarts = startsOf(accounts, count)
  const own = rowsByKey(accounts, ownStarts)
  return { ownStarts, own, ownIdentifiers: valuesAt(identifierAt, own) }
}
