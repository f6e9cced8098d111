import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Tie } from '../../../graph/evidence/account-facts.ts'
import { type AccountTies, type Uses, usesOf } from '../../../graph/projection/uses.ts'
import { tally } from '../../../graph/projection/weak/tally.ts'

const identifiers = 6

const tie = fc.record({ days: fc.uniqueArray(fc.nat(50), { maxLength: 4 }), through: fc.boolean() }).map(
  ({ days, through }): Tie => ({
    kind: 'ip',
    ref: '',
    firstAt: Math.min(...days, 60),
    lastAt: Math.max(...days, 0),
    days: days.toSorted((a, b) => a - b),
    times: [],
    ...(through && { through: ['device:d1'] }),
  }),
)
const account = fc
  .uniqueArray(fc.tuple(fc.nat(identifiers - 1), tie), { selector: ([one]) => one, maxLength: identifiers })
  .map((rows): AccountTies => {
    const own = rows.toSorted(([a], [b]) => a - b)
    return { identifiers: Int32Array.from(own, ([one]) => one), ties: own.map(([, one]) => one) }
  })
const population = fc.array(account, { maxLength: 12 })

const inFull = (ties: readonly AccountTies[]): Uses => usesOf(ties, { accounts: ties.keys(), identifiers })

test('every tie is a use of its identifier, in order of accounts, with all that is known of it', () => {
  fc.assert(
    fc.property(population, (ties) => {
      const uses = inFull(ties)

      for (let identifier = 0; identifier < identifiers; identifier++) {
        const told = ties.flatMap(({ identifiers: own, ties: its }, user) => {
          const one = its[own.indexOf(identifier)]
          return one ? [{ user, one }] : []
        })
        const rows = [...uses.accounts.keys()].slice(uses.starts[identifier], uses.starts[identifier + 1])
        expect(rows.map((use) => uses.accounts[use])).toEqual(told.map(({ user }) => user))
        expect(rows.map((use) => uses.ties[use])).toEqual(told.map(({ one }) => one))
        expect(rows.map((use) => [uses.firstAt[use], uses.lastAt[use], uses.isThrough[use]])).toEqual(
          told.map(({ one }) => [one.firstAt, one.lastAt, one.through ? 1 : 0]),
        )
        expect(
          rows.map((use) => Array.from(uses.days.subarray(uses.dayStarts[use], uses.dayStarts[use + 1]))),
        ).toEqual(told.map(({ one }) => one.days))
      }
    }),
  )
})

test('uses of accounts that changed take the place of those they had; accounts and identifiers are numbered anew', () => {
  const change = fc.record({
    before: population,
    changed: fc.array(fc.option(account)),
    gone: fc.array(fc.nat(11)),
  })
  fc.assert(
    fc.property(change, ({ before, changed, gone }) => {
      const known = inFull(before)
      const stays = before
        .keys()
        .filter((one) => !gone.includes(one))
        .toArray()
      const now = [...stays.map((one, at) => changed[at] ?? before[one]), changed[stays.length]]
      const ties = now.map((one) => one ?? { identifiers: new Int32Array(), ties: [] })
      const touched = ties.keys().filter((one) => changed[one] || one >= stays.length)
      const accountNow = Int32Array.from(before, (_, one) =>
        gone.includes(one) || changed[stays.indexOf(one)] ? -1 : stays.indexOf(one),
      )
      const identifierBefore = Int32Array.from({ length: identifiers }, (_, one) => one)

      const again = usesOf(ties, {
        accounts: touched,
        identifiers,
        before: { uses: known, identifierBefore, accountNow },
      })

      expect(again).toEqual(inFull(ties))
    }),
  )
})

test('a tally counts what was added since it was emptied, however much that is', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer()))
  const counts = tally()
  fc.assert(
    fc.property(fc.array(values), fc.nat(3_000), (rounds, many) => {
      for (const round of [...rounds, Array.from({ length: many }, (_, i) => (i >> 1) * 4_096)]) {
        counts.clear()
        for (const value of round) counts.add(value)
        const wanted = Map.groupBy(round, (value) => value)
        for (const [value, all] of wanted) expect(counts.countOf(value)).toBe(all.length)
        expect(counts.countOf(-7)).toBe(wanted.get(-7)?.length ?? 0)
      }
    }),
    { numRuns: 10 },
  )
})
