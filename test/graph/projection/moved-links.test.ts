import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pairWriter } from '../../../graph/projection/link-pairs.ts'
import { movedLinks } from '../../../graph/projection/moved-links.ts'

const accounts = 6
const links = fc
  .uniqueArray(
    fc.record({ a: fc.nat(accounts - 1), b: fc.nat(accounts - 1), evidence: fc.integer({ min: 1, max: 2 }) }),
    {
      selector: ({ a, b }) => `${a} ${b}`,
    },
  )
  .map((all) => all.filter(({ a, b }) => a < b).toSorted((x, y) => x.a - y.a || x.b - y.b))

const pairsOf = (all: readonly { a: number; b: number; evidence: number }[]) => {
  const out = pairWriter()
  for (const { a, b, evidence } of all) out.push(a, b, evidence * 1_000_000)
  return out.pairs()
}

test('whoever has another link than before is found, whoever came or went', () => {
  fc.assert(
    fc.property(
      links,
      links,
      fc.array(fc.boolean(), { minLength: accounts, maxLength: accounts }),
      (had, has, stay) => {
        let next = 0
        const accountNow = Int32Array.from(stay, (is) => (is ? next++ : -1))
        const nameBefore = (account: number): number => accountNow[account] ?? -1

        const moved = movedLinks(pairsOf(had), pairsOf(has), { accountNow, accounts })

        const linksOf = (account: number, all: typeof had, nameOf: (one: number) => number) =>
          all
            .filter(({ a, b }) => nameOf(a) === account || nameOf(b) === account)
            .map(({ a, b, evidence }) => `${nameOf(a) === account ? nameOf(b) : nameOf(a)} ${evidence}`)
            .toSorted()
        const isOther = (account: number): boolean =>
          linksOf(account, had, nameBefore).join() !== linksOf(account, has, (one) => one).join()
        expect(moved).toEqual(Array.from({ length: accounts }, (_, account) => account).filter(isOther))
      },
    ),
    { numRuns: 500 },
  )
})
