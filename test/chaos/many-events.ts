/** A day of a service: log-ins and payments of accounts with devices, addresses and tokens of their own, some shared. */
import type { StoredEvent } from '../../graph/model.ts'
import { eventOf, noon, seen } from '../support/core/events.ts'

export const manyEvents = (count: number): readonly StoredEvent[] =>
  Array.from({ length: count }, (_, i) => {
    const account = (i * 7_919) % Math.ceil(count / 5)
    const paid = i % 10 === 0
    return eventOf({
      id: `e${i}`,
      type: paid ? 'payment' : 'login',
      at: noon + i * 500,
      account: `a${account}`,
      session: `s${i % 1_000}`,
      identifiers: [
        seen('device', `d${account % 9_973}`),
        seen('ip', `i${(i * 31) % 2_000}`),
        ...(paid ? [seen('payment', `t${account % 8_009}`)] : []),
      ],
      relations: i % 50 === 0 ? [{ account: `a${(account + 1) % 100}`, relation: 'paid' }] : [],
      ...(paid && { amount: i / 100, currency: 'EUR' }),
    })
  })
