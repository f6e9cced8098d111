/** The kernel against the reference, byte for byte, and both against a slow one that shares no code with them. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { referencePartition } from '../../../graph/communities/reference.ts'
import { hashIds } from '../../../graph/communities/visit-order.ts'
import { partition } from '../../../graph/kernel/partition.ts'
import { clique, type Edge, graphOf, idsOf, pairsOf, ringOfCliques } from '../../support/core/communities.ts'
import { slowPartition } from '../../support/core/slow-leiden.ts'
import { randomOf } from '../../support/random.ts'

const usualGamma = 40_000

/** Some below gamma, and few to choose from, because ties are where order leaks in. */
const tied = [20_000, 40_000, 60_000, 100_000, 300_000, 900_000]

interface Drawn {
  readonly ids: readonly string[]
  readonly edges: readonly Edge[]
}

const drawn = (
  { accountsMax, edgesMax }: { accountsMax: number; edgesMax: number },
  weight: fc.Arbitrary<number>,
): fc.Arbitrary<Drawn> =>
  fc.integer({ min: 2, max: accountsMax }).chain((accounts) =>
    fc.record({
      // Ids whose hashes differ from run to run, ascending as accounts are.
      ids: fc
        .uniqueArray(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }), {
          minLength: accounts,
          maxLength: accounts,
        })
        .map((ids) => ids.toSorted()),
      edges: fc.uniqueArray(
        fc
          .record({ a: fc.nat(accounts - 1), b: fc.nat(accounts - 1), weight })
          .filter(({ a, b }) => a !== b)
          .map(({ a, b, weight: w }) => ({ a: Math.min(a, b), b: Math.max(a, b), weight: w })),
        { selector: ({ a, b }) => `${a}|${b}`, maxLength: edgesMax },
      ),
    }),
  )

/** Of so many random ids, those that share a first hash with another, ascending. */
function idsOfEqualHash(count: number): readonly string[] {
  const random = randomOf(17)
  const ids = [...new Set(Array.from({ length: count }, () => random().toString(36)))]
  const { high } = hashIds(ids)
  const withHash = Map.groupBy(ids, (_, i) => high[i])
  return [...withHash.values()]
    .filter(({ length }) => length > 1)
    .flat()
    .toSorted()
}

const gamma = fc.constantFrom(usualGamma, 45_000, 100_000, 330_000)

function expectParity(edges: readonly Edge[], ids: readonly string[], gammaMicro = usualGamma): void {
  const options = { gammaMicro, ids }
  const found = partition(pairsOf(edges), options)
  const right = referencePartition(graphOf(ids.length, edges), options)
  expect(Buffer.from(found.buffer).equals(Buffer.from(right.buffer))).toBe(true)
}

describe('the kernel finds what the reference finds', () => {
  test.each([
    ['equal weights', fc.constant(300_000)],
    ['tied weights', fc.constantFrom(...tied)],
    ['any weights', fc.integer({ min: 1, max: 1_000_000 })],
  ])('on random graphs of %s', (_, weight) => {
    fc.assert(
      fc.property(drawn({ accountsMax: 60, edgesMax: 220 }, weight), gamma, ({ ids, edges }, gammaMicro) => {
        expectParity(edges, ids, gammaMicro)
      }),
      { numRuns: 400 },
    )
  })

  test('on graphs of neighbourhoods, whose communities hang together in chains', () => {
    const world = fc.record({
      seed: fc.integer(),
      accounts: fc.integer({ min: 50, max: 600 }),
      reach: fc.nat(9),
    })
    fc.assert(
      fc.property(world, ({ seed, accounts, reach }) => {
        const random = randomOf(seed)
        const edges: Edge[] = []
        for (let a = 0; a < accounts; a++)
          for (let b = a + 1; b < Math.min(accounts, a + reach + 3); b++)
            if (random() < 0.6) edges.push({ a, b, weight: tied[Math.floor(random() * tied.length)] ?? 1 })

        expectParity(edges, idsOf(accounts))
      }),
      { numRuns: 100 },
    )
  })

  test.each([3, 40, 2_500])('on rings of %i cliques', (count) => {
    for (const size of [2, 5, 9]) {
      const edges = ringOfCliques(count, size, { inside: 500_000, between: 300_000 })
      expectParity(edges, idsOf(count * size))
    }
  })

  test.each([1, 2, 11, 49, 3_000])('on a star of %i points, and on points that touch', (points) => {
    const star = Array.from({ length: points }, (_, i) => ({ a: 0, b: i + 1, weight: 900_000 }))
    const rim = star.slice(1).map(({ b }) => ({ a: b - 1, b, weight: 100_000 }))

    expectParity(star, idsOf(points + 1))
    expectParity([...star, ...rim], idsOf(points + 1))
  })

  test('on cliques that lack an edge, of all sizes that are sorted in one way or the other', () => {
    for (const size of [3, 4, 11, 47, 48, 49, 50, 130]) {
      const edges = clique(0, size, 60_000).slice(1)
      expectParity(edges, idsOf(size))
    }
  })

  test('on one giant component among small ones, of more accounts than get sixteen starts', () => {
    const random = randomOf(11)
    const accounts = 15_000
    const seen = new Set<number>()
    const edges: Edge[] = []
    for (let i = 0; i < 50_000; i++) {
      const a = Math.floor(random() * accounts)
      // Mostly a neighbour, so that there is something to find; sometimes anybody, so that all hangs together.
      const b = random() < 0.85 ? a + 1 + Math.floor(random() * 8) : Math.floor(random() * accounts)
      const key = Math.min(a, b) * accounts + Math.max(a, b)
      if (b >= accounts || a === b || seen.has(key)) continue
      seen.add(key)
      edges.push({ a, b, weight: 10_000 + Math.floor(random() * 600_000) })
    }

    expectParity([...edges, ...clique(accounts, 4, 700_000)], idsOf(accounts + 4))
  })

  test('on ids whose first hashes are equal, so that the second ones decide who is visited first', () => {
    const twins = idsOfEqualHash(300_000)
    expect(twins.length).toBeGreaterThan(4)
    const random = randomOf(3)
    for (let i = 0; i < 300; i++) {
      // Everybody beside everybody, of two weights, so that twins compete for the same neighbours.
      const edges = twins.flatMap((_, a) =>
        twins.flatMap((_, b) =>
          a < b && random() < 0.4 ? [{ a, b, weight: random() < 0.5 ? 300_000 : 100_000 }] : [],
        ),
      )
      expectParity(edges, twins, 100_000)
    }
  })

  test('on nothing at all', () => {
    expectParity([], [])
    expectParity([], idsOf(3))
  })

  test('call after call, whatever the one before left behind', () => {
    const [large, small] = [
      ringOfCliques(300, 6, { inside: 500_000, between: 300_000 }),
      clique(0, 9, 50_000),
    ]

    for (let i = 0; i < 3; i++) {
      expectParity(large, idsOf(1_800))
      expectParity(small.slice(1), idsOf(9))
    }
  })
})

test('kernel and reference find what the rules say, step by step, on sets', () => {
  fc.assert(
    fc.property(
      drawn({ accountsMax: 16, edgesMax: 45 }, fc.constantFrom(...tied)),
      gamma,
      ({ ids, edges }, gammaMicro) => {
        const slow = slowPartition(ids, edges, gammaMicro)

        expect([...referencePartition(graphOf(ids.length, edges), { gammaMicro, ids })]).toEqual(slow)
        expect([...partition(pairsOf(edges), { gammaMicro, ids })]).toEqual(slow)
      },
    ),
    { numRuns: 250 },
  )
})
