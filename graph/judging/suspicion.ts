/** How likely it is of each account that its owner takes part in fraud, and that somebody else controls it. */
import type { ChangedTable } from '../projection/change-table.ts'

/** Probabilities by account. */
export interface Suspicion {
  readonly risk: Float64Array
  readonly compromise: Float64Array
}

/** Accounts of which it is another than before; `known` is by the numbers accounts had. */
export const differing = (
  now: Suspicion,
  known: Suspicion,
  { accountBefore }: Pick<ChangedTable, 'accountBefore'>,
): readonly number[] => {
  const other: number[] = []
  accountBefore.forEach((before, account) => {
    if (now.risk[account] !== known.risk[before] || now.compromise[account] !== known.compromise[before])
      other.push(account)
  })
  return other
}
