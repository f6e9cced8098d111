import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { leidenModularity, modularity } from '../../../range/baselines/leiden-modularity/leiden.ts'
import { levelOf } from '../../../range/baselines/leiden-modularity/level.ts'

type Edges = readonly (readonly [number, number, number])[]

const pairsOf = (edges: Edges) => ({
  a: Int32Array.from(edges, ([a]) => a),
  b: Int32Array.from(edges, ([, b]) => b),
  weight: Float64Array.from(edges, ([, , weight]) => weight),
})

/** Newman & Girvan's definition, over every two nodes. */
function slowModularity(nodes: number, edges: Edges, labels: ArrayLike<number>, resolution = 1): number {
  const between = (a: number, b: number) =>
    edges.reduce((sum, [x, y, w]) => sum + ((x === a && y === b) || (x === b && y === a) ? w : 0), 0)
  const all = Array.from({ length: nodes }, (_, node) => node)
  const strength = all.map((a) => all.reduce((sum, b) => sum + between(a, b), 0))
  const total = strength.reduce((sum, own) => sum + own, 0)
  let quality = 0
  for (const a of all) {
    for (const b of all) {
      if (labels[a] !== labels[b]) continue
      quality += between(a, b) - (resolution * (strength[a] ?? 0) * (strength[b] ?? 0)) / total
    }
  }
  return quality / total
}

/** The best modularity over every partition there is. */
function bestModularity(nodes: number, edges: Edges, resolution: number): number {
  let best = -Infinity
  const labels: number[] = []
  const assign = (node: number, used: number): void => {
    if (node === nodes) best = Math.max(best, slowModularity(nodes, edges, labels, resolution))
    for (let label = 0; node < nodes && label <= used; label += 1) {
      labels[node] = label
      assign(node + 1, Math.max(used, label + 1))
    }
  }
  assign(0, 0)
  return best
}

const graphs = (most: number): fc.Arbitrary<{ nodes: number; edges: Edges }> =>
  fc.integer({ min: 2, max: most }).chain((nodes) => {
    const places = Array.from({ length: nodes }, (_, a) =>
      Array.from({ length: a }, (__, b) => [b, a] as const),
    ).flat()
    return fc
      .subarray(places, { minLength: 1 })
      .chain((chosen) =>
        fc.tuple(...chosen.map(([a, b]) => fc.integer({ min: 1, max: 4 }).map((w) => [a, b, w] as const))),
      )
      .map((edges) => ({ nodes, edges }))
  })

const clique = (from: number, size: number): Edges =>
  Array.from({ length: size }, (_, a) =>
    Array.from({ length: a }, (__, b) => [from + b, from + a, 1] as const),
  ).flat()

test('modularity is what its definition says', () => {
  fc.assert(
    fc.property(graphs(7), fc.constantFrom(0.5, 1, 4), ({ nodes, edges }, resolution) => {
      const labels = leidenModularity(nodes, pairsOf(edges), resolution)

      expect(modularity(levelOf(nodes, pairsOf(edges), resolution), labels)).toBeCloseTo(
        slowModularity(nodes, edges, labels, resolution),
        10,
      )
    }),
  )
})

test('comes close to the best partition of small graphs, and nearly always is it', () => {
  let [seen, best] = [0, 0]
  fc.assert(
    fc.property(graphs(6), fc.constantFrom(1, 1, 2), ({ nodes, edges }, resolution) => {
      const labels = leidenModularity(nodes, pairsOf(edges), resolution)
      const found = slowModularity(nodes, edges, labels, resolution)
      const most = bestModularity(nodes, edges, resolution)
      seen += 1
      best += Number(found > most - 1e-9)

      expect(found).toBeLessThanOrEqual(most + 1e-9)
      expect(found).toBeGreaterThan(most - 0.1)
    }),
    { numRuns: 150, seed: 7 },
  )
  expect(best / seen).toBeGreaterThan(0.9)
})

describe('communities', () => {
  test('are connected, and no account alone would rather be elsewhere', () => {
    fc.assert(
      fc.property(graphs(14), ({ nodes, edges }) => {
        const labels = leidenModularity(nodes, pairsOf(edges))
        const quality = slowModularity(nodes, edges, labels)
        for (let node = 0; node < nodes; node += 1) {
          for (const label of [...new Set(labels), nodes]) {
            const moved = Array.from(labels, (own, other) => (other === node ? label : own))
            expect(slowModularity(nodes, edges, moved)).toBeLessThanOrEqual(quality + 1e-9)
          }
        }
        for (const label of new Set(labels)) {
          const inside = edges.filter(([a, b]) => labels[a] === label && labels[b] === label)
          const reached = new Set([label])
          for (let grew = true; grew; ) {
            const before = reached.size
            for (const [a, b] of inside) if (reached.has(a) || reached.has(b)) reached.add(a).add(b)
            grew = reached.size > before
          }
          expect(reached.size).toBe(labels.filter((own) => own === label).length)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('are planted cliques, and two at a time once there are many of them: the resolution limit', () => {
    const ring = (count: number): Edges =>
      Array.from({ length: count }, (_, n) => [
        ...clique(n * 4, 4),
        [n * 4, ((n + 1) % count) * 4 + 1, 1] as const,
      ]).flat()
    const communities = (count: number, resolution = 1) =>
      new Set(leidenModularity(count * 4, pairsOf(ring(count)), resolution)).size

    expect(communities(5)).toBe(5)
    expect(communities(60)).toBeLessThan(60)
    expect(communities(60, 5)).toBe(60)
  })
})
