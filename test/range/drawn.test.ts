/** Worlds whose figures every seed draws anew. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { WorldFigures } from '../../range/worlds/figures.ts'
import { figuresOf } from '../../range/worlds.ts'

const pairs = ['town', 'market', 'stream'].map((usual) => [usual, `${usual}-drawn`] as const)
const seed = fc.integer({ min: 0, max: 1e6 })

const figures = (world: string, of: number): WorldFigures => {
  const found = figuresOf(world, of)
  if (!found) throw new Error(`no world ${world}`)
  return found
}

/** Every share of 1 that a world's figures hold. */
const sharesOf = ({
  prevalence,
  known,
  mistaken,
  customs: { addressed, lockerUsers, sellers, coded, pastimes },
  networks: { carrierUsers, ipv6, vpn, relay, campus },
  sight: { browsers, mobile, collisions },
}: WorldFigures): readonly number[] =>
  [
    [prevalence, known, mistaken, addressed, lockerUsers, sellers, coded],
    [carrierUsers, ipv6, vpn.users, relay.users, campus.users, browsers, mobile],
    Object.values(pastimes),
    Object.values(collisions),
  ].flat()

describe.each(pairs)('%s and %s', (usual, drawn) => {
  test('have the same people and robbers, and figures that make a world', () => {
    fc.assert(
      fc.property(seed, (of) => {
        const [fixed, own] = [figures(usual, of), figures(drawn, of)]

        expect(own.populations.map(([one]) => one)).toEqual(fixed.populations.map(([one]) => one))
        expect(own.attacks.map(([one]) => one)).toEqual(fixed.attacks.map(([one]) => one))
        for (const [, weight] of [...own.populations, ...own.attacks]) expect(weight).toBeGreaterThan(0)
        for (const share of sharesOf(own)) expect(share).toBeGreaterThanOrEqual(0)
        for (const share of sharesOf(own)) expect(share).toBeLessThanOrEqual(1)
        expect(Number.isInteger(own.campaigns)).toBe(true)
        expect(Number.isInteger(own.networks.accountsPerAddress)).toBe(true)
        expect(Number.isInteger(own.customs.accountsPerLocker)).toBe(true)
        expect(own.noise).toEqual(fixed.noise)
      }),
    )
  })

  test('one keeps its figures, the other has the same for its seed and others for another', () => {
    fc.assert(
      fc.property(seed, seed, (one, other) => {
        fc.pre(one !== other)

        expect(figures(usual, one)).toBe(figures(usual, other))
        expect(figures(drawn, one)).toEqual(figures(drawn, one))
        expect(sharesOf(figures(drawn, one))).not.toEqual(sharesOf(figures(drawn, other)))
      }),
    )
  })

  test('lie about each other: a figure is as often above the usual as below', () => {
    const above = Array.from({ length: 400 }, (_, of) =>
      sharesOf(figures(drawn, of)).map((share, at) => share > (sharesOf(figures(usual, of))[at] ?? 0)),
    )
    // Prevalence and what is known are drawn from a range of their own.
    for (let at = 2; at < (above[0]?.length ?? 0); at++) {
      const share = above.filter((row) => row[at]).length / above.length
      const isNone = sharesOf(figures(usual, 0))[at] === 0
      expect(share).toBeGreaterThanOrEqual(isNone ? 0 : 0.4)
      expect(share).toBeLessThan(0.6)
    }
  })
})

test('draw apart from each other for one seed', () => {
  expect(figures('town-drawn', 1).prevalence).not.toBe(figures('market-drawn', 1).prevalence)
})

test('a name that no world has, has no figures', () => {
  for (const name of ['atlantis', 'toString', '', 'quiet-drawn']) expect(figuresOf(name, 1)).toBeUndefined()
})
