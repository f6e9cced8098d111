import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { DirectLink } from '../../../../graph/explain/link.ts'
import { blockName, blocksOf } from '../../../../graph/explain/picture/blocks.ts'
import { names } from '../../../support/core/tables.ts'

const link = (a: string, b: string, probability: number): DirectLink => ({
  a,
  b,
  probability,
  evidence: -Math.log1p(-probability),
  shared: [],
})

const clique = (accounts: readonly string[], probability: number): readonly DirectLink[] =>
  accounts.flatMap((a, i) => accounts.slice(i + 1).map((b) => link(a, b, probability)))

describe('blocks', () => {
  test('are the parts that are tied to each other more than to the rest, largest first', () => {
    const [many, few] = [names(5, 'm'), names(3, 'f')]
    const links = [
      ...clique(few, 0.9),
      ...clique(many, 0.9),
      link('f000', 'm000', 0.9),
      link('f001', 'm001', 0.9),
    ]

    const blocks = blocksOf([...few, ...many], links)

    expect(many.map((account) => blocks.get(account))).toEqual([0, 0, 0, 0, 0])
    expect(few.map((account) => blocks.get(account))).toEqual([1, 1, 1])
  })

  test('of a ring that holds together are one', () => {
    const accounts = names(6, 'a')

    expect(new Set(blocksOf(accounts, clique(accounts, 0.99)).values())).toEqual(new Set([0]))
  })

  const pairs = fc.uniqueArray(
    fc.tuple(fc.nat(11), fc.nat(11), fc.constantFrom(0.1, 0.5, 0.9)).filter(([a, b]) => a < b),
    { selector: ([a, b]) => `${a} ${b}`, minLength: 10, maxLength: 40 },
  )

  test('do not depend on the order links come in, and have three accounts or more', () => {
    fc.assert(
      fc.property(
        pairs.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([one, other]) => {
          const accounts = names(12, 'a')
          const made = [one, other].map((all) =>
            blocksOf(
              accounts,
              all.map(([a, b, p]) => link(accounts[a] ?? '', accounts[b] ?? '', p)),
            ),
          )
          expect(made[0]).toEqual(made[1])
          for (const block of Map.groupBy(made[0]?.values() ?? [], (number) => number).values())
            expect(block.length).toBeGreaterThanOrEqual(3)
        },
      ),
    )
  })

  test('are named as columns of a sheet are', () => {
    expect([0, 25, 26, 27, 701, 702].map(blockName)).toEqual(['A', 'Z', 'AA', 'AB', 'ZZ', 'AAA'])
  })
})
