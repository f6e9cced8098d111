import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { RangeEvent } from '../../range/event.ts'
import { delivered, type NoiseFigures, noNoise } from '../../range/noise.ts'
import { Random } from '../../range/random.ts'
import { makeWorld } from './made-world.ts'

const hourMs = 3_600_000
const endAt = 90 * 24 * hourMs

const deliver = (events: readonly RangeEvent[], figures: Partial<NoiseFigures>, seed = 1) =>
  delivered(events, {
    figures: { ...noNoise, ...figures },
    randomOf: (account) => new Random(seed, account),
    startAt: 0,
    endAt,
  })

const login = (account: string, at: number): RangeEvent => ({ at, type: 'login', account, session: 's_a' })
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => login(`acct_${n % (count / 20)}`, (n * endAt) / count))

const share = fc.double({ min: 0, max: 1, noNaN: true })
const figures = fc.record({
  missing: share,
  duplicated: share,
  late: share,
  lateMeanHours: fc.constant(9),
  shuffled: share,
  skewed: share,
  skewMeanMinutes: fc.constant(30),
})
const events = fc
  .array(fc.tuple(fc.constantFrom('acct_a', 'acct_b', 'acct_c'), fc.integer({ min: 0, max: endAt - 1 })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((list) => list.toSorted(([, a], [, b]) => a - b).map(([account, at]) => login(account, at)))

test('without noise every event comes once, in its turn, and as it was', () => {
  fc.assert(
    fc.property(events, (happened) => {
      const came = deliver(happened, {})

      expect(came.map(({ event }) => event.at)).toEqual(happened.map(({ at }) => at))
      expect(new Set(came.map(({ event }) => event))).toEqual(new Set(happened))
    }),
  )
})

test('of every account something comes, nothing more than twice, and nothing that did not happen', () => {
  fc.assert(
    fc.property(events, figures, fc.integer(), (happened, noise, seed) => {
      const came = deliver(happened, noise, seed)
      const times = Map.groupBy(came, ({ event, count }) => `${event.account}/${count}`)
      const counts = Map.groupBy(happened, ({ account }) => account)

      expect(new Set(came.map(({ event }) => event.account))).toEqual(new Set(counts.keys()))
      for (const [first, second, third] of times.values()) {
        expect(third).toBeUndefined()
        // What comes twice is the same, so that it can be known again.
        if (second !== undefined) expect(second.event).toEqual(first?.event)
        expect(first?.count).toBeLessThan(counts.get(first?.event.account ?? '')?.length ?? 0)
      }
      expect(came.every(({ event }) => event.at >= 0 && event.at < endAt)).toBe(true)
    }),
  )
})

test('what becomes of an account’s events does not depend on those of others', () => {
  fc.assert(
    fc.property(events, figures, (happened, noise) => {
      const mine = (list: readonly RangeEvent[]) => list.filter(({ account }) => account === 'acct_a')
      const among = deliver(happened, noise).filter(({ event }) => event.account === 'acct_a')

      expect(among).toEqual(deliver(mine(happened), noise))
    }),
  )
})

test.each([
  ['missing', { missing: 0.2 }, 0.8],
  ['duplicated', { duplicated: 0.3 }, 1.3],
] as const)('of %s events there are as many as the figure says', (_, noise, expected) => {
  const happened = many(20_000)

  expect(Math.abs(deliver(happened, noise).length / happened.length - expected)).toBeLessThan(0.01)
})

test('late events come after others, by hours, and shuffled ones by minutes', () => {
  const happened = many(20_000).map((event) => ({ ...event, at: event.at / 10 }))
  const behind = (noise: Partial<NoiseFigures>) => {
    let newest = 0
    return deliver(happened, noise).flatMap(({ event }) => {
      const lag = newest - event.at
      newest = Math.max(newest, event.at)
      return lag > 0 ? [lag] : []
    })
  }
  const [late, shuffled] = [behind({ late: 0.1, lateMeanHours: 10 }), behind({ shuffled: 0.1 })]

  expect(behind({})).toEqual([])
  expect(late.length / happened.length).toBeGreaterThan(0.08)
  expect(Math.max(...late)).toBeGreaterThan(40 * hourMs)
  expect(shuffled.length).toBeGreaterThan(0)
  expect(Math.max(...shuffled)).toBeLessThan(hourMs / 6)
})

test('a wrong clock is wrong in all an account does by device, and in nothing that the platform dates', () => {
  const happened = many(20_000).flatMap((event, n) => [
    event,
    { at: event.at, type: 'chargeback' as const, account: event.account },
    ...(n % 9 === 0 ? [{ ...event, type: 'signup' as const }] : []),
  ])
  const came = deliver(happened, { skewed: 0.1, skewMeanMinutes: 10 })
  const offs = Map.groupBy(
    came.map(({ event }, n) => ({ event, off: event.at - (happened[n]?.at ?? 0) })),
    ({ event }) => event.account,
  )
  const wrong = [...offs.values()].filter((mine) => mine.some(({ off }) => off !== 0))

  expect(Math.abs(wrong.length / offs.size - 0.1)).toBeLessThan(0.03)
  for (const mine of wrong) {
    expect(mine.every(({ event, off }) => event.type === 'login' || off === 0)).toBe(true)
    // But for what would lie outside the window, and fractions.
    expect(new Set(mine.map(({ off }) => Math.round(off))).size).toBeLessThanOrEqual(2)
  }
})

test('noise changes what is heard of a world, and nothing that is true of it', async () => {
  const order = { world: 'town', seed: 9, accounts: 1_200 }
  const [quiet, loud] = [
    await makeWorld({ ...order, noise: noNoise }),
    await makeWorld({
      ...order,
      noise: { ...noNoise, missing: 0.2, duplicated: 0.05, late: 0.1, lateMeanHours: 9 },
    }),
  ]
  const heard = new Set(quiet.lines.events)

  expect(loud.lines.truth).toEqual(quiet.lines.truth)
  expect(loud.lines.labels).toEqual(quiet.lines.labels)
  expect(loud.lines.events.filter((line) => !heard.has(line))).toEqual([])
  expect(new Set(loud.lines.events).size / heard.size).toBeLessThan(0.83)
  expect(loud.counts.events).toBe(loud.lines.events.length)
})
