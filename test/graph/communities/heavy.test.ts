/** Sums of millionths pass 2^31 with two thousand certain links, and 2^32 soon after. */
import { describe, expect, test } from '@jest/globals'
import { aggregate, type Level, levelOf } from '../../../graph/communities/level.ts'
import { cpmQuality } from '../../../graph/communities/quality.ts'
import { partition } from '../../../graph/kernel/partition.ts'
import { clique, graphOf, groupsOf, idsOf, pairsOf } from '../../support/core/communities.ts'

const gammaMicro = 40_000
const certain = 1_000_000

const levelFor = (accounts: number, edges: ReturnType<typeof clique>): Level =>
  levelOf(
    graphOf(accounts, edges),
    Int32Array.from({ length: accounts }, (_, i) => i),
    new Int32Array(accounts).fill(-1),
  )

describe('sums beyond 32 bits are exact', () => {
  test('in the objective', () => {
    const level = levelFor(600, clique(0, 600, certain))
    const pairs = (600 * 599) / 2

    expect(cpmQuality(level, new Int32Array(600), gammaMicro)).toBe(pairs * (certain - gammaMicro))
  })

  test('of links between communities that have become nodes', () => {
    const level = levelFor(600, clique(0, 600, certain))
    const halves = Int32Array.from({ length: 600 }, (_, i) => (i < 300 ? 0 : 1))

    const { weights, sizes } = aggregate(level, halves, 2)

    expect([...weights]).toEqual([300 * 300 * certain, 300 * 300 * certain])
    expect([...sizes]).toEqual([300, 300])
  })

  test('up to 2^31 links of certainty, in a level that nobody could store account by account', () => {
    const links = 2 ** 31
    const level: Level = {
      nodes: 2,
      offsets: Int32Array.of(0, 1, 2),
      targets: Int32Array.of(1, 0),
      weights: Float64Array.of(links * certain + 1, links * certain + 1),
      sizes: Float64Array.of(2 ** 17, 2 ** 17),
    }
    const pairs = 2n ** 17n * (2n ** 18n - 1n)
    const exact = BigInt(links) * BigInt(certain) + 1n - BigInt(gammaMicro) * pairs

    expect(BigInt(cpmQuality(level, Int32Array.of(0, 0), gammaMicro))).toBe(exact)
  })
})

test('two crowds of certain links, and a third of them between: one, or two where gamma asks for more', () => {
  const [n, half] = [240, 120]
  // Every third pair across, so that the whole is no complete graph.
  const across = Array.from({ length: half * half }, (_, i) => ({
    a: Math.floor(i / half),
    b: half + (i % half),
    weight: certain,
  })).filter(({ a, b }) => (a + b) % 3 === 0)
  const pairs = pairsOf([...clique(0, half, certain), ...clique(half, half, certain), ...across])
  const found = (gamma: number) =>
    groupsOf(partition(pairs, { gammaMicro: gamma, ids: idsOf(n) })).map(({ length }) => length)

  expect(found(gammaMicro)).toEqual([n])
  expect(found(330_000)).toEqual([n])
  expect(found(340_000)).toEqual([half, half])
})
