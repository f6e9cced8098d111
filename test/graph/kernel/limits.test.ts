/** What would overflow takes a wider path or is refused. */
import { describe, expect, test } from '@jest/globals'
import { type PairEdges, pairGraph } from '../../../graph/communities/pair-graph.ts'
import { type PartitionOptions, referencePartition } from '../../../graph/communities/reference.ts'
import { KernelFull, newKernel } from '../../../graph/kernel/instance.ts'
import { kernelKeeper } from '../../../graph/kernel/kept.ts'
import { componentSolver, partition, partitionIn } from '../../../graph/kernel/partition.ts'
import { clique, type Edge, groupsOf, idsOf, pairsOf, ringOfCliques } from '../../support/core/communities.ts'

const certain = 1_000_000

const right = (pairs: PairEdges, options: PartitionOptions): Int32Array =>
  referencePartition(pairGraph(options.ids.length, pairs), options)

/** A hub of certain links to a crowd, and a clique that hangs on it by one link, too light for so many accounts. */
function hubAndClique(points: number): { readonly edges: readonly Edge[]; readonly accounts: number } {
  const hub = Array.from({ length: points }, (_, i) => ({ a: 0, b: i + 1, weight: certain }))
  // What holds its points together without it, so that they would stay where they are were it to go.
  const belt = hub.flatMap(({ b }) =>
    [1, 2, 3, 4].flatMap((d) => (b + d <= points ? [{ a: b, b: b + d, weight: certain }] : [])),
  )
  const bridge = { a: 0, b: points + 1, weight: 50_000 }
  return { edges: [...hub, ...belt, bridge, ...clique(points + 1, 5, 900_000)], accounts: points + 6 }
}

const hubGamma = 20

describe('sums', () => {
  // 2^30 is where doubles take over, 2^31 and 2^32 are where whole numbers of 32 bits would have gone wrong.
  test.each([1_073, 1_074, 2_147, 2_148, 4_294, 4_295])(
    'of %i certain links at one account are exact, with all of them in one community',
    (points) => {
      const { edges, accounts } = hubAndClique(points)
      const options = { gammaMicro: hubGamma, ids: idsOf(accounts) }

      const found = partition(pairsOf(edges), options)

      expect(found).toEqual(right(pairsOf(edges), options))
      expect(groupsOf(found).map(({ length }) => length)).toEqual([points + 1, 5])
    },
  )

  test('are exact beside components that are light, in the same graph', () => {
    const { edges, accounts } = hubAndClique(2_500)
    const ring = ringOfCliques(40, 5, { inside: 500_000, between: 300_000 }).map(({ a, b, weight }) => ({
      a: a + accounts,
      b: b + accounts,
      weight,
    }))
    const pairs = pairsOf([...edges, ...ring])
    const options = { gammaMicro: hubGamma, ids: idsOf(accounts + 200) }

    expect(partition(pairs, options)).toEqual(right(pairs, options))
  })

  test('of a community as costly as 32 bits allow are exact', () => {
    // Gamma times 1,060 accounts is .95 of 2^30: more than any lighter degree lets a community grow to.
    const accounts = 1_060
    const pairs = pairsOf(clique(0, accounts, certain).slice(3))
    const options = { gammaMicro: 960_000, ids: idsOf(accounts) }

    expect(partition(pairs, options)).toEqual(right(pairs, options))
  })
})

describe('memory', () => {
  const accounts = 4_000
  const pairs = pairsOf(ringOfCliques(800, 5, { inside: 500_000, between: 300_000 }))
  const options = { gammaMicro: 40_000, ids: idsOf(accounts) }

  test('that cannot grow any more is refused, up to the size from which on the partition is right', () => {
    const partitionWithin = (pages: number) => {
      try {
        return partitionIn(newKernel(pages), pairs, options)
      } catch (error) {
        expect(error).toBeInstanceOf(KernelFull)
        return undefined
      }
    }

    const found = Array.from({ length: 40 }, (_, i) => partitionWithin(i + 1))

    const refused = found.findIndex((labels) => labels !== undefined)
    expect(refused).toBeGreaterThan(5)
    const expected = right(pairs, options)
    for (const labels of found.slice(refused)) expect(labels).toEqual(expected)
  })

  test('that does not suffice leaves the graph to the reference', () => {
    const inLittle = componentSolver({ inKernel: kernelKeeper(2) })
    const few = pairsOf(clique(0, 4, 500_000))

    expect(inLittle(pairs, options).labels).toEqual(right(pairs, options))
    expect(inLittle(few, { ...options, ids: idsOf(4) }).labels).toEqual(Int32Array.of(0, 0, 0, 0))
  })
})

describe('what is no input is refused', () => {
  const edges = clique(0, 3, 500_000)
  const options = { gammaMicro: 40_000, ids: idsOf(3) }
  const pairs = pairsOf(edges)

  test.each([0, -1, 1_000_001])('a weight of %i', (weight) => {
    expect(() => partition({ ...pairs, weight: Int32Array.of(500_000, weight, 500_000) }, options)).toThrow(
      /A weight is .* from 1 to 1,000,000/,
    )
  })

  test.each([
    ['that descend', [0, 1, 0], [2, 2, 1]],
    ['given twice', [0, 0, 1], [1, 1, 2]],
    ['of an account with itself', [0, 1, 1], [1, 1, 2]],
    ['the other way round', [0, 1, 2], [1, 2, 1]],
    ['with nobody', [0, 0, 1], [1, 2, 3]],
    ['below the first account', [-1, 0, 1], [1, 2, 2]],
  ])('pairs %s', (_, a, b) => {
    expect(() => partition({ ...pairs, a: Int32Array.from(a), b: Int32Array.from(b) }, options)).toThrow(
      /Pairs are of two accounts/,
    )
  })

  test('columns of different lengths', () => {
    expect(() => partition({ ...pairs, b: pairs.b.slice(1) }, options)).toThrow(
      'Columns of pairs differ in length',
    )
    expect(() => partition({ ...pairs, weight: new Int32Array(4) }, options)).toThrow(/differ in length/)
  })

  test.each([0, -1, 0.5, 1_000_001, Number.NaN])('a gamma of %d', (gammaMicro) => {
    expect(() => partition(pairs, { ...options, gammaMicro })).toThrow(/Gamma is a whole number/)
  })

  test('and the next call is answered', () => {
    expect(() => partition({ ...pairs, weight: new Int32Array(3) }, options)).toThrow(RangeError)
    expect(partition(pairs, options)).toEqual(Int32Array.of(0, 0, 0))
  })
})
