/**
 * Where people connect from. Every address lies in blocks that nobody owns (240.0.0.0/4 is reserved, 2001:db8::/32
 * is for documentation), so no world speaks ill of a real one; `addressBlocks` says what each block stands for.
 */
import type { IdentifierClass } from '../graph/model.ts'
import { mix, type Random } from './random.ts'
import { dayMs } from './times.ts'

export interface Network {
  addressAt(at: number, random: Random): string
}

export interface NetworkFigures {
  /** People whose phone connects through a carrier, of 1. */
  readonly carrierUsers: number
  readonly carriers: number
  /** Accounts behind one address of a carrier, at home or on the move. */
  readonly accountsPerAddress: number
  /** How homes connect: weights. */
  readonly home: { readonly static: number; readonly dynamic: number; readonly carrierNat: number }
  /** Mean days a dynamic address stays. */
  readonly leaseDays: number
  /** Homes that have IPv6 as well, of 1. */
  readonly ipv6: number
}

export interface CarrierLine extends Network {
  readonly carrier: number
}

export interface Networks {
  /** Whether a person's phone has a line of its own; `undefined` when it has not. */
  phoneLine(random: Random): CarrierLine | undefined
  carrierLine(random: Random): CarrierLine
  home(random: Random): Network
  /** A few machines in a data centre. */
  hosting(random: Random): Network
}

const octets = { static: 240, dynamic: 244, homeNat: 245, carrier: 246, hosting: 247 } as const
const staticOctets = 4

export const addressBlocks: readonly { readonly cidr: string; readonly class: IdentifierClass }[] = [
  { cidr: '240.0.0.0/6', class: 'residential' },
  { cidr: '244.0.0.0/8', class: 'residential' },
  { cidr: '245.0.0.0/8', class: 'residential' },
  { cidr: '246.0.0.0/8', class: 'mobile' },
  { cidr: '247.0.0.0/8', class: 'datacenter' },
  { cidr: '2001:db8::/32', class: 'residential' },
]

/** Whether strangers meet on the address because a carrier puts them there. */
export const isCarrierAddress = (address: string): boolean => /^24[56]\./.test(address)

/** Pools are sized by the whole world, so they span its neighbourhoods. */
export function networksOf(figures: NetworkFigures, accounts: number, times: WindowTimes): Networks {
  const pool = (users: number) => Math.max(1, Math.ceil(users / figures.accountsPerAddress))
  const carrierPool = pool((accounts * figures.carrierUsers) / figures.carriers)
  const homeNatPool = pool((accounts * figures.home.carrierNat) / figures.carriers)
  // A provider has a half more addresses than homes, so that they come back to others.
  const dynamicPool = Math.max(16, Math.ceil(accounts * figures.home.dynamic * 0.75))

  const carrierLine = (random: Random): CarrierLine => {
    const carrier = random.int(0, figures.carriers - 1)
    return { carrier, ...natLine(random, { octet: octets.carrier, carrier, size: carrierPool }) }
  }
  return {
    phoneLine: (random) => (random.chance(figures.carrierUsers) ? carrierLine(random) : undefined),
    carrierLine,
    home(random) {
      const kind = random.weighted([
        ['static', figures.home.static],
        ['dynamic', figures.home.dynamic],
        ['nat', figures.home.carrierNat],
      ] as const)
      const carrier = random.int(0, figures.carriers - 1)
      const line =
        kind === 'static'
          ? fixedLine(random, octets.static + random.int(0, staticOctets - 1))
          : kind === 'dynamic'
            ? leasedLine(random, { pool: dynamicPool, leaseDays: figures.leaseDays, times })
            : natLine(random, { octet: octets.homeNat, carrier, size: homeNatPool })
      return random.chance(figures.ipv6) ? dualLine(random, line) : line
    },
    hosting(random) {
      const machines = Array.from({ length: random.int(1, 3) }, () =>
        v4(octets.hosting, random.int(0, 2 ** 24 - 1)),
      )
      return { addressAt: (_at, draw) => draw.pick(machines) }
    },
  }
}

export interface WindowTimes {
  readonly startAt: number
  readonly endAt: number
}

function fixedLine(random: Random, octet: number): Network {
  const address = v4(octet, random.int(0, 2 ** 24 - 1))
  return { addressAt: () => address }
}

function leasedLine(
  random: Random,
  { pool, leaseDays, times }: { pool: number; leaseDays: number; times: WindowTimes },
): Network {
  const leases: { readonly address: string; readonly untilAt: number }[] = []
  let untilAt = times.startAt
  while (untilAt < times.endAt) {
    untilAt += random.exponential(leaseDays * dayMs)
    leases.push({ address: v4(octets.dynamic, random.int(0, pool - 1)), untilAt })
  }
  const last = leases.at(-1)?.address ?? ''
  return { addressAt: (at) => leases.find((lease) => at < lease.untilAt)?.address ?? last }
}

/** A subscriber is moved to another exit of the pool every week. */
function natLine(
  random: Random,
  { octet, carrier, size }: { octet: number; carrier: number; size: number },
): Network {
  const subscriber = random.int(0, 2 ** 32 - 1)
  return {
    addressAt: (at) => v4(octet, carrier * 2 ** 20 + (mix(subscriber, Math.floor(at / (7 * dayMs))) % size)),
  }
}

/** One /64 a home, and inside it an address that changes by the day (RFC 8981). */
function dualLine(random: Random, line: Network): Network {
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
function v4(octet: number, number: number): string {
  const spread = Math.imul(number, 0x9e3779b1) & 0xffffff
  return `${octet}.${spread >>> 16}.${(spread >>> 8) & 0xff}.${spread & 0xff}`
}

const hex = (number: number): string => number.toString(16)
