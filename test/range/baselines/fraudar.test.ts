import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fraudar } from '../../../range/baselines/fraudar/fraudar.ts'
import { leastTree } from '../../../range/baselines/fraudar/least-tree.ts'
import { type Bipartite, columnWeights, densestBlock } from '../../../range/baselines/fraudar/peel.ts'
import { flaggedIn, groupsOf, noLinks, tableOf } from './tables.ts'

/** Small enough to look at every set. */
const graphs: fc.Arbitrary<Bipartite> = fc
  .record({
    rows: fc.integer({ min: 1, max: 6 }),
    columns: fc.array(fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 5,
    }),
  })
  .map(({ rows, columns }) => ({
    rows,
    columns: columns.map((own) => [...new Set(own.map((row) => row % rows))]),
  }))

/** Millionths of weight inside a set of nodes, rows first. */
function weightInside(graph: Bipartite, nodes: ReadonlySet<number>): number {
  const weights = columnWeights(graph)
  let sum = 0
  graph.columns.forEach((own, column) => {
    if (!nodes.has(graph.rows + column)) return
    for (const row of own) if (nodes.has(row)) sum += weights[column] ?? 0
  })
  return sum
}

/** As the paper's algorithm 1 reads, everything worked out anew at every step. */
function slowBlock(graph: Bipartite): { nodes: readonly number[]; density: number } {
  const all = Array.from({ length: graph.rows + graph.columns.length }, (_, node) => node)
  const without = (nodes: ReadonlySet<number>, node: number) =>
    new Set([...nodes].filter((one) => one !== node))
  const loss = (nodes: ReadonlySet<number>, node: number): number =>
    weightInside(graph, nodes) - weightInside(graph, without(nodes, node))
  let nodes: ReadonlySet<number> = new Set(all.filter((node) => loss(new Set(all), node) > 0))
  let best = { nodes: [...nodes], density: weightInside(graph, nodes) / nodes.size }
  while (nodes.size > 1) {
    const left = nodes
    const least = Math.min(...[...left].map((node) => loss(left, node)))
    nodes = without(left, [...left].find((node) => loss(left, node) === least) ?? -1)
    const density = weightInside(graph, nodes) / nodes.size
    if (density > best.density) best = { nodes: [...nodes], density }
  }
  return best
}

const nodesOf = ({ rows, columns }: ReturnType<typeof densestBlock>, graph: Bipartite): readonly number[] => [
  ...rows,
  ...columns.map((column) => graph.rows + column),
]

describe('the densest block', () => {
  test('is the one that peeling by hand comes to', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const slow = slowBlock(graph)

        expect(nodesOf(densestBlock(graph), graph)).toEqual(slow.nodes)
        expect(densestBlock(graph).density * 1e6).toBeCloseTo(slow.density, 3)
      }),
      { numRuns: 300 },
    )
  })

  test('is at least half as dense as the best of all sets', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const count = graph.rows + graph.columns.length
        let best = 0
        for (let set = 1; set < 2 ** count; set += 1) {
          const nodes = new Set(
            Array.from({ length: count }, (_, node) => node).filter((node) => (set >> node) & 1),
          )
          best = Math.max(best, weightInside(graph, nodes) / nodes.size)
        }

        expect(densestBlock(graph).density * 1e6).toBeGreaterThanOrEqual(best / 2 - 1)
      }),
      { numRuns: 60 },
    )
  })

  test('of nothing is nothing', () => {
    expect(densestBlock({ rows: 3, columns: [] })).toEqual({ rows: [], columns: [], density: 0 })
  })
})

test('the least of all is found, however they change', () => {
  const changes = fc.array(fc.tuple(fc.nat(8), fc.integer({ min: -9, max: 9 }), fc.boolean()))
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 9, maxLength: 9 }), changes, (priorities, made) => {
      const tree = leastTree(Float64Array.from(priorities))
      const left = new Map(priorities.entries())
      for (const [item, amount, isRemoved] of made) {
        if (isRemoved) {
          tree.remove(item)
          left.delete(item)
        } else if (left.has(item)) {
          tree.add(item, amount)
          left.set(item, (left.get(item) ?? 0) + amount)
        }
        const least = Math.min(...left.values())
        expect(tree.least()).toBe([...left].find(([, priority]) => priority === least)?.[0])
      }
    }),
  )
})

const names = (count: number, prefix: string) => Array.from({ length: count }, (_, n) => `${prefix}${n + 10}`)
const ring = names(8, 'bad')
/** Everybody has three things with all. */
const crowd = names(200, 'good').flatMap((name) =>
  ['ip:all', 'promo:all', 'text:all'].map((what) => `${name} ${what}`),
)
const planted = ring.flatMap((name) => ['device:x', 'payment:y', 'phone:z'].map((what) => `${name} ${what}`))

describe('FRAUDAR', () => {
  const found = (uses: readonly string[], blocksPer10k = 1) => {
    const table = tableOf(uses)
    const { communityOf, flagged } = fraudar({ table, links: noLinks }, { blocksPer10k, addresses: 1 })
    return { groups: groupsOf(table, communityOf), flagged: flaggedIn(table, flagged) }
  }

  test('finds a dense block and acts on all of it', () => {
    expect(found([...crowd, ...planted])).toEqual({ groups: [ring.join(' ')], flagged: ring.join(' ') })
  })

  test('is not misled by ties to what everybody uses', () => {
    const camouflage = ring.flatMap((name) => [`${name} ip:all`, `${name} text:all`])

    expect(found([...crowd, ...planted, ...camouflage]).groups).toEqual([ring.join(' ')])
  })

  test('finds one block after another, and nobody twice', () => {
    const second = names(6, 'worse').flatMap((name) => [`${name} device:p`, `${name} payment:q`])
    const uses = [...crowd, ...planted, ...second, 'bad10 device:p']

    expect(found(uses, 1).groups).toEqual([ring.join(' ')])
    expect(found(uses, 2 * (10_000 / 214)).groups).toEqual([ring.join(' '), names(6, 'worse').join(' ')])
  })

  test('parts rings that are equally dense, and so come as one block', () => {
    const twin = planted.map((use) => use.replace('bad', 'twin').replace(/.$/, (what) => `twins-${what}`))

    expect(found([...crowd, ...planted, ...twin], 1).groups).toEqual([
      ring.join(' '),
      names(8, 'twin').join(' '),
    ])
  })
})

test('no tie to other identifiers makes a planted block less dense', () => {
  const block: Bipartite = { rows: 12, columns: Array.from({ length: 3 }, () => [0, 1, 2, 3, 4]) }
  const others = fc.array(fc.uniqueArray(fc.nat(11), { minLength: 1 }), { maxLength: 6 })
  const inside = new Set([0, 1, 2, 3, 4, 12, 13, 14])
  fc.assert(
    fc.property(others, (columns) => {
      const graph = { rows: 12, columns: [...block.columns, ...columns] }

      expect(weightInside(graph, inside)).toBe(weightInside(block, inside))
      expect(densestBlock(graph).density).toBeGreaterThanOrEqual(
        weightInside(block, inside) / inside.size / 2e6,
      )
    }),
  )
})
