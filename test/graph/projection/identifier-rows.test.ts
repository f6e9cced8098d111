import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  compareIdentifiers,
  type IdentifierRow,
  type Identifiers,
} from '../../../graph/projection/identifier-columns.ts'
import {
  columnsOf,
  identifiersAfter,
  identifiersOf,
  identifierWriter,
} from '../../../graph/projection/identifier-writer.ts'
import { mergeSorted } from '../../../graph/projection/merge-sorted.ts'

const identifier = fc
  .record({
    kind: fc.constantFrom('device', 'ip', 'zz'),
    ref: fc.string({ maxLength: 2 }),
    mask: fc.constantFrom('', 'a', 'b'),
    found: fc.option(fc.constantFrom('vpn' as const, 'mobile' as const)),
  })
  .map(({ found, ...row }): IdentifierRow => (found ? { ...row, class: found } : row))
const identifiers = fc.uniqueArray(identifier, {
  selector: ({ kind, ref }) => `${kind}:${ref}`,
  maxLength: 10,
})
test('identifiers are read as they were written, in order, and found by kind and ref', () => {
  fc.assert(
    fc.property(identifiers, identifier, (rows, other) => {
      const told = identifiersOf(rows)

      const sorted = rows.toSorted(compareIdentifiers)
      expect([...told]).toEqual(sorted)
      sorted.forEach((row, number) => {
        expect([told.kindAt(number), told.refAt(number), told.classAt(number)]).toEqual([
          row.kind,
          row.ref,
          row.class,
        ])
        expect(told.nameAt(number)).toBe(`${row.kind}:${row.ref}`)
      })
      for (const key of [other, ...rows])
        expect(told.numberOf(key)).toBe(sorted.findIndex((one) => compareIdentifiers(one, key) === 0))
      for (const kind of ['device', 'ip', 'none'])
        expect([...told.ofKind(kind)]).toEqual([...sorted.keys()].filter((one) => sorted[one]?.kind === kind))
    }),
  )
})

test('identifiers copied with others between are what they would be written anew, to the last column', () => {
  const merge = (known: Identifiers, found: readonly IdentifierRow[]): Identifiers => {
    const merged = mergeSorted(
      { length: known.length, compareAt: (row, key: IdentifierRow) => known.compareAt(row, key) },
      found.map((key) => ({ key, isGone: false })),
    )
    return identifiersAfter(known, merged, found)
  }
  fc.assert(
    fc.property(fc.array(identifiers, { minLength: 2, maxLength: 12 }), ([first = [], ...all]) => {
      let [had, known] = [first, identifiersOf(first)]
      for (const more of all) {
        const before = columnsOf(known)
        const now = merge(known, more.toSorted(compareIdentifiers))

        const kept = had.filter((one) => !more.some((other) => compareIdentifiers(one, other) === 0))
        expect(columnsOf(now)).toEqual(columnsOf(identifiersOf([...kept, ...more])))
        expect([...now]).toEqual([...kept, ...more].toSorted(compareIdentifiers))
        expect(columnsOf(known)).toEqual(before)
        ;[had, known] = [[...kept, ...more], now]
      }
    }),
    { numRuns: 300 },
  )
})

test('identifiers are copied from more than one place', () => {
  fc.assert(
    fc.property(identifiers, identifiers, (some, others) => {
      const [one, two] = [identifiersOf(some), identifiersOf(others)]
      const out = identifierWriter()
      const rows: IdentifierRow[] = []

      for (let row = 0; row < Math.max(one.length, two.length); row++) {
        for (const from of [one, two]) {
          if (row >= from.length) continue
          out.copyAll(from.found.rows, { first: row, end: row + 1 })
          rows.push(...[...from].slice(row, row + 1))
        }
      }

      expect([...out.identifiers()]).toEqual(rows)
    }),
  )
})
