/** How honest people come to live somewhere, and what is true of them. */
import type { RangeEvent } from '../event.ts'
import { mishapsOf } from '../mishaps.ts'
import type { HomeLine, Network } from '../networks.ts'
import { usualNetworks } from '../newcomer.ts'
import type { Person, Use } from '../person.ts'
import type { Place, Plan, PlannedTruth } from '../plan.ts'
import type { Random } from '../random.ts'
import { liveNormally, lookRound } from '../routine.ts'

/** What is true of somebody honest. */
export const benign = ({ account, group }: Person): PlannedTruth => ({
  account,
  ring: null,
  attack: null,
  role: 'benign',
  group,
})

/** People who live as all do; `more` is what happened to them besides. */
export function settled(
  settlers: readonly Person[],
  { place, random, more = [] }: { place: Place; random: Random; more?: readonly RangeEvent[] },
): Plan {
  const lives = settlers.flatMap((person) => [
    ...liveNormally(person, place, random),
    ...lookRound(person, place, random),
    ...mishapsOf(person, place, random),
  ])
  return { settlers, events: [...lives, ...more], truth: settlers.map(benign) }
}

export interface Dwelling {
  readonly networks: readonly Use<Network>[]
  /** Whom their line alone makes them meet: other customers of a VPN, relay or carrier. */
  readonly group: string | null
}

/** A home, a phone's line if there is one, and for some people a VPN or relay over all of it. */
export function dwellingAt(
  place: Place,
  random: Random,
  home: HomeLine = place.networks.home(random),
): Dwelling {
  const phone = place.networks.phoneLine(random)
  const veil = place.networks.veil(random)
  const networks = usualNetworks(home, phone)
  if (veil !== undefined) return { networks: [...networks, { thing: veil, weight: 5 }], group: veil.kind }
  const isNatOnly = home.kind === 'nat' && phone === undefined
  return { networks, group: isNatOnly ? `nat-${home.carrier}` : null }
}

/** People in a crowd: mostly few, seldom many. */
export const crowdSize = (
  random: Random,
  { median, sigma, min, max }: { median: number; sigma: number; min: number; max: number },
): number => Math.round(Math.min(max, Math.max(min, random.lognormal(median, sigma))))
