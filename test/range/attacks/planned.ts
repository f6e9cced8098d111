/** Settled neighbourhoods to plan attacks in, and what can be read from a plan. */
import { townAttacks } from '../../../range/attacks/catalogue.ts'
import { lifeAttacks } from '../../../range/attacks/lives/catalogue.ts'
import { lockerAt } from '../../../range/customs.ts'
import type { EventIdentifiers, RangeEvent } from '../../../range/event.ts'
import { type Network, networksOf } from '../../../range/networks.ts'
import type { Person } from '../../../range/person.ts'
import type { Attack, Place, Plan } from '../../../range/plan.ts'
import { Random } from '../../../range/random.ts'
import { type WorldFigures, worlds } from '../../../range/worlds.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
export const town = worlds['town'] as WorldFigures
export const attacks = townAttacks.map(([attack]) => attack)
export const lives = lifeAttacks.map(([attack]) => attack)

const times = { startAt: Date.UTC(2026, 0, 1), endAt: Date.UTC(2026, 3, 1) }
const people = 900
const places = new Map<number, Place>()

/** One of four; frozen, so that a plan that changes it fails. */
export function placeOf(seed: number): Place {
  const nth = seed % 4
  const known = places.get(nth)
  if (known !== undefined) return known
  const residents: Person[] = []
  const networks = networksOf(town.networks, people, times)
  const place: Place = {
    ...times,
    tempo: 1,
    networks,
    // Nobody looks, writes or praises but for the ring.
    customs: { ...town.customs, pastimes: { stream: 0, follow: 0, message: 0, review: 0, list: 0 } },
    lockers: [lockerAt('0', 1)],
    campaigns: [],
    residents,
    isFree: () => true,
  }
  const draw = new Random(nth, 'settling')
  for (let count = 0; residents.length < people; count += 1) {
    const population = draw.weighted(town.populations)
    const id = `${population.name}-0-${count}`
    residents.push(...population.plan(place, { random: new Random(nth, id), room: 8, id }).settlers)
  }
  Object.freeze(residents)
  places.set(nth, place)
  return place
}

/** All that a line is called within the window; it may have an IPv6 name beside the old one. */
export function addresses(line: Network): ReadonlySet<string> {
  const { startAt, endAt } = placeOf(0)
  const random = new Random(1, 'look')
  const found = new Set<string>()
  for (let at = startAt; at < endAt + 20 * dayMs; at += hourMs) found.add(line.addressAt(at, random))
  return found
}

export const attackNamed = (name: string): Attack => {
  const found = attacks.find((attack) => attack.name === name)
  if (found === undefined) throw new RangeError(`There is no attack ${name}`)
  return found
}

export interface Planned extends Plan {
  readonly place: Place
  /** Within the window. */
  readonly events: readonly RangeEvent[]
  readonly roles: ReadonlyMap<string, string>
}

export const ringId = 'ring-0-0'

export function planned(attack: Attack, seed: number, room = attack.accountsMax ?? 36): Planned {
  const place = placeOf(seed)
  const plan = attack.plan(place, { random: new Random(seed, attack.name), room, id: ringId })
  return {
    ...plan,
    place,
    events: plan.events.filter(({ at }) => at < place.endAt),
    roles: new Map(plan.truth.map(({ account, role }) => [account, role])),
  }
}

/** The attack as so many seeds plan it. */
export const many = (name: string, seeds = 40, room?: number): readonly Planned[] =>
  Array.from({ length: seeds }, (_, seed) => planned(attackNamed(name), seed, room))

/** Accounts that carry the ring, or of them those of a role. */
export const ringed = ({ truth }: Plan, role?: string): readonly string[] =>
  truth.flatMap((line) =>
    line.ring === null || (role !== undefined && line.role !== role) ? [] : [line.account],
  )

/** Users of each value of a kind. */
export function users(
  events: readonly RangeEvent[],
  kind: keyof EventIdentifiers,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const { account, identifiers } of events) {
    const value = identifiers?.[kind]
    if (value !== undefined) found.set(value, (found.get(value) ?? new Set<string>()).add(account))
  }
  return found
}

export const crowdest = (events: readonly RangeEvent[], kind: keyof EventIdentifiers): number =>
  Math.max(0, ...[...users(events, kind).values()].map(({ size }) => size))

/** How many of the accounts hang together by values of these kinds; counts the largest component. */
export function largestComponent(
  events: readonly RangeEvent[],
  accounts: readonly string[],
  kinds: readonly (keyof EventIdentifiers)[],
): number {
  const head = new Map(accounts.map((account) => [account, account]))
  const find = (account: string): string => {
    const next = head.get(account) ?? account
    return next === account ? account : find(next)
  }
  for (const together of kinds.flatMap((kind) => [...users(events, kind).values()])) {
    const [first, ...others] = [...together].filter((account) => head.has(account))
    for (const other of others) if (first !== undefined) head.set(find(other), find(first))
  }
  return Math.max(...[...Map.groupBy(accounts, find).values()].map(({ length }) => length))
}

export const signups = ({ events }: Planned): readonly RangeEvent[] =>
  events.filter(({ type }) => type === 'signup').toSorted((a, b) => a.at - b.at)

export const share = <T>(list: readonly T[], holds: (value: T) => boolean): number =>
  list.filter(holds).length / list.length

export const middle = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN
