/** What would overflow takes a wider path or is refused. */
import { describe, expect, test } from '@jest/globals'
import { referencePartition } from '../../../graph/communities/reference.ts'
import { KernelFull, newKernel } from '../../../graph/kernel/instance.ts'
import { partition, partitioner, partitionIn } from '../../../graph/kernel/partition.ts'
import { clique, type Edge, graphOf, idsOf, ringOfCliques } from '../../support/core/communities.ts'

const certain = 1_000_000

const star = (points: number, weight: number): readonly Edge[] =>
  Array.from({ length: points }, (_, i) => ({ a: 0, b: i + 1, weight }))

describe('sums', () => {
  // 2^30 is where doubles take over, 2^31 and 2^32 are where whole numbers of 32 bits would have gone wrong.
  test.each([1_073, 1_074, 2_147, 2_148, 4_294, 4_295])(
    'of %i certain links at one account are exact, with all of them in one community',
    (points) => {
      const graph = graphOf(points + 1, star(points, certain))
      const options = { gammaMicro: 1, ids: idsOf(points + 1) }

      const found = partition(graph, options)

      expect(found).toEqual(referencePartition(graph, options))
      expect(new Set(found).size).toBe(1)
    },
  )

  test('are exact beside components that are light, in the same graph', () => {
    const [points, ring] = [2_500, ringOfCliques(40, 5, { inside: 500_000, between: 300_000 })]
    const shifted = ring.map(({ a, b, weight }) => ({ a: a + points + 1, b: b + points + 1, weight }))
    const accounts = points + 1 + 200
    const options = { gammaMicro: 200, ids: idsOf(accounts) }
    const graph = graphOf(accounts, [...star(points, certain), ...shifted])

    expect(partition(graph, options)).toEqual(referencePartition(graph, options))
  })

  test('of a community as costly as 32 bits allow are exact', () => {
    // Gamma times 1,060 accounts is .95 of 2^30: more than any lighter degree lets a community grow to.
    const accounts = 1_060
    const graph = graphOf(accounts, clique(0, accounts, certain).slice(3))
    const options = { gammaMicro: 960_000, ids: idsOf(accounts) }

    expect(partition(graph, options)).toEqual(referencePartition(graph, options))
  })
})

describe('memory', () => {
  const accounts = 4_000
  const graph = graphOf(accounts, ringOfCliques(800, 5, { inside: 500_000, between: 300_000 }))
  const options = { gammaMicro: 40_000, ids: idsOf(accounts) }

  test('that cannot grow any more is refused at every size, and never written past', () => {
    const pagesUsed = (() => {
      const kernel = newKernel()
      partitionIn(kernel, graph, options)
      return kernel.bytes() / 65_536
    })()

    expect(pagesUsed).toBeGreaterThan(5)
    for (let pages = 1; pages < pagesUsed; pages++)
      expect(() => partitionIn(newKernel(pages), graph, options)).toThrow(KernelFull)
    expect(partitionIn(newKernel(pagesUsed), graph, options)).toEqual(referencePartition(graph, options))
  })

  test('that does not suffice leaves the graph to the reference', () => {
    const inLittle = partitioner(2)

    expect(inLittle(graph, options)).toEqual(referencePartition(graph, options))
    expect(inLittle(graphOf(4, clique(0, 4, 500_000)), { ...options, ids: idsOf(4) })).toEqual(
      Int32Array.of(0, 0, 0, 0),
    )
  })
})

describe('what is no input is refused', () => {
  const edges = clique(0, 3, 500_000)
  const ids = idsOf(3)

  test.each([0, -1, 1_000_001])('a weight of %i', (weight) => {
    const graph = graphOf(3, [...edges.slice(1), { a: 0, b: 1, weight }])
    expect(() => partition(graph, { gammaMicro: 40_000, ids })).toThrow(/A weight is .* from 1 to 1,000,000/)
  })

  test.each([0, -1, 0.5, 1_000_001, Number.NaN])('a gamma of %d', (gammaMicro) => {
    expect(() => partition(graphOf(3, edges), { gammaMicro, ids })).toThrow(/Gamma is a whole number/)
  })

  test('ids that are not one an account', () => {
    expect(() => partition(graphOf(3, edges), { gammaMicro: 40_000, ids: idsOf(2) })).toThrow(
      '3 accounts need as many ids, not 2',
    )
  })

  test('and the next call is answered', () => {
    expect(() => partition(graphOf(3, edges), { gammaMicro: 0, ids })).toThrow(RangeError)
    expect(partition(graphOf(3, edges), { gammaMicro: 40_000, ids })).toEqual(Int32Array.of(0, 0, 0))
  })
})
