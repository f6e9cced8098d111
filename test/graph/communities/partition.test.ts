import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { componentsAbove } from '../../../graph/communities/components.ts'
import { louvain } from '../../../graph/communities/louvain.ts'
import { referencePartition } from '../../../graph/communities/reference.ts'
import { partition } from '../../../graph/kernel/partition.ts'
import {
  bestQuality,
  clique,
  type Edge,
  graphOf,
  groupsOf,
  idsOf,
  isConnected,
  pairsOf,
  ringOfCliques,
  slowQuality,
} from '../../support/core/communities.ts'

const gammaMicro = 40_000

const communities = (accounts: number, edges: readonly Edge[]): Int32Array =>
  partition(pairsOf(edges), { gammaMicro, ids: idsOf(accounts) })

/** Few distinct weights, because ties are where order leaks in; some below gamma. */
const weight = fc.constantFrom(20_000, 40_000, 60_000, 100_000, 300_000, 900_000)

const graph = (accountsMax: number, edgesMax: number) =>
  fc.integer({ min: 2, max: accountsMax }).chain((accounts) =>
    fc.record({
      accounts: fc.constant(accounts),
      edges: fc.uniqueArray(
        fc
          .record({ a: fc.nat(accounts - 1), b: fc.nat(accounts - 1), weight })
          .filter(({ a, b }) => a !== b)
          .map(({ a, b, weight: w }) => ({ a: Math.min(a, b), b: Math.max(a, b), weight: w })),
        { selector: ({ a, b }) => `${a}|${b}`, maxLength: edgesMax },
      ),
    }),
  )

