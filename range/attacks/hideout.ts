/** Where attackers connect from. */
import type { Network } from '../networks.ts'
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

function residentialProxies({ residents, networks }: Place): Network {
  return {
    addressAt(at, random) {
      const lent = useAt(random.pick(residents).networks, at, random) ?? networks.home(random)
      return lent.addressAt(at, random)
    },
  }
}
