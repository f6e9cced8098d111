import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { StoredEvent } from '../../../graph/model.ts'
import { receiverProbability, takeoverCohorts } from '../../../graph/takeover/cohorts.ts'
import { day, seen, start } from '../../support/core/states.ts'
import {
  cohortsIn,
  identifierOf,
  nameOf,
  names,
  numberOf,
  searchOf,
  tableOf,
} from '../../support/core/tables.ts'
import { attack, established, hour, intrusion, townsfolk } from '../../support/core/takeovers.ts'

const three = names(3, 'victim')
const people = (accounts: readonly string[]): readonly StoredEvent[] => accounts.flatMap(established)
const only = (victims: readonly string[]) => [{ victims, receivers: [], others: [] }]

/** Somebody else pays an account, a year of ordinary life. */
const customers = (count: number, seller: string): readonly StoredEvent[] =>
  names(count, 'customer').flatMap((account, i) => [
    ...established(account),
    seen(account, [`device:of-${account}`], {
      type: 'payment',
      at: start - (100 - i) * day,
      relations: [{ account: seller, relation: 'paid' }],
    }),
  ])

test('three unrelated accounts on one new device, whose payout details change, are a cohort', async () => {
  const events = [...townsfolk, ...people(three), ...attack(three, 'device:intruder')]

  expect(await cohortsIn(events)).toEqual(only(three))
})

test('two are none, and neither is what nothing follows', async () => {
  const two = three.slice(0, 2)

  expect(await cohortsIn([...townsfolk, ...people(two), ...attack(two, 'device:intruder')])).toEqual([])
  expect(await cohortsIn([...townsfolk, ...people(three), ...attack(three, 'device:intruder', {})])).toEqual(
    [],
  )
})

describe('who is no victim on the device of an attack', () => {
  const attacked = [...townsfolk, ...people(three), ...attack(three, 'device:intruder')]

  test('an account that is new, or that never had another device: they are the attacker’s', async () => {
    const newcomer = [
      seen('new', ['device:laptop'], { type: 'signup', at: start - 3 * day }),
      seen('new', ['device:intruder'], { at: start }),
    ]
    const bare = [
      seen('bare', ['email:old'], { type: 'signup', at: start - 300 * day }),
      seen('bare', ['device:intruder'], { at: start }),
    ]

    expect(await cohortsIn([...attacked, ...newcomer, ...bare])).toEqual([
      { victims: three, receivers: [], others: ['bare', 'new'] },
    ])
  })

  test('an account that stays: it has made the device its own', async () => {
    const stayer = [
      ...established('stayer'),
      ...[0, 3, 5].map((when) => seen('stayer', ['device:intruder'], { at: start + when * day })),
    ]

    expect(await cohortsIn([...attacked, ...stayer])).toEqual([
      { victims: three, receivers: [], others: ['stayer'] },
    ])
  })

  test('an account that came a month or more before or after: it is nobody to the attack', async () => {
    const owner = (account: string, when: number): readonly StoredEvent[] =>
      [0, 20].map((later) => seen(account, ['device:intruder'], { at: start + (when + later) * day }))

    const [cohort] = await cohortsIn([
      ...attacked,
      ...owner('near', -30),
      ...owner('far', -30.01),
      ...owner('next', 30.01),
    ])

    expect(cohort).toEqual({ victims: three, receivers: [], others: ['near'] })
  })
})

describe('who is paid', () => {
  const robbed = (paid: string): readonly StoredEvent[] => [
    ...townsfolk,
    ...people(three),
    ...attack(three, 'device:intruder', { change: 'payout_change', paid }),
  ]

  test('by the victims, and by hardly anybody else, receives', async () => {
    expect(await cohortsIn(robbed('mule'))).toEqual([{ victims: three, receivers: ['mule'], others: [] }])
    expect(await cohortsIn([...robbed('mule'), ...customers(4, 'mule')])).toMatchObject([
      { receivers: ['mule'] },
    ])
  })

  test('by many others too is a popular seller', async () => {
    const [cohort] = await cohortsIn([...robbed('seller'), ...customers(12, 'seller')])

    expect(cohort).toEqual({ victims: three, receivers: [], others: [] })
  })

  test('by two victims of three receives', async () => {
    const events = [
      ...townsfolk,
      ...people(three),
      ...attack(three.slice(0, 2), 'device:intruder', { change: 'payout_change', paid: 'mule' }),
      ...attack(three.slice(2), 'device:intruder'),
    ]

    expect(await cohortsIn(events)).toEqual([{ victims: three, receivers: ['mule'], others: [] }])
  })

  test('by one victim receives nothing that chance would not have sent', async () => {
    const events = [
      ...townsfolk,
      ...people(three),
      ...attack(three, 'device:intruder'),
      seen('victim000', ['device:intruder'], {
        type: 'payment',
        at: start + hour,
        relations: [{ account: 'shop', relation: 'paid' }],
      }),
    ]

    expect(await cohortsIn(events)).toEqual(only(three))
  })

  test('and is a victim too is a victim', async () => {
    const events = [
      ...robbed('victim000'),
      ...people(['victim003']),
      ...attack(['victim003'], 'device:intruder'),
    ]

    expect(await cohortsIn(events)).toEqual(only(names(4, 'victim')))
  })

  test('receives from odds of 35 in 100: its victims to one more than all who pay it', async () => {
    const seven = names(7, 'victim')
    const paidBy = (others: number) => [
      ...townsfolk,
      ...people(seven),
      ...attack(seven, 'device:intruder', { change: 'payout_change', paid: 'mule' }),
      ...customers(others, 'mule'),
    ]

    expect(receiverProbability({ victims: 7, payers: 19 })).toBe(0.35)
    expect(await cohortsIn(paidBy(12))).toMatchObject([{ receivers: ['mule'] }])
    expect(await cohortsIn(paidBy(13))).toMatchObject([{ receivers: [] }])
  })
})

