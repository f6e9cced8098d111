import { expect, test } from '@jest/globals'
import type { RangeEvent } from '../../range/event.ts'
import { Random } from '../../range/random.ts'
import { isModels, type SightFigures, sightOf } from '../../range/sight.ts'
import { holdsLuhnNumber } from './contract.ts'

const dayMs = 86_400_000
const figures: SightFigures = {
  browsers: 0.5,
  browsersTellDevice: false,
  mobile: 0.5,
  collisions: { desktop: 0.34, mobile: 0.6, hardId: 0.12 },
}

const login = (device: string, at = 0): RangeEvent => ({
  at,
  type: 'login',
  account: 'acct_a',
  identifiers: { device, ip: '240.0.0.1' },
})

const random = new Random(1, 'devices')
const devices = Array.from({ length: 30_000 }, () => `d_${random.word()}`)
const share = <T>(list: readonly T[], holds: (value: T) => boolean) => list.filter(holds).length / list.length
const seenBy = (change: Partial<SightFigures>) => {
  const see = sightOf({ ...figures, ...change })
  return devices.map((device) => see(login(device)).identifiers ?? {})
}

test('an app shows a device, a browser a cookie and a fingerprint, and its device only where that is told', () => {
  const seen = seenBy({})
  const told = seenBy({ browsersTellDevice: true })

  expect(Math.abs(share(seen, ({ device }) => device !== undefined) - 0.5)).toBeLessThan(0.02)
  expect(
    seen.every(
      ({ device, cookie, fingerprint }) =>
        (device === undefined) === (cookie !== undefined && fingerprint !== undefined),
    ),
  ).toBe(true)
  expect(told.every(({ device }) => device !== undefined)).toBe(true)
  expect(JSON.stringify(seen)).not.toMatch(/\d{6}/)
  expect(seen.some((identifiers) => holdsLuhnNumber(JSON.stringify(identifiers)))).toBe(false)
})

test.each([
  ['hardId', { browsers: 0 }, 0.12],
  ['desktop', { browsers: 1, mobile: 0 }, 0.34],
  ['mobile', { browsers: 1, mobile: 1 }, 0.6],
] as const)('of %s so many are those of strangers as is said', (_, change, expected) => {
  const values = seenBy(change).map(({ device, fingerprint }) => device ?? fingerprint ?? '')
  const counts = Map.groupBy(values, (value) => value)
  const isShared = (value: string) => (counts.get(value)?.length ?? 0) > 1

  expect(Math.abs(share(values, isModels) - expected)).toBeLessThan(0.01)
  // The rarest models have one user among so few devices.
  expect(share(values, isShared)).toBeGreaterThan(expected - 0.03)
  expect(share(values, isShared)).toBeLessThan(expected + 0.01)
  expect(values.filter((value) => isShared(value) && !isModels(value))).toEqual([])
})

test('a device is seen alike by whomever and whenever, but for its cookie, which is cleared in time', () => {
  const browsers = { ...figures, browsers: 1 }
  for (const device of devices.slice(0, 200)) {
    const [one, other] = [sightOf(browsers), sightOf(browsers)]
    const days = Array.from({ length: 250 }, (_, day) => one(login(device, day * dayMs)).identifiers)
    const cookies = days.map((seen) => seen?.cookie)

    expect(new Set(days.map((seen) => seen?.fingerprint)).size).toBe(1)
    expect(new Set(cookies).size).toBeGreaterThan(2)
    expect(new Set(cookies).size).toBeLessThan(27)
    // A cookie gone does not come back.
    expect(cookies.filter((cookie, day) => cookie !== cookies[day - 1])).toHaveLength(new Set(cookies).size)
    expect(other({ ...login(device, 9 * dayMs), account: 'acct_b' }).identifiers).toEqual(days[9])
  }
})

test('what an event names itself is left, and so is an event without a device', () => {
  const see = sightOf({ ...figures, browsers: 1 })
  const named = see({
    ...login('d_x'),
    identifiers: { device: 'd_x', fingerprint: 'fp_mine', cookie: 'ck_mine', payment: 'tok_1' },
  })
  const report: RangeEvent = { at: 0, type: 'report', account: 'acct_a' }

  expect(named.identifiers).toEqual({ fingerprint: 'fp_mine', cookie: 'ck_mine', payment: 'tok_1' })
  expect(see(report)).toBe(report)
})
