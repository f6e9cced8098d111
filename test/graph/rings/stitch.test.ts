import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ipClassWeight } from '../../../graph/identifiers/ip.ts'
import type { IdentifierClass, StoredEvent } from '../../../graph/model.ts'
import { joinVoted, votesOf } from '../../../graph/rings/stitch.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { groupsIn, labelsOf, names, onClass, tableOf, togetherIn } from '../../support/core/tables.ts'

/** `start` is a Thursday: days 4 to 10 are one week. */
const monday = 4

const at = (address: string, when: number, accounts: readonly string[]): readonly StoredEvent[] =>
  accounts.map((account) => seen(account, [`ip:${address}`], { at: start + when * day }))

/** Who is together after stitching, where these were before. */
async function stitched(
  events: readonly StoredEvent[],
  together: readonly (readonly string[])[],
): Promise<readonly (readonly string[])[]> {
  const table = await tableOf(events)
  const labels = labelsOf(table, together)
  return togetherIn(table, joinVoted(table, labels, votesOf(table, labels)))
}

const ann = ['ann0', 'ann1']
const bea = ['bea0', 'bea1']
const both = [...ann, ...bea]

describe('a farm that buys accounts in pairs', () => {
  const pairs = names(6, 'pair').map((pair) => [`${pair}a`, `${pair}b`] as const)
  const devices = pairs.flatMap(([a, b], i) =>
    [a, b].map((account) => seen(account, [`device:d${i}`], { at: start })),
  )

  test('is one ring by the two addresses it alone uses', async () => {
    const events = [...devices, ...at('one', monday, pairs.flat()), ...at('two', monday + 1, pairs.flat())]

    expect(await groupsIn(events)).toEqual([pairs.flat().toSorted()])
  })

  test('stays pairs while no link but an address ties them', async () => {
    expect(await groupsIn([...devices, ...at('one', monday, pairs.flat())])).toEqual(pairs)
  })

  test('does not exist where every account is alone: addresses join, they do not link', async () => {
    const events = [...at('one', monday, pairs.flat()), ...at('two', monday, pairs.flat())]

    expect(await groupsIn(events)).toEqual([])
  })
})

describe('two pairs', () => {
  const onAddresses = (count: number, ipClass?: IdentifierClass): readonly StoredEvent[] =>
    names(count, 'address').flatMap((address) =>
      at(address, monday, both).map((event) => (ipClass ? onClass(ipClass, event) : event)),
    )

  test.each([
    [undefined, 1, 2],
    ['residential', 1, 2],
    ['datacenter', 1, 2],
    ['mobile', 3, 4],
    ['vpn', 7, 8],
    ['tor', 7, 8],
    ['relay', 7, 8],
  ] as const)('behind addresses of class %s are two at %i and one at %i', async (ipClass, few, enough) => {
    expect(await stitched(onAddresses(few, ipClass), [ann, bea])).toEqual([ann, bea])
    expect(await stitched(onAddresses(enough, ipClass), [ann, bea])).toEqual([both])
  })

  test('behind one address in many weeks are two: an address speaks once', async () => {
    const events = [0, 7, 14, 21, 28].flatMap((later) => at('one', monday + later, both))

    expect(await stitched(events, [ann, bea])).toEqual([ann, bea])
  })

  test('who used the addresses in different weeks are two, Sunday and Monday too', async () => {
    const apart = (later: number): readonly StoredEvent[] =>
      ['one', 'two'].flatMap((address) => [
        ...at(address, monday + 6, ann),
        ...at(address, monday + later, bea),
      ])

    expect(await stitched(apart(0), [ann, bea])).toEqual([both])
    expect(await stitched(apart(6), [ann, bea])).toEqual([both])
    expect(await stitched(apart(-1), [ann, bea])).toEqual([ann, bea])
    expect(await stitched(apart(7), [ann, bea])).toEqual([ann, bea])
  })

  test('of whom one has one account on them are two', async () => {
    const events = [
      ...['one', 'two'].flatMap((address) => at(address, monday, [...ann, 'bea0', 'lone'])),
      ...at('away', monday, ['bea1']),
    ]

    expect(await stitched(events, [ann, bea])).toEqual([ann, bea])
  })

  test('are no witnesses of networks above their address', async () => {
    const networks = both.map((account) => seen(account, ['ip24:x', 'ip24:y', 'asn:z'], { at: start }))

    expect(await stitched(networks, [ann, bea])).toEqual([ann, bea])
  })
})

describe('strangers on the addresses', () => {
  const withStrangers = (count: number): readonly StoredEvent[] =>
    ['one', 'two'].flatMap((address) => at(address, monday, [...both, ...names(count, 'stranger')]))

  test('may be as many as the members, and no more', async () => {
    expect(await stitched(withStrangers(4), [ann, bea])).toEqual([both])
    expect(await stitched(withStrangers(5), [ann, bea])).toEqual([ann, bea])
  })

  test('make a household behind a carrier no ring, however many addresses its exit has', async () => {
    const carrier = names(20, 'exit').flatMap((exit, i) =>
      at(exit, monday, [...both, ...names(8, `street${i}x`)]).map((event) => onClass('mobile', event)),
    )

    expect(await stitched(carrier, [ann, bea])).toEqual([ann, bea])
  })
})

