/**
 * A service at work: a few accounts are busy and most are not, and some addresses are everybody's. Uneven, as life
 * is; that is what makes writers meet.
 */
import type { StoredEvent } from '../../graph/model.ts'
import { eventOf, noon, seen } from '../support/core/events.ts'
import { randomOf } from '../support/random.ts'

export function busyEvents(count: number): readonly StoredEvent[] {
  const chance = randomOf(7)
  const accounts = Math.ceil(count / 6)
  return Array.from({ length: count }, (_, i) => {
    const account = Math.floor(accounts * chance() ** 2)
    const paid = i % 10 === 0
    const shared = chance() < 0.2
    return eventOf({
      id: `e${i}`,
      type: paid ? 'payment' : 'login',
      at: noon + i * 500,
      account: `a${account}`,
      session: `s${account}.${i % 3}`,
      identifiers: [
        seen('device', `d${account}.${i % 2}`),
        seen('ip', shared ? `office${Math.floor(chance() * 20)}` : `home${account % 7_919}`),
        ...(paid ? [seen('payment', `t${account % 8_009}`)] : []),
      ],
      ...(paid && { amount: i / 100, currency: 'EUR' }),
    })
  })
}

/** Credential stuffing: any account, through thirty addresses and forty devices, until it fails or is let in. */
export function attackEvents(count: number): readonly StoredEvent[] {
  const chance = randomOf(11)
  const accounts = Math.ceil(count / 3)
  return Array.from({ length: count }, (_, i) =>
    eventOf({
      id: `x${i}`,
      type: i % 5 === 0 ? 'login' : 'login_failed',
      at: noon + i * 50,
      account: `a${Math.floor(accounts * chance())}`,
      session: `x${i % 97}`,
      identifiers: [
        seen('device', `bot${Math.floor(40 * chance())}`),
        seen('ip', `proxy${Math.floor(30 * chance())}`),
      ],
    }),
  )
}
