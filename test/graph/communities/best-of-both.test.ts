import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { bestOfBoth } from '../../../graph/communities/best-of-both.ts'
import { levelOf } from '../../../graph/communities/level.ts'
import { clique, type Edge, graphOf, slowQuality } from '../../support/core/communities.ts'

const gammaMicro = 40_000
const accounts = 12

const levelOfEdges = (edges: readonly Edge[]) =>
  levelOf(
    graphOf(accounts, edges),
    Int32Array.from({ length: accounts }, (_, account) => account),
    new Int32Array(accounts).fill(-1),
  )

/** Any grouping, each group named by its least. */
const labelling = fc
  .array(fc.nat(3), { minLength: accounts, maxLength: accounts })
  .map((groups) => Int32Array.from(groups, (group) => groups.indexOf(group)))

const edges = fc.uniqueArray(
  fc
    .record({
      a: fc.nat(accounts - 1),
      b: fc.nat(accounts - 1),
      weight: fc.constantFrom(20_000, 90_000, 300_000),
    })
    .filter(({ a, b }) => a < b),
  { selector: ({ a, b }) => `${a}|${b}`, maxLength: 40 },
)

const both = (given: readonly Edge[], one: Int32Array, other: Int32Array) =>
  bestOfBoth(levelOfEdges(given), { one, other, gammaMicro })

test('what is made of two is as good as either, of communities of theirs, and the first where neither is better', () => {
  fc.assert(
    fc.property(edges, labelling, labelling, (given, one, other) => {
      const found = both(given, one, other)
      const qualityOf = (labels: Int32Array) => slowQuality(given, labels, gammaMicro)
      const groupOf = (labels: Int32Array, account: number) =>
        [...labels.keys()].filter((mate) => labels[mate] === labels[account]).join()

      if (!found) {
        expect(qualityOf(other)).toBeLessThanOrEqual(qualityOf(one))
        return
      }
      expect(qualityOf(found)).toBeGreaterThan(qualityOf(one))
      expect(qualityOf(found)).toBeGreaterThanOrEqual(qualityOf(other))
      for (let account = 0; account < accounts; account++)
        expect([groupOf(one, account), groupOf(other, account)]).toContain(groupOf(found, account))
    }),
    { numRuns: 500 },
  )
})

test('each of two places is taken from whichever is better there', () => {
  const given = [...clique(0, 6, 300_000), ...clique(6, 6, 300_000)]
  const whole = (from: number) => Array.from({ length: 6 }, () => from)
  const halves = (from: number) => Array.from({ length: 6 }, (_, i) => (i < 3 ? from : from + 3))

  const found = both(
    given,
    Int32Array.from([...whole(0), ...halves(6)]),
    Int32Array.from([...halves(0), ...whole(6)]),
  )

  expect([...(found ?? [])]).toEqual([...whole(0), ...whole(6)])
})
