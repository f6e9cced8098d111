/** A neighbourhood that waits for a population to settle in it. */
import { lockerAt } from '../../../range/customs.ts'
import { networksOf } from '../../../range/networks.ts'
import type { Person } from '../../../range/person.ts'
import type { Place, Plan, Population } from '../../../range/plan.ts'
import { Random } from '../../../range/random.ts'
import { type WorldFigures, worlds } from '../../../range/worlds.ts'

const dayMs = 86_400_000
const town = worlds['town'] as WorldFigures
export const times = { startAt: Date.UTC(2026, 0, 1), endAt: Date.UTC(2026, 3, 1) }

export const placeWith = (residents: readonly Person[] = []): Place => ({
  ...times,
  tempo: 1,
  networks: networksOf(town.networks, 4_000, times),
  customs: { ...town.customs, addressed: 0.9, sellers: 0.3 },
  lockers: [lockerAt('0', 0)],
  campaigns: [times.startAt + 20 * dayMs, times.startAt + 50 * dayMs],
  residents,
  isFree: () => true,
})

export const planOf = (
  population: Population,
  { seed = 1, room = 200, place = placeWith() }: { seed?: number; room?: number; place?: Place } = {},
): Plan =>
  population.plan(place, { random: new Random(seed, population.name), room, id: `${population.name}-0-7` })

/** Plans of many seeds. */
export const plansOf = (population: Population, count = 40): readonly Plan[] =>
  Array.from({ length: count }, (_, seed) => planOf(population, { seed }))

/** Accounts on each value of a kind, within the window. */
export function usersOf(
  { events }: Plan,
  kind: 'device' | 'ip' | 'payment' | 'address' | 'payout' | 'phone',
) {
  const users = new Map<string, Set<string>>()
  for (const { account, identifiers, at } of events) {
    const value = identifiers?.[kind]
    if (value === undefined || at >= times.endAt) continue
    users.set(value, (users.get(value) ?? new Set()).add(account))
  }
  return users
}

export const mostUsers = (plan: Plan, kind: Parameters<typeof usersOf>[1]): number =>
  Math.max(0, ...[...usersOf(plan, kind).values()].map(({ size }) => size))
