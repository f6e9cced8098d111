/**
 * Where people connect from. Every address lies in blocks that nobody owns (240.0.0.0/4 is reserved, 2001:db8::/32
 * is for documentation), so no world speaks ill of a real one; `addressBlocks` says what each block stands for.
 */
import type { IdentifierClass } from '../graph/model.ts'
import { type Campus, campusesOf } from './networks/campuses.ts'
import {
  dualLine,
  fixedLine,
  hoppingLine,
  leasedLine,
  type Network,
  natLine,
  v4,
  type WindowTimes,
} from './networks/lines.ts'
import type { Random } from './random.ts'

export type { Campus } from './networks/campuses.ts'
export type { Network, WindowTimes } from './networks/lines.ts'

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
  /** People who connect through a VPN, or a relay that their device brings, of 1; addresses they come out at. */
  readonly vpn: { readonly users: number; readonly exits: number }
  readonly relay: { readonly users: number; readonly exits: number }
  /** People of universities and offices, of 1; how many an organisation has is log-normal. */
  readonly campus: { readonly users: number; readonly median: number; readonly sigma: number }
}

export interface CarrierLine extends Network {
  readonly carrier: number
}

export interface HomeLine extends Network {
  readonly kind: 'static' | 'dynamic' | 'nat'
  /** Whose exits it shares, when it is behind a carrier's. */
  readonly carrier: number
}

/** What hides where somebody is. */
export interface Veil extends Network {
  readonly kind: 'vpn' | 'relay'
}

export interface Networks {
  /** Whether a person's phone has a line of its own; `undefined` when it has not. */
  phoneLine(random: Random): CarrierLine | undefined
  carrierLine(random: Random): CarrierLine
  home(random: Random): HomeLine
  /** A few machines in a data centre. */
  hosting(random: Random): Network
  /** A customer of a VPN: another exit every time. */
  vpn(random: Random): Veil
  /** One whom a relay gives an exit for the week. */
  relay(random: Random): Veil
  /** Whether a person hides, and behind what. */
  veil(random: Random): Veil | undefined
  /** Organisations, the large as often as they have people. They span the neighbourhoods. */
  campus(random: Random): Campus
  /** An office of a few: one address. */
  office(random: Random): Network
  /** The open network of a café, hotel or library: one address. */
  cafe(random: Random): Network
}

const octets = {
  static: 240,
  dynamic: 244,
  homeNat: 245,
  carrier: 246,
  hosting: 247,
  vpn: 248,
  relay: 249,
  organisation: 250,
  open: 251,
} as const
const staticOctets = 4

export const addressBlocks: readonly { readonly cidr: string; readonly class: IdentifierClass }[] = [
  { cidr: '240.0.0.0/6', class: 'residential' },
  { cidr: '244.0.0.0/8', class: 'residential' },
  { cidr: '245.0.0.0/8', class: 'residential' },
  { cidr: '246.0.0.0/8', class: 'mobile' },
  { cidr: '247.0.0.0/8', class: 'datacenter' },
  { cidr: '248.0.0.0/8', class: 'vpn' },
  { cidr: '249.0.0.0/8', class: 'relay' },
  // Tables of addresses tell offices and cafés from homes no better than this.
  { cidr: '250.0.0.0/8', class: 'residential' },
  { cidr: '251.0.0.0/8', class: 'residential' },
  { cidr: '2001:db8::/32', class: 'residential' },
]

/** Whether strangers meet on the address because a carrier puts them there. */
export const isCarrierAddress = (address: string): boolean => /^24[56]\./.test(address)

/** Whether strangers of all neighbourhoods meet on it: a carrier's, a VPN's or a relay's. */
export const isCrowdAddress = (address: string): boolean => /^24[5689]\./.test(address)

/** Pools are sized by the whole world, so they span its neighbourhoods. */
export function networksOf(figures: NetworkFigures, accounts: number, times: WindowTimes): Networks {
  const pool = (users: number) => Math.max(1, Math.ceil(users / figures.accountsPerAddress))
  const carrierPool = pool((accounts * figures.carrierUsers) / figures.carriers)
  const campuses = campusesOf(figures.campus, accounts, octets.organisation)

  const carrierLine = (random: Random): CarrierLine => {
    const carrier = random.int(0, figures.carriers - 1)
    return { carrier, ...natLine(random, { octet: octets.carrier, carrier, size: carrierPool }) }
  }
  return {
    phoneLine: (random) => (random.chance(figures.carrierUsers) ? carrierLine(random) : undefined),
    carrierLine,
    home: homesOf(figures, accounts, times),
    hosting(random) {
      const machines = Array.from({ length: random.int(1, 3) }, () =>
        v4(octets.hosting, random.int(0, 2 ** 24 - 1)),
      )
      return { addressAt: (_at, draw) => draw.pick(machines) }
    },
    ...veilsOf(figures),
    campus: campuses,
    office: (random) => fixedLine(random, octets.organisation),
    cafe: (random) => fixedLine(random, octets.open),
  }
}

function homesOf(figures: NetworkFigures, accounts: number, times: WindowTimes): Networks['home'] {
  const { home, leaseDays } = figures
  const natSize = Math.max(
    1,
    Math.ceil((accounts * home.carrierNat) / figures.carriers / figures.accountsPerAddress),
  )
  // A provider has a half more addresses than homes, so that they come back to others.
  const pool = Math.max(16, Math.ceil(accounts * home.dynamic * 0.75))
  return (random) => {
    const kind = random.weighted([
      ['static', home.static],
      ['dynamic', home.dynamic],
      ['nat', home.carrierNat],
    ] as const)
    const carrier = random.int(0, figures.carriers - 1)
    const line =
      kind === 'static'
        ? fixedLine(random, octets.static + random.int(0, staticOctets - 1))
        : kind === 'dynamic'
          ? leasedLine(random, { octet: octets.dynamic, pool, leaseDays, times })
          : natLine(random, { octet: octets.homeNat, carrier, size: natSize })
    return { kind, carrier, ...(random.chance(figures.ipv6) ? dualLine(random, line) : line) }
  }
}

function veilsOf({ vpn, relay }: NetworkFigures): Pick<Networks, 'vpn' | 'relay' | 'veil'> {
  const behindVpn = (): Veil => ({
    kind: 'vpn',
    ...hoppingLine({ octet: octets.vpn, carrier: 0, size: vpn.exits }),
  })
  const behindRelay = (random: Random): Veil => ({
    kind: 'relay',
    ...natLine(random, { octet: octets.relay, carrier: 0, size: relay.exits }),
  })
  return {
    vpn: behindVpn,
    relay: behindRelay,
    veil(random) {
      const draw = random.next()
      if (draw < vpn.users) return behindVpn()
      return draw < vpn.users + relay.users ? behindRelay(random) : undefined
    },
  }
}
