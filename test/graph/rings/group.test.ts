import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { StoredEvent } from '../../../graph/model.ts'
import { groupAccounts } from '../../../graph/rings/group.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { groupsIn, labelsOf, named, names, searchOf, tableOf, togetherIn } from '../../support/core/tables.ts'
import { attack, established, hour, townsfolk } from '../../support/core/takeovers.ts'

const burst = names(200, 'hub').map((account, i) =>
  seen(account, ['device:mega'], { at: start + i * 60_000 }),
)
const victims = names(4, 'victim')
const takeover = [
  ...townsfolk,
  ...victims.flatMap(established),
  ...attack(victims, 'device:intruder', { change: 'payout_change', paid: 'thief' }),
  seen('thief', ['device:thief'], { type: 'signup', at: start - day }),
]

async function grouped(events: readonly StoredEvent[], communities: readonly (readonly string[])[]) {
  const table = await tableOf(events)
  const { labels, takeovers } = groupAccounts(table, labelsOf(table, communities), searchOf(table))
  return { groups: togetherIn(table, labels), labels, takeovers, table }
}

describe('a community', () => {
  const outsiders = (count: number): readonly StoredEvent[] =>
    names(count, 'other').map((account) => seen(account, ['device:elsewhere']))

  test('half of which came in a burst is part of the burst, whole', async () => {
    const community = ['hub000', 'hub001', ...names(2, 'other')]

    const { groups } = await grouped([...burst, ...outsiders(2)], [community])

    expect(groups).toEqual([[...names(200, 'hub'), ...names(2, 'other')]])
  })

  test('less than half of which came in a burst keeps its members', async () => {
    const community = ['hub000', 'hub001', ...names(3, 'other')]

    const { groups } = await grouped([...burst, ...outsiders(3)], [community])

    expect(groups).toEqual([community, names(200, 'hub').slice(2)])
  })

  test('that holds a victim loses it to the takeover, and nobody else', async () => {
    const family = ['victim000', ...names(3, 'other')]

    const { groups } = await grouped([...takeover, ...outsiders(3)], [family])

    expect(groups).toEqual([names(3, 'other'), ['thief', ...victims]])
  })
})

test('what a takeover leaves behind comes apart where only a victim held it together', async () => {
  const left = [
    ...['left', 'middle'].map((account) => seen(account, ['device:east'])),
    seen('victim000', ['device:east', 'device:west'], { at: start - 300 * day }),
    ...['right', 'rightmost'].map((account) => seen(account, ['device:west'])),
  ]
  const community = ['left', 'middle', 'right', 'rightmost', 'victim000']

  const { groups } = await grouped([...takeover, ...left], [community])

  expect(groups).toEqual([
    ['left', 'middle'],
    ['right', 'rightmost'],
    ['thief', ...victims],
  ])
})

test('of what a takeover claimed, those whom nothing ties to its victims are a group of their own', async () => {
  const strangers = names(2, 'stranger')
  const others = strangers.map((account) => seen(account, ['device:apart']))
  const community = ['thief', ...victims, ...strangers]

  const { groups } = await grouped([...takeover, ...others], [community])

  expect(groups).toEqual([strangers, ['thief', ...victims]])
})

test('of two attacks in one community each account stays with the first, whose label is not lost', async () => {
  const more = names(3, 'zed')
  const events = [
    ...takeover,
    ...more.flatMap(established),
    ...attack(more, 'device:second', { at: start + 20 * day, change: 'payout_change' }),
    ...['victim000', 'zed000'].map((account) => seen(account, ['address:one'], { at: start - 200 * day })),
  ]

  const { labels, takeovers, table } = await grouped(events, [[...victims, ...more]])

  const [first] = [...takeovers.keys()]
  const held = table.facts.ids.flatMap((account, number) => (labels[number] === first ? [account] : []))
  expect(takeovers.size).toBe(2)
  expect(held).toEqual(['thief', ...victims, ...more])
})

test('a takeover takes in its victims and receivers under one label, and says why', async () => {
  const { labels, takeovers, table } = await grouped(takeover, [])

  expect(takeovers.size).toBe(1)
  for (const [label, cohort] of takeovers) {
    const members = table.facts.ids.flatMap((account, number) => (labels[number] === label ? [account] : []))
    expect(members).toEqual(['thief', ...victims])
    expect(named(table, cohort)).toEqual({ victims, receivers: ['thief'], others: [] })
  }
})

test('labels of cohorts are nobody’s number and no other group’s', async () => {
  const { labels, takeovers } = await grouped([...takeover, ...burst], [])

  const above = [...new Set(labels)].filter((label) => label >= labels.length)
  expect(above).toHaveLength(2)
  expect(above).toEqual(expect.arrayContaining([...takeovers.keys()]))
})

/**
 * Farms, pairs behind two addresses, a burst, attacks and households, in any number and with sightings that mean
 * little on top. `name` gives every account its name.
 */
interface Plan {
  readonly farms: readonly number[]
  readonly pairs: number
  readonly attacks: readonly { readonly victims: number; readonly paid: boolean }[]
  readonly noise: readonly { readonly account: number; readonly device: number; readonly when: number }[]
}

const plan: fc.Arbitrary<Plan> = fc.record({
  farms: fc.array(fc.integer({ min: 3, max: 9 }), { maxLength: 3 }),
  pairs: fc.nat(4),
  attacks: fc.array(fc.record({ victims: fc.integer({ min: 3, max: 5 }), paid: fc.boolean() }), {
    maxLength: 2,
  }),
  noise: fc.array(
    fc.record({ account: fc.nat(29), device: fc.nat(4), when: fc.integer({ min: -150, max: -100 }) }),
    { maxLength: 6 },
  ),
})

