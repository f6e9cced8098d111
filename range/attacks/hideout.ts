/** Where attackers connect from. */
import { isCarrierAddress, type Network } from '../networks.ts'
import { useAt } from '../person.ts'
import type { Place } from '../plan.ts'
import type { Random } from '../random.ts'

export interface HideoutWeights {
  readonly home: number
  readonly hosting: number
  readonly proxies: number
}

/** One line of their own, rented machines, or the homes of people who know nothing of it. */
export function hideout(place: Place, random: Random, { home, hosting, proxies }: HideoutWeights): Network {
  const kind = random.weighted([
    ['home', home],
    ['hosting', hosting],
    ['proxies', place.residents.length > 0 ? proxies : 0],
  ] as const)
  if (kind === 'proxies') return residentialProxies(place)
  return kind === 'home' ? place.networks.home(random) : place.networks.hosting(random)
}

/** Every session comes from the line of another resident. */
export function residentialProxies({ residents, networks }: Place): Network {
  return {
    addressAt(at, random) {
      const lent =
        residents.length > 0 ? useAt(random.pick(residents).networks, at, random) : networks.home(random)
      return (lent ?? networks.home(random)).addressAt(at, random)
    },
  }
}

/** So many addresses that stay the same; none of a carrier's, behind which strangers stand. */
export function fixedAddresses(
  place: Place,
  random: Random,
  { count, at }: { count: number; at: number },
): Network {
  const addresses = Array.from({ length: count }, () => ownAddress(place, random, at))
  return { addressAt: (_at, draw) => draw.pick(addresses) }
}

function ownAddress({ networks }: Place, random: Random, at: number): string {
  for (let tries = 0; tries < 8; tries += 1) {
    const address = networks.home(random).addressAt(at, random)
    if (!isCarrierAddress(address)) return address
  }
  return networks.hosting(random).addressAt(at, random)
}

const busiestLines = 5

/** One of the lines most residents are on: a campus, a café, or the fullest home where there are none. */
export function crowdedLine({ residents, networks }: Place, random: Random): Network {
  const users = new Map<Network, number>()
  for (const { thing } of residents.flatMap((person) => person.networks))
    users.set(thing, (users.get(thing) ?? 0) + 1)
  const busiest = [...users].toSorted(([, a], [, b]) => b - a).slice(0, busiestLines)
  return busiest.length > 0 ? random.pick(busiest)[0] : networks.home(random)
}
