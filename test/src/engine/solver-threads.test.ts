import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { detectRings, foundIn } from '../../../graph/detect.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { componentSolver, type Helpers, partition } from '../../../graph/kernel/partition.ts'
import { states } from '../../../graph/kernel/shares/board.ts'
import { solverThreads } from '../../../src/engine/solver-threads.ts'
import { type Edge, idsOf, pairsOf } from '../../support/core/communities.ts'
import { told, townHistory } from '../../support/core/histories.ts'
import { toldWorld } from '../../support/core/town.ts'
import { randomOf } from '../../support/random.ts'
import { tempDir } from '../../support/temp-dir.ts'

const gammaMicro = 40_000

/** Small neighbourhoods, and one of as many accounts as all of them if asked for. */
function drawn(seed: number, { accounts, hasGiant }: { accounts: number; hasGiant: boolean }) {
  const random = randomOf(seed)
  const edges: Edge[] = []
  const ends = accounts * (hasGiant ? 2 : 1)
  for (let a = 0; a < ends; a++) {
    const isGiants = a >= accounts
    const last = isGiants ? ends : Math.min(accounts, a + 30 - (a % 30))
    for (let b = a + 1; b < Math.min(last, a + 6); b++)
      if (random() < 0.6) edges.push({ a, b, weight: 10_000 + Math.floor(random() * 600_000) })
  }
  return { pairs: pairsOf(edges), ids: idsOf(ends) }
}

/** Tells what it was shown. */
function watched(helpers: Helpers): Helpers & { readonly shown: () => number } {
  let shown = 0
  return {
    threads: helpers.threads,
    show(board) {
      shown += 1
      helpers.show(board)
    },
    shown: () => shown,
  }
}

const bytes = (labels: Int32Array): Buffer => Buffer.from(labels.buffer)

test('one thread is the caller alone', () => {
  expect(solverThreads(1)).toBeUndefined()
})

describe.each([2, 3, 4])('%i threads', (threads) => {
  test('find the communities that one finds, byte for byte', async () => {
    await using helpers = solverThreads(threads)
    if (!helpers) throw new Error('There are helpers')
    const watching = watched(helpers)
    const solve = componentSolver({ helpers: watching, helpFrom: 0 })
    const world = fc.record({
      seed: fc.integer(),
      accounts: fc.integer({ min: 2, max: 3_000 }),
      hasGiant: fc.boolean(),
    })

    fc.assert(
      fc.property(world, ({ seed, ...shape }) => {
        const { pairs, ids } = drawn(seed, shape)
        const { labels } = solve(pairs, { gammaMicro, ids })
        expect(bytes(labels).equals(bytes(partition(pairs, { gammaMicro, ids })))).toBe(true)
      }),
      { numRuns: 25 },
    )
    expect(watching.shown()).toBeGreaterThan(10)
  })
})

test('a town has the same rings by three threads', async () => {
  const town = await toldWorld({ world: 'town', accounts: 500, seed: 4 })
  await using helpers = solverThreads(3)
  if (!helpers) throw new Error('There are helpers')
  const watching = watched(helpers)
  const kindOf = (kind: string) => shippedKinds.get(kind)
  const options = { kindOf, method: 'cpm-leiden', onProgress: () => {} } as const

  const solve = componentSolver({ helpers: watching, helpFrom: 0 })

  for await (const { state } of told(townHistory(town, 1).slice(0, 1))) {
    const alone = await detectRings(state, options)
    const together = await detectRings(state, { ...options, solve })
    expect(foundIn(together)).toEqual(foundIn(alone))
    expect(alone.rings.length).toBeGreaterThan(5)
  }
  expect(watching.shown()).toBe(1)
})

test('threads that die leave what they took to the caller', async () => {
  await using helpers = solverThreads(3)
  if (!helpers) throw new Error('There are helpers')
  const { pairs, ids } = drawn(6, { accounts: 20_000, hasGiant: true })
  let ended: Promise<void> | undefined
  const dying: Helpers = {
    threads: 2,
    show(board) {
      helpers.show(board)
      // Until they have taken something.
      Atomics.wait(board.states, 0, 0, 400)
      ended = Promise.resolve(helpers[Symbol.asyncDispose]())
    },
  }
  const solve = componentSolver({ helpers: dying, helpFrom: 0, patience: { leastMs: 300, perCostMs: 0 } })

  const { labels } = solve(pairs, { gammaMicro, ids })
  await ended

  expect(bytes(labels).equals(bytes(partition(pairs, { gammaMicro, ids })))).toBe(true)
})

test('threads work while the caller is blocked, and are replaced when they ended', async () => {
  await using helpers = solverThreads(2)
  if (!helpers) throw new Error('There are helpers')
  const { pairs, ids } = drawn(8, { accounts: 2_000, hasGiant: false })
  const right = partition(pairs, { gammaMicro, ids })
  const solvedByOthers: boolean[] = []
  const waiting: Helpers = {
    threads: helpers.threads,
    show(board) {
      helpers.show(board)
      Atomics.wait(board.states, 0, states.open, 30_000)
      solvedByOthers.push(Atomics.load(board.states, 0) === states.solved)
    },
  }
  const solve = componentSolver({ helpers: waiting, helpFrom: 0 })

  expect(solve(pairs, { gammaMicro, ids }).labels).toEqual(right)
  await helpers[Symbol.asyncDispose]()
  await setTimeout(20)
  expect(solve(pairs, { gammaMicro, ids }).labels).toEqual(right)

  expect(solvedByOthers).toEqual([true, true])
})

test('threads that sleep keep no process from ending', () => {
  using dir = tempDir()
  const module = new URL('../../../src/engine/solver-threads.ts', import.meta.url).href
  const nothing = '{ costs: [], taken: new Int32Array(new SharedArrayBuffer(4)) }'
  const script = join(dir.path, 'sleep.mjs')
  writeFileSync(script, `import { solverThreads } from '${module}'; solverThreads(2).show(${nothing})`)

  execFileSync(process.execPath, [script], { timeout: 30_000, stdio: 'ignore' })
})