function eventsOf({ farms, pairs, attacks, noise }: Plan): readonly StoredEvent[] {
  const farmed = farms.flatMap((size, farm) =>
    names(size, `farm${farm}x`).map((account, i) =>
      seen(account, [`device:farm${farm}`], { type: 'signup', at: start + i * hour }),
    ),
  )
  const paired = names(pairs, 'pair').flatMap((pair) =>
    [`${pair}a`, `${pair}b`].flatMap((account) => [
      seen(account, [`device:${pair}`, 'ip:one'], { at: start + 4 * day }),
      seen(account, [`device:${pair}`, 'ip:two'], { at: start + 5 * day }),
    ]),
  )
  const attacked = attacks.flatMap(({ victims: count, paid }, i) => {
    const hit = names(count, `victim${i}x`)
    return [
      ...hit.flatMap(established),
      ...attack(hit, `device:intruder${i}`, {
        change: 'payout_change',
        ...(paid && { paid: `thief${i}` }),
      }),
    ]
  })
  const passing = noise.map(({ account, device, when }) =>
    seen(names(30, 'person')[account] ?? '', [`device:noise${device}`], { at: start + when * day }),
  )
  return [...townsfolk, ...farmed, ...paired, ...attacked, ...passing]
}

const intended = ({ farms, pairs, attacks }: Plan): readonly (readonly string[])[] => [
  ...farms.map((size, farm) => names(size, `farm${farm}x`)),
  ...(pairs > 1 ? [names(pairs, 'pair').flatMap((pair) => [`${pair}a`, `${pair}b`])] : []),
  ...attacks.map(({ victims: count, paid }, i) => [
    ...(paid ? [`thief${i}`] : []),
    ...names(count, `victim${i}x`),
  ]),
]

const shuffled = (events: readonly StoredEvent[]): fc.Arbitrary<readonly StoredEvent[]> =>
  fc.shuffledSubarray([...events], { minLength: events.length })

describe('grouping', () => {
  test('finds what was planned', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (one) => {
        expect(await groupsIn(eventsOf(one))).toEqual(expect.arrayContaining([...intended(one)]))
      }),
      { numRuns: 40 },
    )
  })

  test('does not depend on the order of events', async () => {
    const both = plan.chain((one) => fc.tuple(fc.constant(one), shuffled(eventsOf(one))))
    await fc.assert(
      fc.asyncProperty(both, async ([one, events]) => {
        expect(await groupsIn(events)).toEqual(await groupsIn(eventsOf(one)))
      }),
      { numRuns: 30 },
    )
  })

  test('does not depend on what accounts are called', async () => {
    const both = plan.chain((one) => {
      const called = [
        ...new Set(
          eventsOf(one).flatMap(({ account, relations }) => [
            account,
            ...relations.map((row) => row.account),
          ]),
        ),
      ]
      return fc.tuple(
        fc.constant(one),
        fc
          .shuffledSubarray([...names(called.length, 'n')], { minLength: called.length })
          .map((fresh) => new Map(called.map((account, i) => [account, fresh[i] ?? '']))),
      )
    })
    await fc.assert(
      fc.asyncProperty(both, async ([one, nameFor]) => {
        const renamed = (account: string): string => nameFor.get(account) ?? account
        const events = eventsOf(one).map((event) => ({
          ...event,
          account: renamed(event.account),
          relations: event.relations.map((row) => ({ ...row, account: renamed(row.account) })),
        }))

        const groups = (await groupsIn(eventsOf(one))).map((group) => group.map(renamed).toSorted())

        expect(new Set(await groupsIn(events))).toEqual(new Set(groups))
      }),
      { numRuns: 30 },
    )
  })

  test('does not change as accounts join that have nothing to do with it', async () => {
    const newcomers = fc.array(
      fc.record({ born: fc.integer({ min: -300, max: 25 }), devices: fc.integer({ min: 0, max: 2 }) }),
      { minLength: 1, maxLength: 60, size: 'max' },
    )
    await fc.assert(
      fc.asyncProperty(plan, newcomers, async (one, joining) => {
        const growth = joining.flatMap(({ born, devices }, i) =>
          Array.from({ length: devices + 1 }, (_, n) =>
            seen(`new${i}`, [`ip:home${i}`, ...(devices ? [`device:new${i}x${n}`] : [])], {
              type: n === 0 ? 'signup' : 'login',
              at: start + (born + n) * day,
            }),
          ),
        )

        expect(await groupsIn([...eventsOf(one), ...growth])).toEqual(await groupsIn(eventsOf(one)))
      }),
      { numRuns: 40 },
    )
  })
})

test('a network or a mail provider in common ties nobody to a takeover, an address does', async () => {
  const shared = (value: string) => [
    ...names(2, 'stranger').map((account) => seen(account, ['device:apart', value])),
    seen('victim000', [value], { at: start - 300 * day }),
  ]
  const community = ['thief', ...victims, ...names(2, 'stranger')]
  const groupsBy = async (value: string) =>
    (await grouped([...takeover, ...shared(value)], [community])).groups

  expect(await groupsBy('ip24:198.51.100.0/24')).toHaveLength(2)
  expect(await groupsBy('emailDomain:example.org')).toHaveLength(2)
  expect(await groupsBy('ip:198.51.100.7')).toHaveLength(1)
})
