/** Money that some accounts moved, as far as it is known: of each type the newest 32 happenings are kept. */
import type { AccountState, Outcome, StateType } from '../../model.ts'
import { compareKeys } from '../../state/order.ts'

const moneyTypes: ReadonlySet<StateType> = new Set(['payment', 'payout', 'chargeback'])

export interface MoneyRow {
  readonly what: StateType
  readonly outcome: Outcome
  /** Empty where none was sent. */
  readonly currency: string
  readonly amount: number
  readonly count: number
}

/** By type, outcome and currency; sums are the least that was moved. */
export function moneyOf(states: readonly AccountState[]): readonly MoneyRow[] {
  const rows = new Map<string, MoneyRow & { amount: number; count: number }>()
  for (const { activities } of states) {
    for (const { type, recent } of activities) {
      if (!moneyTypes.has(type)) continue
      for (const { outcome, amount, currency = '' } of recent) {
        if (amount === undefined) continue
        const key = JSON.stringify([type, outcome, currency])
        const row = rows.get(key) ?? { what: type, outcome, currency, amount: 0, count: 0 }
        rows.set(key, row)
        row.amount += amount
        row.count += 1
      }
    }
  }
  return [...rows.values()].toSorted((x, y) =>
    compareKeys([x.what, x.outcome, x.currency], [y.what, y.outcome, y.currency]),
  )
}