describe('the objective', () => {
  test('no single account gains by moving, and no two communities by merging', () => {
    fc.assert(
      fc.property(graph(24, 60), ({ accounts, edges }) => {
        const labels = communities(accounts, edges)
        const quality = slowQuality(edges, labels, gammaMicro)

        for (let account = 0; account < accounts; account++) {
          for (const label of new Set([...labels, accounts])) {
            const moved = [...labels]
            moved[account] = label
            expect(slowQuality(edges, moved, gammaMicro)).toBeLessThanOrEqual(quality)
          }
        }
        for (const from of new Set(labels)) {
          for (const to of new Set(labels)) {
            const merged = [...labels].map((label) => (label === from ? to : label))
            expect(slowQuality(edges, merged, gammaMicro)).toBeLessThanOrEqual(quality)
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  test('is the best there is on small graphs, nearly always', () => {
    const worlds = fc.sample(graph(7, 14), { numRuns: 400, seed: 7 })

    const misses = worlds.filter(
      ({ accounts, edges }) =>
        slowQuality(edges, communities(accounts, edges), gammaMicro) <
        bestQuality(edges, accounts, gammaMicro),
    )

    expect(misses.length / worlds.length).toBeLessThanOrEqual(0.02)
  })
})

describe('communities', () => {
  test('are connected', () => {
    fc.assert(
      fc.property(graph(40, 90), ({ accounts, edges }) => {
        for (const group of groupsOf(communities(accounts, edges)))
          expect(isConnected(group, edges)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  test('do not depend on the order of edges or on how accounts are numbered', () => {
    const shuffled = graph(30, 70).chain(({ accounts, edges }) =>
      fc.record({
        accounts: fc.constant(accounts),
        edges: fc.constant(edges),
        order: fc.shuffledSubarray(edges, { minLength: edges.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ accounts, edges, order }) => {
        const flipped = order.map(({ a, b, weight: w }) => ({ a: b, b: a, weight: w }))

        const found = referencePartition(graphOf(accounts, flipped), { gammaMicro, ids: idsOf(accounts) })

        expect(found).toEqual(communities(accounts, edges))
      }),
    )
  })

  test('of two graphs side by side are those of each alone', () => {
    fc.assert(
      fc.property(graph(20, 40), graph(20, 40), (one, two) => {
        const shifted = two.edges.map(({ a, b, weight: w }) => ({
          a: a + one.accounts,
          b: b + one.accounts,
          weight: w,
        }))
        const ids = idsOf(one.accounts + two.accounts)
        const alone = (side: typeof one, from: number) => [
          ...partition(pairsOf(side.edges), {
            gammaMicro,
            ids: ids.slice(from, from + side.accounts),
          }),
        ]

        const together = partition(pairsOf([...one.edges, ...shifted]), { gammaMicro, ids })

        expect([...together]).toEqual([
          ...alone(one, 0),
          ...alone(two, one.accounts).map((label) => label + one.accounts),
        ])
      }),
    )
  })

  test('are named by their least account', () => {
    fc.assert(
      fc.property(graph(30, 60), ({ accounts, edges }) => {
        const labels = communities(accounts, edges)
        for (const group of groupsOf(labels)) expect(labels[group[0] ?? -1]).toBe(group[0])
      }),
    )
  })
})

describe('known graphs', () => {
  test('two cliques joined by one edge come apart exactly when the edge is too light for their sizes', () => {
    for (const [n1, n2] of [
      [4, 5],
      [4, 6],
      [5, 6],
      [3, 8],
      [6, 7],
    ] as const) {
      const edges = [
        ...clique(0, n1, 600_000),
        ...clique(n1, n2, 600_000),
        { a: 0, b: n1, weight: 1_000_000 },
      ]

      const found = groupsOf(communities(n1 + n2, edges)).length

      expect(found).toBe(1_000_000 < gammaMicro * n1 * n2 ? 2 : 1)
    }
  })

  test('of any sizes come apart exactly when the one edge between them is lighter than gamma for every pair', () => {
    const size = fc.integer({ min: 2, max: 12 })
    const between = fc.integer({ min: 41, max: 1_000 }).map((thousandths) => thousandths * 1_000)
    fc.assert(
      fc.property(size, size, between, (n1, n2, weight) => {
        // Where it is all the same, either is right.
        fc.pre(weight !== gammaMicro * n1 * n2)
        const edges = [...clique(0, n1, 900_000), ...clique(n1, n2, 900_000), { a: 0, b: n1, weight }]

        const found = groupsOf(communities(n1 + n2, edges)).map((group) => group.length)

        expect(found).toEqual(weight < gammaMicro * n1 * n2 ? [n1, n2] : [n1 + n2])
      }),
      { numRuns: 500 },
    )
  })

  test.each([10, 100, 1_000, 10_000])('a ring of %i cliques gives the cliques', (count) => {
    const edges = ringOfCliques(count, 5, { inside: 500_000, between: 300_000 })

    const groups = groupsOf(communities(count * 5, edges))

    expect(groups).toHaveLength(count)
    expect(
      groups.every(
        (group) => group.length === 5 && Math.floor((group[0] ?? 0) / 5) === Math.floor((group[4] ?? 0) / 5),
      ),
    ).toBe(true)
  })

  test.each([
    [100, 50],
    [1_000, 130],
    [10_000, 400],
  ])(
    'a ring of %i cliques is one component, and Louvain finds at most %i, which shows that the ring bites',
    (count, most) => {
      const edges = ringOfCliques(count, 5, { inside: 500_000, between: 300_000 })
      const ring = graphOf(count * 5, edges)

      expect(componentsAbove(ring, gammaMicro)).toHaveLength(1)
      expect(groupsOf(louvain(ring)).length).toBeLessThanOrEqual(most)
    },
  )

  test('two planted cliques joined by one edge: components join them, CPM does not', () => {
    const edges = [...clique(0, 8, 400_000), ...clique(8, 8, 400_000), { a: 0, b: 8, weight: 900_000 }]

    expect(componentsAbove(graphOf(16, edges), gammaMicro)).toHaveLength(1)
    expect(groupsOf(communities(16, edges)).map((group) => group.length)).toEqual([8, 8])
  })

  test('a complete graph comes apart where one account is tied too lightly', () => {
    const light = [50_000, 10_000, 10_000, 10_000, 10_000].map((weight, a) => ({ a, b: 5, weight }))

    expect(groupsOf(communities(6, [...clique(0, 5, 600_000), ...light]))).toEqual([[0, 1, 2, 3, 4], [5]])
  })

  test('empty, single, star, path and complete graphs', () => {
    const star = Array.from({ length: 10 }, (_, i) => ({ a: 0, b: i + 1, weight: 900_000 }))
    const path = Array.from({ length: 60 }, (_, i) => ({ a: i, b: i + 1, weight: 900_000 }))

    expect([...communities(0, [])]).toEqual([])
    expect([...communities(3, [])]).toEqual([0, 1, 2])
    expect(groupsOf(communities(11, star))).toHaveLength(1)
    expect(groupsOf(communities(30, clique(0, 30, 50_000)))).toHaveLength(1)
    const pieces = groupsOf(communities(61, path))
    expect(pieces.length).toBeGreaterThan(3)
    expect(pieces.every((piece) => isConnected(piece, path))).toBe(true)
  })
})

test('a graph with a loop, a pair given twice or an account out of range is refused', () => {
  expect(() => graphOf(2, [{ a: 1, b: 1, weight: 1 }])).toThrow(RangeError)
  expect(() => graphOf(2, [{ a: 0, b: 2, weight: 1 }])).toThrow(RangeError)
  expect(() =>
    graphOf(2, [
      { a: 0, b: 1, weight: 1 },
      { a: 1, b: 0, weight: 1 },
    ]),
  ).toThrow(RangeError)
})
