/** Money that some accounts moved, as far as it is known: of each type the newest 32 happenings are kept. */
import type { AccountState, Happening, Outcome, StateType } from '../../model.ts'
import { compareKeys } from '../../state/order.ts'

const moneyTypes: ReadonlySet<StateType> = new Set(['payment', 'payout', 'chargeback'])

export interface MoneyRow {
  readonly what: StateType | 'refunded'
  readonly outcome: Outcome
  /** Empty where none was sent. */
  readonly currency: string
  readonly amount: number
  readonly count: number
}

/** By what, outcome and currency; sums are the least that was moved. Refunds are those to a counterparty. */
export function moneyOf(states: readonly AccountState[]): readonly MoneyRow[] {
  const rows = new Map<string, MoneyRow & { amount: number; count: number }>()
  const add = (what: MoneyRow['what'], recent: readonly Happening[]): void => {
    for (const { outcome, amount, currency = '' } of recent) {
      if (amount === undefined) continue
      const key = JSON.stringify([what, outcome, currency])
      const row = rows.get(key) ?? { what, outcome, currency, amount: 0, count: 0 }
      rows.set(key, row)
      row.amount += amount
      row.count += 1
    }
  }
  for (const { activities, relations } of states) {
    for (const { type, recent } of activities) if (moneyTypes.has(type)) add(type, recent)
    for (const { relation, recent } of relations) if (relation === 'refunded') add(relation, recent)
  }
  return [...rows.values()].toSorted((x, y) =>
    compareKeys([x.what, x.outcome, x.currency], [y.what, y.outcome, y.currency]),
  )
}

/** `EUR 6910.00 waiting in 4 payouts, EUR 41280.00 refunded in 12`: what leaves, first what can still be stopped. */
export function moneyWords(rows: readonly MoneyRow[]): string {
  const told = leaving.flatMap(({ what, outcome, words }) =>
    rows
      .filter((row) => row.what === what && row.outcome === outcome)
      .map(
        ({ amount, currency, count }) =>
          `${currency === '' ? '' : `${currency} `}${amount.toFixed(2)} ${words(count)}`,
      ),
  )
  return told.length === 0 ? 'No money that left is known.' : `${told.join(', ')}; at least.`
}

const leaving = [
  { what: 'payout', outcome: 'pending', words: (n: number) => `waiting in ${n} payout${n === 1 ? '' : 's'}` },
  { what: 'payout', outcome: 'success', words: (n: number) => `paid out in ${n}` },
  {
    what: 'payout',
    outcome: 'reversed',
    words: (n: number) => `stopped in ${n} payout${n === 1 ? '' : 's'}`,
  },
  { what: 'refunded', outcome: 'success', words: (n: number) => `refunded in ${n}` },
  { what: 'chargeback', outcome: 'success', words: (n: number) => `charged back in ${n}` },
] as const
