/** Tables for tests: who used what, written `account kind:ref`. */
import fc from 'fast-check'
import {
  type BaselineTable,
  baselineTable,
  type TableRows,
  type ToldUse,
} from '../../../range/baselines/table.ts'

export const dayMs = 86_400_000
export const noLinks = { a: new Int32Array(), b: new Int32Array(), weight: new Float64Array() }

/** `ada device:x` or `ada ip:x 3 5`, used on days 3 and 5; on day 0 where none is named. */
export const use = (text: string): ToldUse => {
  const [account = '', identifier = '', ...days] = text.split(' ')
  const [kind = '', ref = ''] = identifier.split(':')
  const on = days.length > 0 ? days.map(Number) : [0]
  const at = (day: number | undefined) => (day ?? 0) * dayMs
  return { account, kind, ref, firstAt: at(on[0]), lastAt: at(on.at(-1)), days: on }
}

export function tableOf(uses: readonly string[], more: Partial<Omit<TableRows, 'uses'>> = {}): BaselineTable {
  const told = uses.map(use)
  const accounts = [...new Set(told.map(({ account }) => account))].map((account) => ({ account }))
  return baselineTable({ accounts, uses: told, ...more })
}

/** Communities of two and more by name, in order. */
export function groupsOf({ accounts }: BaselineTable, communityOf: Int32Array): readonly string[] {
  const groups = Map.groupBy(accounts.keys(), (account) => communityOf[account])
  return [...groups.values()]
    .filter(({ length }) => length > 1)
    .map((members) => members.map((account) => accounts[account]?.account).join(' '))
    .sort()
}

export const flaggedIn = ({ accounts }: BaselineTable, flagged: Uint8Array): string =>
  accounts
    .filter((_, account) => flagged[account] === 1)
    .map(({ account }) => account)
    .join(' ')

/** Random rows of up to 24 accounts on crowded identifiers, because ties are where order leaks in. */
export const rows: fc.Arbitrary<TableRows> = fc
  .array(
    fc.record({
      account: fc.integer({ min: 0, max: 23 }).map((n) => `acct_${String.fromCharCode(97 + n)}`),
      kind: fc.constantFrom('device', 'ip', 'payment'),
      ref: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      days: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }),
    }),
    { minLength: 10, maxLength: 80 },
  )
  .map((told) => {
    const uses = new Map(
      told.map(({ days, ...one }) => {
        const sorted = days.toSorted((a, b) => a - b)
        const at = (day: number | undefined) => (day ?? 0) * dayMs
        return [
          `${one.account} ${one.kind} ${one.ref}`,
          { ...one, days: sorted, firstAt: at(sorted[0]), lastAt: at(sorted.at(-1)) },
        ]
      }),
    )
    const names = [...new Set(told.map(({ account }) => account))]
    const accounts = names.map((account, n) => ({
      account,
      bornAt: (n % 5) * dayMs,
      ...(n % 4 === 0 && { known: 'fraud' as const }),
    }))
    const payments = names.slice(1).map((to, n) => ({ from: names[n] ?? '', to }))
    return { accounts, uses: [...uses.values()], payments }
  })
