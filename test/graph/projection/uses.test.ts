import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Tie } from '../../../graph/evidence/account-facts.ts'
import { isToldAlready } from '../../../graph/evidence/seen-through.ts'
import { identifiersOf } from '../../../graph/projection/identifier-columns.ts'
import { addedUses, numbersOf } from '../../../graph/projection/link-table.ts'
import { usesLeft } from '../../../graph/projection/uses/left.ts'
import { tieOf, usedBy, userCount, usersOf } from '../../../graph/projection/uses/of.ts'
import { isTold, type Uses, usesOf } from '../../../graph/projection/uses/uses.ts'
import { tally } from '../../../graph/projection/weak/tally.ts'

const keys = Array.from({ length: 6 }, (_, number) => ({ kind: 'device', ref: `d${number}`, mask: '' }))
const identifiers = keys.length
const numberOf = numbersOf(identifiersOf(keys))

const tie = fc
  .record({
    number: fc.nat(identifiers - 1),
    days: fc.uniqueArray(fc.nat(50), { maxLength: 4 }),
    times: fc.array(fc.nat(1_000), { maxLength: 2 }),
    through: fc.uniqueArray(fc.nat(identifiers - 1), { maxLength: 2 }),
  })
  .map(
    ({ number, days, times, through }): Tie => ({
      kind: 'device',
      ref: `d${number}`,
      firstAt: Math.min(...days, 60),
      lastAt: Math.max(...days, 0),
      days: days.toSorted((a, b) => a - b),
      times,
      through: through.map((carrier) => `device:d${carrier}`),
    }),
  )
const account = fc.uniqueArray(tie, { selector: ({ ref }) => ref, maxLength: identifiers })
const population = fc.array(account, { maxLength: 12 })

function addedOf(ties: readonly (readonly Tie[])[], accounts: Iterable<number>) {
  const added = addedUses(numberOf)
  // In any order.
  for (const one of [...accounts].toReversed()) added.add(one, ties[one] ?? [])
  return added.uses()
}

const inFull = (ties: readonly (readonly Tie[])[]): Uses =>
  usesOf(addedOf(ties, ties.keys()), { accounts: ties.length, identifiers })

const plain = ({ kind, ref, firstAt, lastAt, days, times, through = [] }: Tie): Tie => ({
  kind,
  ref,
  firstAt,
  lastAt,
  days,
  times,
  through,
})

test('every tie is a use of its identifier, in order of accounts, with all that is known of it', () => {
  fc.assert(
    fc.property(population, (ties) => {
      const table = { uses: inFull(ties), identifiers: identifiersOf(keys) }

      keys.forEach(({ ref }, identifier) => {
        const told = ties.flatMap((own, user) =>
          own.filter((one) => one.ref === ref).map((one) => ({ user, one })),
        )
        const users = Array.from(usersOf(table, identifier))
        expect(users).toEqual(told.map(({ user }) => user))
        expect(userCount(table, identifier)).toBe(told.length)
        expect(users.flatMap((user) => tieOf(table, user, identifier) ?? []).map(plain)).toEqual(
          told.map(({ one }) => one),
        )
      })
    }),
  )
})

test('every tie is of its account, in order of identifiers', () => {
  fc.assert(
    fc.property(population, (ties) => {
      const table = { uses: inFull(ties), identifiers: identifiersOf(keys) }

      ties.forEach((own, user) => {
        const told = own.toSorted((a, b) => numberOf(a) - numberOf(b))
        expect(Array.from(usedBy(table, user).identifiers)).toEqual(told.map(numberOf))
        expect(usedBy(table, user).ties.map(plain)).toEqual(told)
        keys.forEach((key, identifier) => {
          expect(tieOf(table, user, identifier) !== undefined).toBe(own.some(({ ref }) => ref === key.ref))
        })
      })
      for (const nobody of [-1, ties.length]) {
        expect(usedBy(table, nobody).ties).toEqual([])
        expect(tieOf(table, nobody, 0)).toBeUndefined()
      }
    }),
  )
})

test('two uses are told by hardware that both were seen through', () => {
  fc.assert(
    fc.property(population, fc.nat(identifiers - 1), (ties, identifier) => {
      const uses = inFull(ties)
      const of = ties.flatMap((own) => own.filter((one) => numberOf(one) === identifier))
      const first = uses.starts[identifier] ?? 0

      of.forEach((one, i) => {
        of.forEach((other, j) => {
          expect(isTold(uses, first + i, first + j)).toBe(isToldAlready(one, other))
        })
      })
    }),
  )
})

test('what is left without some identifiers is as if nobody had ever used them', () => {
  const without = fc.uniqueArray(fc.nat(identifiers - 1))
  fc.assert(
    fc.property(population, without, (ties, gone) => {
      const names = new Set(gone.map((number) => `device:d${number}`))
      const bare = ties.map((own) =>
        own.flatMap((one) =>
          names.has(`device:${one.ref}`)
            ? []
            : [{ ...one, through: (one.through ?? []).filter((carrier) => !names.has(carrier)) }],
        ),
      )
      const left = [...keys.keys()].filter((number) => !gone.includes(number))
      const identifierNow = Int32Array.from(keys, (_, number) => left.indexOf(number))

      const added = addedUses((key) => identifierNow[numberOf(key)] ?? -1)
      for (const [user, own] of bare.entries()) added.add(user, own)
      const counts = { accounts: ties.length, identifiers: left.length }

      expect(usesOf(usesLeft(addedOf(ties, ties.keys()), identifierNow), counts)).toEqual(
        usesOf(added.uses(), counts),
      )
    }),
  )
})

test('uses of accounts that changed take the place of those they had; accounts and identifiers are numbered anew', () => {
  const change = fc.record({
    before: population,
    changed: fc.array(fc.option(account)),
    gone: fc.array(fc.nat(11)),
    /** Numbers of identifiers before, by those they have now. */
    order: fc.shuffledSubarray([...keys.keys()], { minLength: identifiers }),
  })
  fc.assert(
    fc.property(change, ({ before, changed, gone, order }) => {
      const known = renumbered(inFull(before), order, before.length)
      const stays = before
        .keys()
        .filter((one) => !gone.includes(one))
        .toArray()
      const now = [...stays.map((one, at) => changed[at] ?? before[one]), changed[stays.length]]
      const ties = now.map((one) => one ?? [])
      const touched = ties.keys().filter((one) => changed[one] || one >= stays.length)
      const accountNow = Int32Array.from(before, (_, one) =>
        gone.includes(one) || changed[stays.indexOf(one)] ? -1 : stays.indexOf(one),
      )

      const again = usesOf(addedOf(ties, touched), {
        accounts: ties.length,
        identifiers,
        before: {
          uses: known,
          identifierBefore: Int32Array.from(order),
          identifierNow: Int32Array.from(keys, (_, one) => order.indexOf(one)),
          accountNow,
        },
      })

      expect(again).toEqual(inFull(ties))
    }),
  )
})

/** The same uses where identifier `i` has the number `order[i]`. */
function renumbered(uses: Uses, order: readonly number[], accounts: number): Uses {
  const rename = (values: Int32Array) => values.map((one) => order[one] ?? -1)
  const identifierAt = keys.flatMap((_, identifier) =>
    Array.from(usersOf({ uses }, identifier), () => order[identifier] ?? -1),
  )
  const added = { ...uses, through: rename(uses.through), identifiers: Int32Array.from(identifierAt) }
  return usesOf(added, { accounts, identifiers })
}

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
