import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { StoredEvent } from '../../../graph/model.ts'
import { takeoverPivots } from '../../../graph/takeover/pivots.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { cohortsIn, nameOf, names, searchOf, tableOf } from '../../support/core/tables.ts'
import { attack, established, intrusion, townsfolk } from '../../support/core/takeovers.ts'

const three = names(3, 'victim')
const people = (accounts: readonly string[]): readonly StoredEvent[] => accounts.flatMap(established)
const attacked = attack(three, 'device:intruder')
const victimsIn = async (events: readonly StoredEvent[]) =>
  (await cohortsIn(events)).map(({ victims }) => victims)

/** The pivots by what they turn on, with their figures. */
async function pivotsIn(events: readonly StoredEvent[]) {
  const table = await tableOf(events)
  return takeoverPivots(table, searchOf(table)).pivots.map(
    ({ identifier, receiver, visits, ...figures }) => ({
      on:
        receiver === undefined
          ? `${table.identifiers.kindAt(identifier ?? -1)}:${table.identifiers.at(identifier ?? -1)?.ref}`
          : nameOf(table, receiver),
      visitors: visits.map(({ account }) => nameOf(table, account)),
      ...figures,
    }),
  )
}

/** Intruders in turn, on devices of a few or each on its own, some of whom leave payout details or have themselves paid. */
const intrusions: fc.Arbitrary<readonly StoredEvent[]> = fc
  .array(
    fc.record({
      victim: fc.constantFrom(...names(7, 'victim')),
      device: fc.option(fc.constantFrom('device:one', 'device:two'), { freq: 3 }),
      left: fc.option(fc.constantFrom('payout:mule', 'email:mule'), { freq: 1 }),
      paid: fc.option(fc.constantFrom('mule', 'seller'), { freq: 2 }),
      days: fc.nat(5),
    }),
    { minLength: 3, maxLength: 14 },
  )
  .map((all) =>
    all.flatMap(({ victim, device, left, paid, days }, i) =>
      intrusion(victim, [device ?? `device:burner${i}`, ...(left ? [left] : [])], {
        at: start + days * day,
        change: 'payout_change',
        ...(paid && { paid }),
      }),
    ),
  )

test('by the chance that was measured the same is found as where it is measured', async () => {
  const found: number[] = []
  await fc.assert(
    fc.asyncProperty(intrusions, async (events) => {
      const table = await tableOf([...townsfolk, ...people(names(7, 'victim')), ...events])
      const { pivots, chance } = takeoverPivots(table, searchOf(table))

      expect(takeoverPivots(table, { ...searchOf(table), chance })).toEqual({ pivots, chance })
      found.push(pivots.length)
    }),
    { numRuns: 60 },
  )
  expect(found.some((count) => count > 1)).toBe(true)
})

describe('people who know each other', () => {
  const family = (known: readonly string[], met = -100): readonly StoredEvent[] =>
    three.map((account) => seen(account, known, { at: start + met * day }))

  test('meet one television, though payout details change after it', async () => {
    expect(await victimsIn([...townsfolk, ...people(three), ...attacked])).toEqual([three])
    expect(await victimsIn([...townsfolk, ...people(three), ...family(['ip:home']), ...attacked])).toEqual([])
    expect(
      await victimsIn([...townsfolk, ...people(three), ...family(['device:tablet']), ...attacked]),
    ).toEqual([])
  })

  test('do not if they met only days before: that is part of the attack', async () => {
    expect(
      await victimsIn([...townsfolk, ...people(three), ...family(['ip:exit'], -2), ...attacked]),
    ).toEqual([three])
    expect(
      await victimsIn([...townsfolk, ...people(three), ...family(['ip:exit'], -3), ...attacked]),
    ).toEqual([])
  })

  test('do not by an address of a crowd, but by one of twelve', async () => {
    const crowd = (others: number) => [
      ...family(['ip:shared']),
      ...names(others, 'other').map((account) => seen(account, ['ip:shared'], { at: start - 100 * day })),
    ]

    expect(await victimsIn([...townsfolk, ...people(three), ...crowd(9), ...attacked])).toEqual([])
    expect(await victimsIn([...townsfolk, ...people(three), ...crowd(10), ...attacked])).toEqual([three])
  })

  test('are one witness: two of four leave three, two of three leave two', async () => {
    const four = names(4, 'victim')
    const couple = ['victim000', 'victim001'].map((account) =>
      seen(account, ['ip:home'], { at: start - 100 * day }),
    )

    expect(
      await victimsIn([...townsfolk, ...people(four), ...couple, ...attack(four, 'device:intruder')]),
    ).toEqual([four])
    expect(await victimsIn([...townsfolk, ...people(three), ...couple, ...attacked])).toEqual([])
  })
})

test('strangers who keep the device are a new household, not victims', async () => {
  const staying = three.map((account) => seen(account, ['device:intruder'], { at: start + 10 * day }))

  expect(await victimsIn([...townsfolk, ...people(three), ...attacked, ...staying])).toEqual([])
})