describe('an attack that changes its device with every victim', () => {
  const rotating = (victims: readonly string[], paid?: string, kind = 'device'): readonly StoredEvent[] =>
    victims.flatMap((victim, i) =>
      intrusion(victim, [`${kind}:burner${i}`], {
        at: start + i * day,
        change: 'credential_change',
        ...(paid && { paid }),
      }),
    )

  test('is one cohort by the account that all of them pay', async () => {
    const four = names(4, 'victim')

    expect(await cohortsIn([...townsfolk, ...people(four), ...rotating(four, 'mule')])).toEqual([
      { victims: four, receivers: ['mule'], others: [] },
    ])
    expect(await cohortsIn([...townsfolk, ...people(four), ...rotating(four)])).toEqual([])
    expect(await cohortsIn([...townsfolk, ...people(four), ...rotating(four, 'mule', 'email')])).toEqual([])
  })

  test('is not what people with new phones do who buy from one seller, and change nothing', async () => {
    const four = names(4, 'victim')
    const buying = four.flatMap((account, i) =>
      intrusion(account, [`device:burner${i}`], { at: start + i * day, paid: 'seller' }),
    )

    expect(await cohortsIn([...townsfolk, ...people(four), ...buying])).toEqual([])
  })

  test('is joined with what the same account received by one device', async () => {
    const seven = names(7, 'victim')
    const events = [
      ...townsfolk,
      ...people(seven),
      ...rotating(seven.slice(0, 4), 'mule'),
      ...attack(seven.slice(4), 'device:intruder', { change: 'payout_change', paid: 'mule' }),
    ]

    expect(await cohortsIn(events)).toEqual([{ victims: seven, receivers: ['mule'], others: [] }])
  })
})

describe('two devices', () => {
  const five = names(5, 'victim')
  const six = names(6, 'victim')
  const hit = (first: readonly string[], second: readonly string[], paid?: readonly [string, string]) => [
    ...townsfolk,
    ...people([...new Set([...first, ...second])]),
    ...attack(first, 'device:intruder', { change: 'payout_change', ...(paid && { paid: paid[0] }) }),
    ...attack(second, 'device:other', {
      at: start + day,
      change: 'payout_change',
      ...(paid && { paid: paid[1] }),
    }),
  ]

  test('that share a victim are one attack', async () => {
    expect(await cohortsIn(hit(five.slice(0, 3), five.slice(2)))).toEqual(only(five))
  })

  test('count the first visit of a victim, and list in one order who else is on them', async () => {
    const later = attack(five.slice(2), 'device:a', { at: start + day, change: 'payout_change' })
    const first = attack(five.slice(0, 3), 'device:b')
    const own = [seen('helper', ['device:a'], { at: start }), seen('agent', ['device:b'], { at: start })]
    const table = await tableOf([...townsfolk, ...people(five), ...later, ...first, ...own])

    const [cohort] = takeoverCohorts(table, searchOf(table)).cohorts

    expect(cohort?.victims.get(numberOf(table, 'victim002'))).toMatchObject({
      at: start + 10 * hour,
      met: identifierOf(table, 'device:b'),
    })
    expect(cohort?.others.map((account) => nameOf(table, account))).toEqual(['agent', 'helper'])
  })

  test('whose victims pay one account are one attack', async () => {
    expect(await cohortsIn(hit(six.slice(0, 3), six.slice(3), ['mule', 'mule']))).toEqual([
      { victims: six, receivers: ['mule'], others: [] },
    ])
  })

  test('that share nobody are two, by their least victim', async () => {
    expect(await cohortsIn(hit(six.slice(3), six.slice(0, 3)))).toEqual([
      ...only(six.slice(0, 3)),
      ...only(six.slice(3)),
    ])
    expect(await cohortsIn(hit(six.slice(0, 3), six.slice(3), ['mule', 'thief']))).toHaveLength(2)
  })
})

test('nobody is in two places of a cohort, nor a victim in two cohorts', async () => {
  const attacks = fc.array(
    fc.record({
      victims: fc.subarray([...names(12, 'victim')], { minLength: 3, maxLength: 5 }),
      at: fc.integer({ min: 0, max: 20 }),
      paid: fc.constantFrom('mule', 'thief', 'victim000', 'victim001'),
    }),
    { minLength: 1, maxLength: 4, size: 'max' },
  )
  let cohortsFound = 0
  await fc.assert(
    fc.asyncProperty(attacks, async (all) => {
      const cohorts = await cohortsIn([
        ...townsfolk,
        ...people(names(12, 'victim')),
        seen('helper', ['device:intruder0', 'device:intruder1'], { at: start }),
        ...all.flatMap(({ victims, at, paid }, i) =>
          attack(victims, `device:intruder${i}`, { at: start + at * day, change: 'payout_change', paid }),
        ),
      ])

      cohortsFound += cohorts.length
      const victims = cohorts.flatMap((cohort) => cohort.victims)
      expect(new Set(victims).size).toBe(victims.length)
      for (const { victims: own, receivers, others } of cohorts) {
        expect(new Set([...own, ...receivers, ...others]).size).toBe(
          own.length + receivers.length + others.length,
        )
        expect(own).toEqual(own.toSorted())
        expect(others).toEqual(others.toSorted())
      }
    }),
    { numRuns: 40, seed: 3 },
  )
  expect(cohortsFound).toBeGreaterThanOrEqual(40)
})
