import { beforeAll, expect, test } from '@jest/globals'
import { fraudRoles } from '../../../range/truth.ts'
import { type MadeEvent, type MadeWorld, makeWorld } from '../made-world.ts'

const dayMs = 86_400_000

let town: MadeWorld

beforeAll(async () => {
  town = await makeWorld({ world: 'town', seed: 12, accounts: 10_000 })
})

const timesOf = (events: readonly MadeEvent[], type?: string): readonly number[] =>
  events
    .filter((event) => type === undefined || event.type === type)
    .map(({ occurredAt }) => Date.parse(occurredAt))
    .toSorted((a, b) => a - b)

const spanDays = (events: readonly MadeEvent[]): number => {
  const times = timesOf(events)
  return ((times.at(-1) ?? 0) - (times[0] ?? 0)) / dayMs
}

const logins = (events: readonly MadeEvent[]): number => timesOf(events, 'login').length

const gapDays = (events: readonly MadeEvent[]): number => {
  const times = timesOf(events, 'login')
  const gaps = times.slice(1).map((at, n) => at - (times[n] ?? 0))
  return (gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0) / dayMs
}

const waitDays = (events: readonly MadeEvent[]): number => {
  const [first = 0] = timesOf(events)
  const [paid = first] = timesOf(events, 'payment')
  return (paid - first) / dayMs
}

const newcomers = (events: readonly MadeEvent[]): boolean => events.some(({ type }) => type === 'signup')

/** How often a fraud's figure is above an honest account's: 0.5 when they are alike, 0 or 1 when it tells them apart. */
function higherShare(figure: (events: readonly MadeEvent[]) => number): number {
  const roleOf = new Map(town.truth.map(({ account, role }) => [account, role]))
  // Like with like: most accounts of rings are new, and the old have longer lives.
  const lives = [...Map.groupBy(town.events, ({ account }) => account)].filter(([, events]) =>
    newcomers(events),
  )
  const isFraud = ([account]: (typeof lives)[number]) => fraudRoles.has(roleOf.get(account) ?? 'benign')
  const frauds = lives.filter(isFraud).map(([, events]) => figure(events))
  const honest = lives.filter((life) => !isFraud(life)).map(([, events]) => figure(events))
  let above = 0
  for (const fraud of frauds) {
    for (const other of honest) above += fraud > other ? 1 : fraud === other ? 0.5 : 0
  }
  return above / (frauds.length * honest.length)
}

// Bounds about what was measured: .59, .46, .72, .51, .59. Rings do come somewhat oftener for as long as they live.
test.each([
  ['log-ins', logins, 0.4, 0.7],
  ['days from first to last event', spanDays, 0.38, 0.6],
  ['log-ins a day', (events: readonly MadeEvent[]) => logins(events) / (1 + spanDays(events)), 0.25, 0.75],
  ['days between log-ins', gapDays, 0.4, 0.6],
  ['days from the first event to the first payment', waitDays, 0.4, 0.63],
] as const)('fraud does not show by tempo: %s', (_, figure, least, most) => {
  const higher = higherShare(figure)

  expect(higher).toBeGreaterThan(least)
  expect(higher).toBeLessThan(most)
})
