/** One visit of an account: the identifiers that every event of it shows. */
import type { EventIdentifiers, Money, RangeEvent } from './event.ts'
import type { Network } from './networks.ts'
import { chosenAt, type Person, useAt } from './person.ts'
import type { Random } from './random.ts'
import { minuteMs } from './times.ts'

export interface Session {
  readonly account: string
  readonly id: string
  readonly device: string
  readonly ip: string
  /** What a browser shows, where it is not what the device's own would. */
  readonly browser?: Pick<EventIdentifiers, 'cookie' | 'fingerprint'>
}

export function newSession(person: Person, at: number, random: Random): Session {
  const id = `s_${random.word()}`
  const device = chosenAt(person.devices, at, random)
  const network = device?.standsAt ?? useAt(person.networks, at, random)
  return {
    account: person.account,
    id,
    device: device?.thing ?? '',
    ip: network?.addressAt(at, random) ?? '',
  }
}

/** A visit by somebody who brought a device and a network of their own. */
export function strangersSession(
  account: string,
  at: number,
  {
    device,
    network,
    random,
    browser,
  }: { device: string; network: Network; random: Random; browser?: NonNullable<Session['browser']> },
): Session {
  const id = `s_${random.word()}`
  return { account, id, device, ip: network.addressAt(at, random), ...(browser && { browser }) }
}

export type Happening = Pick<RangeEvent, 'type'> &
  Partial<Pick<RangeEvent, 'outcome' | 'counterparties' | 'action' | 'target' | 'createdAt' | 'money'>> & {
    readonly shows?: Omit<EventIdentifiers, 'device' | 'ip'>
  }

export function during(session: Session, at: number, { shows, ...happening }: Happening): RangeEvent {
  const { account, id, device, ip, browser } = session
  return { at, account, session: id, identifiers: { device, ip, ...browser, ...shows }, ...happening }
}

/** From coming in to doing what one came for: minutes, seldom an hour. */
export const aWhile = (random: Random): number => Math.min(90, random.lognormal(6, 0.9)) * minuteMs

/** Most purchases are small, few large; the decimals are those of the currency. */
export const newMoney = (random: Random, currency: string, median: number): Money => ({
  amount: Math.max(0.5, Math.round(random.lognormal(median, 0.8) * 100) / 100),
  currency,
})
