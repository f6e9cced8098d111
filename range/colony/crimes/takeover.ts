/** Somebody else at an honest account: in, out with the money, and what the owner does about it. */
import { dayMs, hourMs, minuteMs } from '../../times.ts'
import type { Account, Mark, Seat } from '../folk/account.ts'
import { does, type Gang, momentOf, moneyOf } from './crime.ts'

interface Seizure {
  readonly seat: Seat
  /** The number that was ported, or the wallet that was put in. */
  readonly phone?: string
  readonly payout?: string
  /** Who is paid. */
  readonly to?: Account
  readonly lockout: number
}

export function seize(gang: Gang, victim: Account, { seat, phone, payout, to, lockout }: Seizure): void {
  const { random } = gang
  const at = momentOf(gang, victim, to?.bornAt)
  victim.since = at
  const marks: Mark[] = [{ at, type: 'login', seat }]
  let when = at + random.exponential(20 * minuteMs)
  if (random.chance(lockout)) {
    marks.push({
      at: when,
      type: 'credential_change',
      seat,
      shows: ['phone'],
      ...(phone && { posts: { phone } }),
    })
  }
  when += random.exponential(5 * hourMs)
  if (payout !== undefined) {
    marks.push({ at: when, type: 'payout_change', seat, shows: ['payout'], posts: { payout } })
    marks.push({
      at: when + random.exponential(20 * hourMs),
      type: 'payout',
      seat,
      shows: ['payout'],
      posts: { payout },
      money: moneyOf(gang, victim, 3),
    })
  }
  if (to) {
    const counterparties = [{ account: to.id, relation: 'paid' as const }]
    marks.push({
      at: when,
      type: 'payment',
      seat,
      shows: ['payment'],
      counterparties,
      money: moneyOf(gang, victim, 2),
    })
  }
  const noticed = when + random.exponential(4 * dayMs)
  if (random.chance(0.6)) marks.push({ at: noticed, type: 'credential_change', shows: ['phone'] })
  if (random.chance(0.4)) {
    const money = moneyOf(gang, victim, 2)
    marks.push({ at: noticed + dayMs, type: 'chargeback', shows: ['payment'], money, remote: true })
  }
  does(victim, ...marks)
}
