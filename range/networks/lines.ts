/** Lines that people connect by: an address that stays, one on lease, one of a pool, and IPv6 beside any of them. */
import { mix, type Random } from '../random.ts'
import { dayMs } from '../times.ts'

export interface Network {
  addressAt(at: number, random: Random): string
}

export interface WindowTimes {
  readonly startAt: number
  readonly endAt: number
}

export function fixedLine(random: Random, octet: number): Network {
  const address = v4(octet, random.int(0, 2 ** 24 - 1))
  return { addressAt: () => address }
}

export function leasedLine(
  random: Random,
  { octet, pool, leaseDays, times }: { octet: number; pool: number; leaseDays: number; times: WindowTimes },
): Network {
  const leases: { readonly address: string; readonly untilAt: number }[] = []
  let untilAt = times.startAt
  while (untilAt < times.endAt) {
    untilAt += random.exponential(leaseDays * dayMs)
    leases.push({ address: v4(octet, random.int(0, pool - 1)), untilAt })
  }
  const last = leases.at(-1)?.address ?? ''
  return { addressAt: (at) => leases.find((lease) => at < lease.untilAt)?.address ?? last }
}

export interface Pool {
  readonly octet: number
  /** Tells one carrier's addresses from another's. */
  readonly carrier: number
  readonly size: number
}

/** A subscriber is moved to another exit of the pool every week. */
export function natLine(random: Random, { octet, carrier, size }: Pool): Network {
  const subscriber = random.int(0, 2 ** 32 - 1)
  return {
    addressAt: (at) => v4(octet, carrier * 2 ** 20 + (mix(subscriber, Math.floor(at / (7 * dayMs))) % size)),
  }
}

/** Another exit every time one connects. */
export const hoppingLine = ({ octet, carrier, size }: Pool): Network => ({
  addressAt: (_at, random) => v4(octet, carrier * 2 ** 20 + random.int(0, size - 1)),
})

/** A few addresses that an organisation's people all come from. */
export function egress({ octet, first, count }: { octet: number; first: number; count: number }): Network {
  return { addressAt: (_at, random) => v4(octet, first + random.int(0, count - 1)) }
}

/** One /64 a home, and inside it an address that changes by the day (RFC 8981). */
export function dualLine(random: Random, line: Network): Network {
  const home = random.int(0, 2 ** 32 - 1)
  const prefix = `2001:db8:${hex(home >>> 16)}:${hex(home & 0xffff)}`
  return {
    addressAt(at, draw) {
      if (draw.chance(0.4)) return line.addressAt(at, draw)
      const day = mix(home, Math.floor(at / dayMs))
      const host = [day >>> 16, day, mix(day, 1), mix(day, 2)].map(lettered)
      return `${prefix}:${host.join(':')}`
    },
  }
}

/** A group that begins with a letter: four of digits alone would now and then spell a card number. */
const lettered = (bits: number): string => hex(0xe000 | (bits & 0x1fff))

/** Neighbouring numbers land far apart, or a pool would fill a few /24 networks. */
export function v4(octet: number, number: number): string {
  const spread = Math.imul(number, 0x9e3779b1) & 0xffffff
  return `${octet}.${spread >>> 16}.${(spread >>> 8) & 0xff}.${spread & 0xff}`
}

const hex = (number: number): string => number.toString(16)
