import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { bridgesOf } from '../../../graph/rings/articulation.ts'

const link = fc.record({ a: fc.nat(9), b: fc.nat(9), evidence: fc.constant(1) }).filter(({ a, b }) => a < b)

test('bridges are the members without which two parts of two or more are left', () => {
  fc.assert(
    fc.property(fc.array(link, { maxLength: 16 }), (links) => {
      const accounts = Array.from({ length: 10 }, (_, i) => i)
      const parts = (removed: number): number[] => {
        const parent = new Map(accounts.filter((v) => v !== removed).map((v) => [v, v]))
        const root = (v: number): number => (parent.get(v) === v ? v : root(parent.get(v) ?? v))
        for (const { a, b } of links) if (a !== removed && b !== removed) parent.set(root(a), root(b))
        const near = new Set(
          links
            .filter(({ a, b }) => a === removed || b === removed)
            .map(({ a, b }) => root(a === removed ? b : a)),
        )
        return [...near].map((one) => [...parent.keys()].filter((v) => root(v) === one).length)
      }
      const expected = accounts.filter((v) => parts(v).filter((size) => size >= 2).length >= 2)

      expect([...bridgesOf(accounts, links)].toSorted((x, y) => x - y)).toEqual(expected)
    }),
    { numRuns: 500 },
  )
})
