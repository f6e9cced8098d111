import { beforeAll, expect, test } from '@jest/globals'
import { noNoise } from '../../range/noise.ts'
import { isModels } from '../../range/sight.ts'
import { type MadeEvent, type MadeWorld, makeWorld } from './made-world.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

let town: MadeWorld

beforeAll(async () => {
  town = await makeWorld({ world: 'town', seed: 31, accounts: 16_000, noise: noNoise })
})

const share = <T>(list: readonly T[], holds: (value: T) => boolean) => list.filter(holds).length / list.length
const at = ({ occurredAt }: MadeEvent) => Date.parse(occurredAt)

/** Users of each value of a kind. */
function users(events: readonly MadeEvent[], kind: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const { account, identifiers } of events) {
    const value = identifiers?.[kind]
    if (value !== undefined) found.set(value, (found.get(value) ?? new Set<string>()).add(account))
  }
  return found
}

test('few identifiers have more than one user, as in the data they are modelled on', () => {
  const shared = (kind: string) => share([...users(town.events, kind).values()], ({ size }) => size > 1)

  expect(shared('device')).toBeGreaterThan(0.03)
  expect(shared('device')).toBeLessThan(0.07)
  expect(shared('payment')).toBeGreaterThan(0.05)
  expect(shared('payment')).toBeLessThan(0.12)
})

test('households are of the sizes of the table, and share devices, cards and lines', () => {
  const groups = [...Map.groupBy(town.truth, ({ group }) => group)].flatMap(([group, lines]) =>
    group?.startsWith('household') ? [lines.map(({ account }) => account)] : [],
  )
  const pairs = share(groups, ({ length }) => length === 2)
  const groupOf = new Map(town.truth.map(({ account, group }) => [account, group]))
  const sharing = (kind: string) => {
    const homes = [...users(town.events, kind).values()].flatMap((accounts) => {
      const homesHere = [...accounts].map((account) => groupOf.get(account))
      return homesHere.filter((home, n) => home?.startsWith('household') && homesHere.indexOf(home) < n)
    })
    return new Set(homes).size / groups.length
  }

  expect(Math.max(...groups.map(({ length }) => length))).toBe(6)
  expect(pairs).toBeGreaterThan(0.42)
  expect(pairs).toBeLessThan(0.54)
  expect(sharing('device')).toBeGreaterThan(0.15)
  expect(sharing('device')).toBeLessThan(0.4)
  expect(sharing('payment')).toBeGreaterThan(0.08)
  expect(sharing('ip')).toBeGreaterThan(0.4)
})

test('a carrier puts strangers of all neighbourhoods behind one address', () => {
  const carrier = [...users(town.events, 'ip')].filter(([address]) => address.startsWith('246.'))
  const placeOf = new Map(town.truth.map(({ account }, n) => [account, Math.floor(n / 2_000)]))
  const busiest = carrier.toSorted(([, a], [, b]) => b.size - a.size)[0]?.[1] ?? new Set()
  const honest = new Set(town.truth.flatMap(({ account, role }) => (role === 'benign' ? [account] : [])))
  const homes = [
    ...users(
      town.events.filter(({ account }) => honest.has(account)),
      'ip',
    ),
  ].filter(([address]) => /^24[0-3]\./.test(address))

  expect(carrier.length).toBeLessThan(60)
  expect(busiest.size).toBeGreaterThan(300)
  expect(new Set([...busiest].map((account) => placeOf.get(account))).size).toBe(8)
  expect(Math.max(...homes.map(([, accounts]) => accounts.size))).toBeLessThan(8)
})

test('honest people look suspicious at times', () => {
  const honest = new Set(town.truth.flatMap(({ account, role }) => (role === 'benign' ? [account] : [])))
  const events = town.events.filter(({ account }) => honest.has(account))
  const counts = (type: string) => events.filter((event) => event.type === type).length / honest.size
  const joiners = Map.groupBy(
    events.filter(({ type }) => type === 'signup'),
    ({ occurredAt }) => occurredAt.slice(0, 10),
  )
  const daily = [...joiners.values()].map(({ length }) => length).toSorted((a, b) => a - b)

  // Happenings an account: about half of what was measured, and more where several mishaps add up to one.
  const least = {
    payment_failed: 0.25,
    login_failed: 0.25,
    credential_change: 0.08,
    chargeback: 0.003,
    report: 0.002,
    payout_change: 0.004,
  }
  for (const [type, count] of Object.entries(least)) expect(counts(type)).toBeGreaterThan(count)
  expect(daily.at(-1)!).toBeGreaterThan(3 * daily[Math.floor(daily.length / 2)]!)
})

test('some households put a new device into the hands of people who had others, for good', () => {
  const honest = new Set(town.truth.flatMap(({ account, role }) => (role === 'benign' ? [account] : [])))
  const timesOf = new Map(
    [...Map.groupBy(town.events, ({ account }) => account)].map(([account, events]) => [
      account,
      events.map(at),
    ]),
  )
  const onDevice = Map.groupBy(
    town.events.filter(({ identifiers }) => identifiers?.['device'] !== undefined),
    ({ identifiers }) => identifiers?.['device'],
  )
  const televisions = [...onDevice.values()].filter((events) => {
    const accounts = [...new Set(events.map(({ account }) => account))]
    const [first, last] = [Math.min(...events.map(at)), Math.max(...events.map(at))]
    const earlier = (account: string) => timesOf.get(account)?.filter((time) => time < first).length ?? 0
    const isShared = accounts.length > 1 && accounts.every((account) => honest.has(account))
    return isShared && last - first > 14 * dayMs && accounts.every((account) => earlier(account) >= 4)
  })

  // A household's older device can look so as well, when all its people first take it up late: none here does.
  expect(televisions.length).toBeGreaterThan(3)
})

test('who shares a device or card with a victim, or owns a stolen card, is a bystander and carries no ring', () => {
  const ringed = new Set(town.truth.flatMap(({ account, ring }) => (ring === null ? [] : [account])))
  const bystanders = town.truth.filter(({ role }) => role === 'bystander')
  const near = new Set(
    ['device', 'payment'].flatMap((kind) =>
      // A model's id is everybody's, and nobody stands near for it.
      [...users(town.events, kind)].flatMap(([value, accounts]) =>
        !isModels(value) && [...accounts].some((account) => ringed.has(account)) ? [...accounts] : [],
      ),
    ),
  )
  // A machine on a campus is used from all neighbourhoods, and nobody in one knows who is robbed in the next.
  const honestAndNear = town.truth.filter(
    ({ account, role, group }) => role === 'benign' && near.has(account) && !group?.startsWith('campus-'),
  )

  expect(bystanders.length).toBeGreaterThan(40)
  expect(honestAndNear).toEqual([])
})
