/**
 * A world whose figures every seed draws anew around the usual ones: platforms differ in how people live, connect and
 * pay, and in who robs them. Models are taught by such worlds, so that they learn no platform by heart.
 */
import type { Random } from '../random.ts'
import type { WorldFigures } from './figures.ts'

/** Of a log-normal: two platforms differ by a factor of two in every second figure. */
const sigma = 0.5

export function drawnFigures(usual: WorldFigures, random: Random): WorldFigures {
  const about = (figure: number): number => random.lognormal(figure, sigma)
  const shaken = <T>(shares: readonly (readonly [T, number])[]) =>
    shares.map(([one, share]): readonly [T, number] => [one, about(share)])
  return {
    ...usual,
    populations: shaken(usual.populations),
    attacks: shaken(usual.attacks),
    prevalence: random.between(0.02, 0.08),
    tempo: random.lognormal(usual.tempo, sigma / 2),
    campaigns: random.int(0, 2 * usual.campaigns),
    known: random.between(0.06, 0.2),
    mistaken: random.lognormal(usual.mistaken, sigma),
    customs: customsOf(usual, about),
    networks: networksOf(usual, about),
    sight: sightOf(usual, about),
  }
}

type Draw = (figure: number) => number

/** A share of 1 is drawn by its odds. */
function share(figure: number, about: Draw): number {
  const odds = about(figure / (1 - figure))
  return odds / (1 + odds)
}

function customsOf({ customs }: WorldFigures, about: Draw): WorldFigures['customs'] {
  const { pastimes } = customs
  return {
    addressed: share(customs.addressed, about),
    lockerUsers: share(customs.lockerUsers, about),
    accountsPerLocker: Math.round(about(customs.accountsPerLocker)),
    sellers: share(customs.sellers, about),
    coded: share(customs.coded, about),
    pastimes: {
      stream: share(pastimes.stream, about),
      follow: share(pastimes.follow, about),
      message: share(pastimes.message, about),
      review: share(pastimes.review, about),
      list: share(pastimes.list, about),
    },
  }
}

function networksOf({ networks }: WorldFigures, about: Draw): WorldFigures['networks'] {
  const { home, vpn, relay, campus } = networks
  return {
    ...networks,
    carrierUsers: share(networks.carrierUsers, about),
    accountsPerAddress: Math.round(about(networks.accountsPerAddress)),
    home: { static: about(home.static), dynamic: about(home.dynamic), carrierNat: about(home.carrierNat) },
    leaseDays: about(networks.leaseDays),
    ipv6: share(networks.ipv6, about),
    vpn: { ...vpn, users: share(vpn.users, about) },
    relay: { ...relay, users: share(relay.users, about) },
    campus: { ...campus, users: share(campus.users, about) },
  }
}

function sightOf({ sight }: WorldFigures, about: Draw): WorldFigures['sight'] {
  const { collisions } = sight
  return {
    ...sight,
    browsers: share(sight.browsers, about),
    mobile: share(sight.mobile, about),
    collisions: {
      desktop: share(collisions.desktop, about),
      mobile: share(collisions.mobile, about),
      hardId: share(collisions.hardId, about),
    },
  }
}
