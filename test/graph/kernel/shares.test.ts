/** Components dealt into shares, whoever solves them, against the reference, byte for byte. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { referencePartition } from '../../../graph/communities/reference.ts'
import { kernelKeeper, type WithKernel } from '../../../graph/kernel/kept.ts'
import { componentSolver, type Helpers, type SolverOptions } from '../../../graph/kernel/partition.ts'
import { usualSearch } from '../../../graph/kernel/search.ts'
import { type Board, states } from '../../../graph/kernel/shares/board.ts'
import { dealComponents } from '../../../graph/kernel/shares/deal.ts'
import { helpToSolve } from '../../../graph/kernel/shares/solve.ts'
import { splitGraph } from '../../../graph/kernel/shares/split.ts'
import { clique, type Edge, graphOf, idsOf, pairsOf, ringOfCliques } from '../../support/core/communities.ts'
import { randomOf } from '../../support/random.ts'

const gammaMicro = 40_000
const inKernel = kernelKeeper()

/** Neighbourhoods beside each other, of some accounts each. */
function neighbourhoods(random: () => number, count: number): { edges: readonly Edge[]; accounts: number } {
  const edges: Edge[] = []
  let accounts = 0
  for (let one = 0; one < count; one++) {
    const size = 2 + Math.floor(random() * 30)
    for (let a = 0; a < size; a++)
      for (let b = a + 1; b < Math.min(size, a + 5); b++)
        if (random() < 0.7)
          edges.push({ a: accounts + a, b: accounts + b, weight: 10_000 + Math.floor(random() * 600_000) })
    accounts += size
  }
  return { edges, accounts }
}

/** Accounts of all neighbourhoods among each other, as they are when ids are drawn. */
function shuffled({ edges, accounts }: ReturnType<typeof neighbourhoods>, random: () => number) {
  const order = Array.from({ length: accounts }, (_, account) => ({ account, key: random() }))
  const numberOf = new Map(order.toSorted((x, y) => x.key - y.key).map(({ account }, i) => [account, i]))
  const numbered = (account: number): number => numberOf.get(account) ?? 0
  return {
    accounts,
    edges: edges.map(({ a, b, weight }) => {
      const [from, to] = [numbered(a), numbered(b)]
      return { a: Math.min(from, to), b: Math.max(from, to), weight }
    }),
  }
}

function expectRight(
  { edges, accounts }: { readonly edges: readonly Edge[]; readonly accounts: number },
  options: SolverOptions,
): void {
  const ids = idsOf(accounts)
  const right = referencePartition(graphOf(accounts, edges), { gammaMicro, ids })
  const { labels } = componentSolver({ inKernel, helpFrom: 0, ...options })(pairsOf(edges), {
    gammaMicro,
    ids,
  })
  expect(Buffer.from(labels.buffer).equals(Buffer.from(right.buffer))).toBe(true)
}

const takeOne = ({ taken }: Board): number => Atomics.add(taken, 0, 1)

/** What may become of a board that others are shown. */
const helping: Readonly<Record<string, (board: Board) => void>> = {
  'nobody who comes': () => {},
  'somebody who solves all': (board) => helpToSolve(board, inKernel),
  'somebody who solves one and a half': (board) => {
    const rest = board.costs.length - 1
    helpToSolve({ ...board, costs: board.costs.slice(0, 1) }, inKernel)
    if (rest > 0) Atomics.store(board.taken, 0, 2)
  },
  'somebody who fails': (board) =>
    helpToSolve(board, () => {
      throw new RangeError('There is no memory')
    }),
  'somebody who leaves with one': (board) => void takeOne(board),
  'somebody who leaves with all': (board) => {
    for (const _ of board.costs) takeOne(board)
  },
}
const hasty = { leastMs: 1, perCostMs: 0 }

describe.each(Object.entries(helping))('with %s', (_, show) => {
  test.each([1, 3])('beside %i threads at most, communities are those of the reference', (threads) => {
    const helpers: Helpers = { threads, show }
    fc.assert(
      fc.property(fc.integer(), fc.nat(30), (seed, count) => {
        const random = randomOf(seed)
        const world = shuffled(neighbourhoods(random, count), random)
        expectRight(world, { helpers, patience: hasty })
      }),
      { numRuns: 15 },
    )
  })
})

