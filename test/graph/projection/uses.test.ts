import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Tie } from '../../../graph/evidence/account-facts.ts'
import { isToldAlready } from '../../../graph/evidence/seen-through.ts'
import type { Identifiers } from '../../../graph/projection/identifier-columns.ts'
import { identifiersOf } from '../../../graph/projection/identifier-writer.ts'
import { addedUses, numbersOf, toldUses } from '../../../graph/projection/link-table.ts'
import { mergeSorted } from '../../../graph/projection/merge-sorted.ts'
import { numbersIn, slotsAfter, slotsOf } from '../../../graph/projection/slots.ts'
import { changeUses } from '../../../graph/projection/uses/changed.ts'
import { usesLeft } from '../../../graph/projection/uses/left.ts'
import { tieOf, usedBy, userCount, usersOf } from '../../../graph/projection/uses/of.ts'
import {
  isTold,
  ownInOrder,
  type Uses,
  usesAnew,
  usesInOrder,
  usesOf,
} from '../../../graph/projection/uses/uses.ts'
import { tally } from '../../../graph/projection/weak/tally.ts'
import { compareText } from '../../../graph/state/order.ts'

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
      const first = uses.blocks.starts[identifier] ?? 0

      of.forEach((one, i) => {
        of.forEach((other, j) => {
          expect(isTold(uses.rows, first + i, first + j)).toBe(isToldAlready(one, other))
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

      expect(wholly(usesOf(usesLeft(addedOf(ties, ties.keys()), identifierNow), counts))).toEqual(
        wholly(usesOf(added.uses(), counts)),
      )
    }),
  )
})

/** Accounts and identifiers by name, so that they may come between those that are there. */
const person = fc.constantFrom(...'abcdefgh')
const things = [...'klmnop'].map((ref) => ({ kind: 'device', ref, mask: '' }))
const figures = fc.record({ firstAt: fc.nat(2), lastAt: fc.nat(2) })
const someTies = fc
  .uniqueArray(fc.tuple(tie, figures), { selector: ([{ ref }]) => ref, maxLength: 4 })
  .map((own) =>
    own.map(([one, at]) => renamed({ ...one, ...at })).toSorted((a, b) => (a.ref < b.ref ? -1 : 1)),
  )

/** Of things by their letters, as `tie` has them by number. */
function renamed({ ref, through = [], ...one }: Tie): Tie {
  const nameOf = (name: string) => things[Number(name.at(-1))]?.ref ?? ''
  return {
    ...one,
    ref: nameOf(ref),
    through: through.map((carrier) => `device:${nameOf(carrier)}`).toSorted(),
  }
}

const step = fc.record({
  told: fc.dictionary(person, fc.option(someTies), { maxKeys: 3 }),
  isAnew: fc.boolean(),
  forks: fc.boolean(),
})
type People = ReadonlyMap<string, readonly Tie[]>

const namesOf = (people: People): readonly string[] => [...people.keys()].toSorted()
const keysOf = (people: People): Identifiers => {
  const names = new Set([...people.values()].flatMap((own) => own.flatMap(namesIn)))
  return identifiersOf(things.filter(({ ref }) => names.has(ref)))
}
const namesIn = ({ ref, through = [] }: Tie): readonly string[] => [
  ref,
  ...through.map((carrier) => carrier.slice('device:'.length)),
]

function wholeOf(people: People, keysNow: Identifiers): Uses {
  const added = addedUses(numbersOf(keysNow))
  for (const [number, name] of namesOf(people).entries()) added.add(number, people.get(name) ?? [])
  return usesOf(added.uses(), { accounts: people.size, identifiers: keysNow.length })
}

const mergedBy = <Row>(
  rows: readonly Row[],
  changes: readonly Row[],
  textOf: (row: Row) => string,
  isGone: (row: Row) => boolean = () => false,
) =>
  mergeSorted(
    { length: rows.length, compareAt: (row, key: Row) => compareText(textOf(rows[row] as Row), textOf(key)) },
    changes
      .toSorted((a, b) => compareText(textOf(a), textOf(b)))
      .map((key) => ({ key, isGone: isGone(key) })),
  )

const wholly = (uses: Uses) => ({ ...usesInOrder(uses), own: ownInOrder(uses) })

test('uses after changes are as if they were written anew, and those before stay as they were', () => {
  let [logs, full] = [0, 0]
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      let people: People = new Map()
      let [keysNow, uses] = [identifiersOf([]), wholeOf(people, identifiersOf([]))]
      for (const { told, isAnew, forks } of steps) {
        const next = new Map(people)
        for (const [name, own] of Object.entries(told)) {
          if (own) next.set(name, own)
          else next.delete(name)
        }
        const known = [...keysNow, ...keysOf(next)]
        const keysThen = identifiersOf([...new Map(known.map((row) => [row.ref, row])).values()])
        const accounts = mergedBy(namesOf(people), Object.keys(told), String, (name) => !next.has(name))
        const identifiers = mergedBy([...keysNow], [...keysThen], ({ ref }) => ref)
        const change = {
          accounts,
          identifiers,
          told: accounts.changed.map((number) =>
            toldUses(next.get(namesOf(next)[number] ?? '') ?? [], numbersOf(keysThen)),
          ),
        }
        const before = wholly(uses)
        const isFull = uses.log.rows.length >= uses.log.rowsMax
        const changed = changeUses(isAnew ? usesAnew(uses) : uses, change)

        expect(wholly(changed.uses)).toEqual(wholly(wholeOf(next, keysThen)))
        expect(wholly(uses)).toEqual(before)
        for (const number of accounts.changed) {
          const name = namesOf(next)[number] ?? ''
          const other = (some: People, key: string) =>
            JSON.stringify(some.get(name)?.find(({ ref }) => ref === key))
          expect(changed.differing.get(number)?.toSorted((a, b) => a - b)).toEqual(
            [...[...keysThen].keys()].filter(
              (one) => other(people, keysThen.refAt(one)) !== other(next, keysThen.refAt(one)),
            ),
          )
        }
        const usersIn = (some: People, key: string) =>
          namesOf(some)
            .filter((name) => some.get(name)?.some(({ ref }) => ref === key))
            .join()
        expect(changed.regrouped).toEqual(
          [...[...keysThen].keys()].filter(
            (one) => usersIn(people, keysThen.refAt(one)) !== usersIn(next, keysThen.refAt(one)),
          ),
        )
        if (isFull) full += 1
        if (isFull || isAnew) expect(changed.uses.log).not.toBe(uses.log)
        else if (changed.uses.log === uses.log) logs += 1
        // Others may go on from the same table.
        if (!forks) [people, keysNow, uses] = [next, keysThen, changed.uses]
      }
    }),
    { numRuns: 300 },
  )
  expect(logs).toBeGreaterThan(500)
  expect(full).toBeGreaterThan(20)
})

test('who is gone has no number, whoever comes gets a slot that nobody had', () => {
  const known = slotsOf(3)
  const now = slotsAfter(known, { now: Int32Array.of(0, -1, 2), before: Int32Array.of(0, -1, 2) })
  const other = slotsAfter(known, { now: Int32Array.of(1, 2, 3), before: Int32Array.of(-1, 0, 1, 2) })

  expect([...now.slotOf]).toEqual([0, 3, 2])
  expect([...now.numberOf]).toEqual([0, -1, 2, 1])
  expect([...other.slotOf]).toEqual([4, 0, 1, 2])
  expect([...other.numberOf]).toEqual([1, 2, 3, -1, 0])
  expect([...numbersIn(now, Int32Array.of(3, 1, 2))]).toEqual([1, -1, 2])
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