test('a crowd of up to eighty may be one farm, a larger one is not', async () => {
  const pairs = (count: number) => names(count, 'pair').map((pair) => [`${pair}a`, `${pair}b`] as const)
  const crowd = (count: number): readonly StoredEvent[] =>
    ['one', 'two'].flatMap((address) => at(address, monday, pairs(count).flat()))

  expect(await stitched(crowd(40), pairs(40))).toEqual([pairs(40).flat()])
  expect(await stitched([...crowd(40), ...at('one', monday, ['extra'])], pairs(40))).toEqual(pairs(40))
})

/** Few accounts, addresses and days, of three weeks, so that communities often meet. */
const world = fc.record({
  uses: fc.array(
    fc.record({ account: fc.nat(15), address: fc.nat(4), when: fc.constantFrom(3, 4, 5, 10, 11) }),
    { minLength: 20, maxLength: 80, size: 'max' },
  ),
  classes: fc.array(fc.constantFrom(undefined, undefined, 'mobile' as const, 'vpn' as const), {
    minLength: 5,
    maxLength: 5,
  }),
  communityOf: fc.array(fc.nat(5), { minLength: 16, maxLength: 16 }),
})

type World = typeof world extends fc.Arbitrary<infer T> ? T : never

const accounts = names(16, 'acct')
const addresses = [0, 1, 2, 3, 4]
const weeks = [[3], [4, 5, 10], [11]]

const eventsOf = ({ uses, classes }: World): readonly StoredEvent[] => [
  ...accounts.map((account) => seen(account, [`device:${account}`])),
  ...uses.flatMap(({ account, address, when }) => {
    const ipClass = classes[address]
    return at(`address${address}`, when, [accounts[account] ?? '']).map((event) =>
      ipClass ? onClass(ipClass, event) : event,
    )
  }),
]

const communitiesOf = ({ communityOf }: World): readonly (readonly string[])[] => [
  ...Map.groupBy(accounts, (_, account) => communityOf[account]).values(),
]

const countOn = (users: ReadonlySet<string>, community: readonly string[]): number =>
  community.filter((account) => users.has(account)).length

const usersOn = ({ uses }: World, address: number, days: readonly number[]): ReadonlySet<string> =>
  new Set(
    uses
      .filter((use) => use.address === address && days.includes(use.when))
      .map(({ account }) => accounts[account] ?? ''),
  )

/** Addresses that two communities have two members each on in one week, where such communities are half of all. */
const saying = (one: World, a: readonly string[], b: readonly string[]): readonly number[] =>
  addresses.filter((address) =>
    weeks.some((days) => {
      const users = usersOn(one, address, days)
      const counts = communitiesOf(one).map((community) => countOn(users, community))
      const together = counts.filter((count) => count >= 2).reduce((sum, count) => sum + count, 0)
      return countOn(users, a) >= 2 && countOn(users, b) >= 2 && together * 2 >= users.size
    }),
  )

const isSaid = (one: World, a: readonly string[], b: readonly string[]): boolean =>
  saying(one, a, b).reduce((sum, address) => sum + ipClassWeight(one.classes[address]), 0) >= 2

/** Joins two groups with communities that addresses tie, until there are none. */
function slowStitch(one: World): readonly (readonly string[])[] {
  let groups = communitiesOf(one).map((community) => [community])
  const tied = (x: (typeof groups)[number], y: (typeof groups)[number]): boolean =>
    x !== y && x.some((a) => y.some((b) => isSaid(one, a, b)))
  for (;;) {
    const x = groups.find((group) => groups.some((other) => tied(group, other)))
    if (!x) break
    const y = groups.find((other) => tied(x, other)) ?? []
    groups = [...groups.filter((group) => group !== x && group !== y), [...x, ...y]]
  }
  return groups
    .map((group) => group.flat().toSorted())
    .filter(({ length }) => length > 1)
    .toSorted((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1))
}

describe('stitching', () => {
  test('does what a slow oracle does, and often something', async () => {
    let joined = 0
    await fc.assert(
      fc.asyncProperty(world, async (one) => {
        const communities = communitiesOf(one).filter(({ length }) => length > 1)

        const groups = await stitched(eventsOf(one), communities)

        expect(groups).toEqual(slowStitch(one))
        if (groups.length < communities.length) joined += 1
      }),
      { numRuns: 200, seed: 5 },
    )
    expect(joined).toBeGreaterThan(20)
  })

  test('splits no community, and ties every part of what it joins by two addresses', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (one) => {
        const communities = communitiesOf(one)
        const groups = await stitched(eventsOf(one), communities)

        for (const community of communities.filter(({ length }) => length > 1)) {
          expect(groups.filter((group) => group.some((account) => community.includes(account)))).toHaveLength(
            1,
          )
        }
        for (const group of groups) {
          const parts = communities.filter((community) => group.includes(community[0] ?? ''))
          for (const part of parts.length > 1 ? parts : []) {
            const others = parts.filter((other) => other !== part)
            expect(others.some((other) => saying(one, part, other).length >= 2)).toBe(true)
          }
        }
      }),
    )
  })
})