describe('one week', () => {
  const spread = (daysApart: number): readonly StoredEvent[] =>
    three.flatMap((victim, i) =>
      attack([victim], 'device:intruder', { at: start + i * daysApart * day, change: 'payout_change' }),
    )

  test('holds the three arrivals, and no longer', async () => {
    expect(await victimsIn([...townsfolk, ...people(three), ...spread(3.5)])).toEqual([three])
    expect(await victimsIn([...townsfolk, ...people(three), ...spread(3.51)])).toEqual([])
  })

  const visited = async (crowds: readonly (readonly [readonly string[], number])[]) => {
    const everybody = crowds.flatMap(([accounts]) => accounts)
    const attacks = crowds.flatMap(([accounts, when]) =>
      attack(accounts, 'device:intruder', { at: start + when * day, change: 'payout_change' }),
    )
    return (await pivotsIn([...townsfolk, ...people(everybody), ...attacks])).map(({ visitors }) => visitors)
  }

  test('is the busiest that there is, the earliest of several', async () => {
    const four = names(4, 'victim')

    expect(
      await visited([
        [['early'], -15],
        [four, 0],
        [['late'], 15],
      ]),
    ).toEqual([four])
    expect(
      await visited([
        [names(3, 'late'), 0],
        [names(3, 'early'), -20],
      ]),
    ).toEqual([names(3, 'early')])
  })
})

describe('a kiosk', () => {
  /** Accounts that know no other hardware, all year round. */
  const regulars = (count: number): readonly StoredEvent[] =>
    names(count, 'regular').flatMap((account, i) => [
      seen(account, ['device:intruder'], { type: 'signup', at: start - (100 - i) * day }),
      seen(account, ['device:intruder'], { at: start + i * day }),
    ])

  test('with traffic of its own explains three visitors', async () => {
    expect(await victimsIn([...townsfolk, ...people(three), ...attacked, ...regulars(80)])).toEqual([])
  })

  test('expects in a week what devices meet at all, and what it meets in other weeks', async () => {
    const [quiet] = await pivotsIn([...townsfolk, ...people(three), ...attacked])
    const [used] = await pivotsIn([...townsfolk, ...people(three), ...attacked, ...regulars(2)])

    // 43 people with a device each, 40 borrowed ones, and this; in two weeks 3 visits and 1 phone borrowed.
    expect(quiet?.expected).toBeCloseTo(((4 / 2) * (3 / 84)) / 84, 12)
    // The other of the two regulars comes once in the 230 days since the first phone was borrowed.
    expect(used?.expected).toBeCloseTo(((4 / 2) * (5 / 84)) / 84 + 7 / 230, 12)
    expect(used?.p).toBeGreaterThan(quiet?.p ?? 1)
  })

  test('expects nothing of who passed in other weeks, or came new in this one', async () => {
    const passing = [...established('passer'), seen('passer', ['device:intruder'], { at: start - 30 * day })]
    const fresh = names(2, 'fresh').flatMap((account) =>
      [1, 8].map((when) => seen(account, ['device:intruder'], { at: start + when * day })),
    )

    const [pivot] = await pivotsIn([...townsfolk, ...people(three), ...attacked, ...passing, ...fresh])

    expect(pivot?.expected).toBeCloseTo(((4 / 2) * (6 / 85)) / 85, 12)
  })

  test('expects the same whatever its visitors are called', async () => {
    const renamed = names(3, 'abel')

    const [one] = await pivotsIn([...townsfolk, ...people(three), ...attacked])
    const [other] = await pivotsIn([...townsfolk, ...people(renamed), ...attack(renamed, 'device:intruder')])

    expect(other?.expected).toBe(one?.expected)
  })
})

describe('of kinds of which everybody has one', () => {
  const everybody = [...names(40, 'person'), ...three]
  const met = (kind: string) =>
    pivotsIn([
      ...townsfolk,
      ...people(three),
      ...everybody.map((account) => seen(account, [`${kind}:old-${account}`], { at: start - 350 * day })),
      ...attack(three, `${kind}:x`),
    ])

  test.each(['ip', 'fingerprint', 'address', 'payment', 'emailDomain', 'text', 'unheard'])(
    '%s is none that an intruder brings',
    async (kind) => {
      expect(await met(kind)).toEqual([])
    },
  )

  test.each(['device', 'cookie', 'payout', 'phone', 'email', 'document'])('%s is one', async (kind) => {
    expect(await met(kind)).toMatchObject([{ on: `${kind}:x`, visitors: three, unrelated: 3 }])
  })
})

test('of a kind of which there is but one, chance explains everything', async () => {
  const known = [...townsfolk, ...people(three)].map((event) => ({
    ...event,
    identifiers: event.identifiers.filter(({ kind }) => kind !== 'phone'),
  }))

  expect(await pivotsIn([...known, ...attack(three, 'phone:x')])).toEqual([])
})

test('visits come by time, then account, and pivots by identifier before receivers', async () => {
  const four = names(4, 'victim')
  const last = names(3, 'zoe')
  const events = [
    ...townsfolk,
    ...people([...four, ...last]),
    ...attack(four.toReversed(), 'device:z', { change: 'payout_change', paid: 'mule' }),
    ...last.flatMap((account) =>
      intrusion(account, ['device:a'], { at: start + 9 * day, change: 'payout_change', paid: 'aunt' }),
    ),
  ]

  expect((await pivotsIn(events)).map(({ on, visitors }) => [on, visitors])).toEqual([
    ['device:a', last],
    ['device:z', four.toReversed()],
    ['aunt', last],
    ['mule', four.toReversed()],
  ])
})