test('who takes no share is not waited for, and who solved one is believed', () => {
  const boards: Board[] = []
  const helpers: Helpers = { threads: 3, show: (board) => boards.push(board) }

  expectRight(neighbourhoods(randomOf(5), 60), { helpers })

  expect(boards).toHaveLength(1)
  expect(boards[0]?.costs.length).toBeGreaterThan(8)
  expect(boards[0]?.states.every((state) => state === states.solved)).toBe(true)
})

test('nobody is asked for help with few links, with one share, or where there is little beside a giant', () => {
  let shown = 0
  const helpers: Helpers = { threads: 1, show: () => (shown += 1) }

  expectRight(neighbourhoods(randomOf(7), 60), { helpers, helpFrom: 100_000 })
  expectRight(
    { edges: ringOfCliques(40, 5, { inside: 500_000, between: 300_000 }), accounts: 200 },
    { helpers },
  )

  expect(shown).toBe(0)

  const giant = ringOfCliques(800, 5, { inside: 500_000, between: 300_000 })
  const { edges, accounts } = neighbourhoods(randomOf(7), 30)
  const beside = edges.map(({ a, b, weight }) => ({ a: a + 4_000, b: b + 4_000, weight }))
  const together = { edges: [...giant, ...beside], accounts: accounts + 4_000 }
  expectRight(together, { helpers, helpFrom: 4 * edges.length })
  expect(shown).toBe(0)
  expectRight(together, { helpers, helpFrom: edges.length })
  expect(shown).toBe(1)
})

test('what fails with the caller is thrown, and nobody takes another share', () => {
  let board: Board | undefined
  const broken: WithKernel = () => {
    throw new RangeError('broken')
  }
  const { edges, accounts } = neighbourhoods(randomOf(9), 60)
  const helpers: Helpers = { threads: 1, show: (shown) => (board = shown) }
  const solve = componentSolver({ inKernel: broken, helpers, helpFrom: 0 })

  expect(() => solve(pairsOf(edges), { gammaMicro, ids: idsOf(accounts) })).toThrow('broken')

  expect(board?.taken[0]).toBe(board?.costs.length)
})

test('a graph that does not fit into one kernel is solved in shares, each of which does', () => {
  const { edges, accounts } = neighbourhoods(randomOf(3), 900)
  let [refused, solved] = [0, 0]
  const small = kernelKeeper(12)
  const counting: WithKernel = (work, instead) =>
    small(
      (kernel) => {
        const result = work(kernel)
        solved += 1
        return result
      },
      () => {
        refused += 1
        return instead()
      },
    )

  expectRight({ edges, accounts }, { inKernel: counting })

  expect({ refused, solved }).toEqual({ refused: 1, solved: expect.any(Number) })
  expect(solved).toBeGreaterThan(0)
})

describe('a giant', () => {
  const small = neighbourhoods(randomOf(4), 40)
  const giant = clique(small.accounts, 120, 90_000).slice(1)
  const split = splitGraph(pairsOf([...small.edges, ...giant]), {
    gammaMicro,
    accounts: small.accounts + 120,
  })
  const componentOfGiant = split.roots.length - 1
  const components = split.isLeft.filter((is) => is === 1).length

  test('has a share to itself, which is taken first', () => {
    const { shareOf, costs } = dealComponents(split, { threads: 1, search: usualSearch })

    expect(split.accounts[componentOfGiant]).toBe(120)
    expect(shareOf.filter((share) => share === 0)).toHaveLength(1)
    expect(shareOf[componentOfGiant]).toBe(0)
    expect(costs).toEqual(costs.toSorted((x, y) => y - x))
  })

  test('leaves the others to more shares where there are more threads', () => {
    const sharesFor = (threads: number) =>
      dealComponents(split, { threads, search: usualSearch }).costs.length

    expect(components).toBeGreaterThan(20)
    expect(sharesFor(1)).toBe(2)
    expect(sharesFor(8)).toBeGreaterThan(5)
    expect(sharesFor(1_000)).toBe(components)
  })
})
