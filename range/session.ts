/** One visit of an account: the identifiers that every event of it shows. */
import type { EventIdentifiers, Money, RangeEvent } from './event.ts'
import type { Network } from './networks.ts'
import { type Person, useAt } from './person.ts'
import type { Random } from './random.ts'

export interface Session {
  readonly account: string
  readonly id: string
  readonly device: string
  readonly ip: string
}

export function newSession(person: Person, at: number, random: Random): Session {
  return {
    account: person.account,
    id: `s_${random.word()}`,
    device: useAt(person.devices, at, random) ?? '',
    ip: useAt(person.networks, at, random)?.addressAt(at, random) ?? '',
  }
}

/** A visit by somebody who brought a device and a network of their own. */
export function strangersSession(
  account: string,
  at: number,
  { device, network, random }: { device: string; network: Network; random: Random },
): Session {
  return { account, id: `s_${random.word()}`, device, ip: network.addressAt(at, random) }
}

export type Happening = Pick<RangeEvent, 'type'> &
  Partial<Pick<RangeEvent, 'outcome' | 'counterparties' | 'createdAt' | 'money'>> & {
    readonly shows?: Omit<EventIdentifiers, 'device' | 'ip'>
  }

export function during(session: Session, at: number, { shows, ...happening }: Happening): RangeEvent {
  const { account, id, device, ip } = session
  return { at, account, session: id, identifiers: { device, ip, ...shows }, ...happening }
}

/** Most purchases are small, few large; the decimals are those of the currency. */
export const newMoney = (random: Random, currency: string, median = 28): Money => ({
  amount: Math.max(0.5, Math.round(random.lognormal(median, 0.9) * 100) / 100),
  currency,
})
