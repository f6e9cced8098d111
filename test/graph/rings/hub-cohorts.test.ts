import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { StoredEvent } from '../../../graph/model.ts'
import { hubCohorts } from '../../../graph/rings/hub-cohorts.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { groupsIn, kindOf, linksIn, nameOf, names, tableOf } from '../../support/core/tables.ts'

const minute = 60_000

/** Accounts that come to an identifier one after the other. */
const arriving = (
  accounts: readonly string[],
  identifier: string,
  { from = start, everyMs = minute }: { from?: number; everyMs?: number } = {},
): readonly StoredEvent[] =>
  accounts.map((account, i) => seen(account, [identifier], { at: from + i * everyMs }))

async function cohortsOf(events: readonly StoredEvent[]): Promise<readonly (readonly string[])[]> {
  const table = await tableOf(events)
  return hubCohorts(table, kindOf).map(({ accounts }) => accounts.map((account) => nameOf(table, account)))
}

/** So spread out that each is a burst of its own; only their number counts. */
const passers = arriving(names(300, 'passer'), 'device:mega', { from: start - 2_000 * day, everyMs: 3 * day })

describe('a device that three hundred accounts were made on in one burst', () => {
  const mega = arriving(names(300, 'mega'), 'device:mega')

  test('is one cohort of all of them', async () => {
    expect(await cohortsOf(mega)).toEqual([names(300, 'mega')])
    expect(await groupsIn(mega)).toEqual([names(300, 'mega')])
  })

  test('makes none of its 44,850 pairs', async () => {
    const table = await tableOf(mega)

    expect(linksIn(table).a).toHaveLength(0)
  })
})

test('cohorts begin exactly where a share alone is no more probable than gamma', async () => {
  for (const [kind, most] of [
    ['device', 97],
    ['payment', 73],
    ['payout', 145],
    ['cookie', 481],
  ] as const) {
    for (const size of [most, most + 1]) {
      const table = await tableOf(arriving(names(size, 'a'), `${kind}:x`, { everyMs: 0 }))

      expect(hubCohorts(table, kindOf)).toHaveLength(size === most ? 0 : 1)
    }
  }
})

describe('what honest strangers share is never a cohort', () => {
  test.each([
    'address:locker',
    'fingerprint:common',
    'ip:exit',
    'emailDomain:big',
    'text:greeting',
    'no:kind',
  ])('%s', async (identifier) => {
    expect(await cohortsOf(arriving(names(300, 'a'), identifier))).toEqual([])
  })
})

describe('a burst', () => {
  const two = (pauseMs: number): readonly StoredEvent[] => [
    ...passers,
    ...arriving(names(20, 'early'), 'device:mega', { from: start }),
    ...arriving(names(20, 'late'), 'device:mega', { from: start + 19 * minute + pauseMs }),
  ]

  test('ends with a pause of more than two days', async () => {
    expect(await cohortsOf(two(2 * day))).toEqual([[...names(20, 'early'), ...names(20, 'late')]])
    expect(await cohortsOf(two(2 * day + 1))).toEqual([names(20, 'early'), names(20, 'late')])
  })

  test('has eight accounts or more', async () => {
    expect(await cohortsOf([...passers, ...arriving(names(7, 'few'), 'device:mega')])).toEqual([])
    expect(await cohortsOf([...passers, ...arriving(names(8, 'few'), 'device:mega')])).toEqual([
      names(8, 'few'),
    ])
  })

  test('is by when each account first came, not by who comes again', async () => {
    const again = arriving(names(300, 'passer'), 'device:mega', { from: start })

    expect(await cohortsOf([...passers, ...again])).toEqual([])
  })
})

test('bursts are all arrivals without a long pause between them, whatever the order of names', async () => {
  const gaps = fc.array(fc.constantFrom(0, minute, day, 2 * day, 2 * day + 1, 5 * day), {
    minLength: 149,
    maxLength: 170,
  })
  await fc.assert(
    fc.asyncProperty(gaps, fc.nat(1_000), async (pauses, twist) => {
      // Names in another order than arrivals; 1009 is prime.
      const who = pauses.map((_, i) => `a${String((i * (twist + 1)) % 1_009).padStart(4, '0')}`)
      let at = start
      const arrivals = pauses.map((pause, i) => {
        at += pause
        return { account: who[i] ?? '', at, pause }
      })
      const bursts: string[][] = [[]]
      for (const { account, pause } of arrivals) {
        if (pause > 2 * day) bursts.push([])
        bursts.at(-1)?.push(account)
      }

      const found = await cohortsOf(arrivals.map((one) => seen(one.account, ['payment:x'], { at: one.at })))

      expect(found).toEqual(bursts.filter(({ length }) => length >= 8).map((burst) => burst.toSorted()))
    }),
    { numRuns: 30 },
  )
})
