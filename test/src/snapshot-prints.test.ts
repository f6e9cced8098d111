import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compareIdentifiers } from '../../graph/projection/identifier-columns.ts'
import { identifiersAfter, identifiersOf } from '../../graph/projection/identifier-writer.ts'
import { mergeSorted } from '../../graph/projection/merge-sorted.ts'
import { printOf } from '../../src/snapshot/uses/columns.ts'
import { printsOf } from '../../src/snapshot/uses/prints.ts'

const some = fc
  .uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 6 })
  .map((refs) => refs.toSorted().map((ref) => ({ kind: 'device', ref, mask: '' })))

test('prints are those of the identifiers there are, however their tables came of one another', () => {
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), (all) => {
      let known = identifiersOf([])
      for (const found of all) {
        const merged = mergeSorted(
          {
            length: known.length,
            compareAt: (row, key: (typeof found)[number]) => known.compareAt(row, key),
          },
          found.toSorted(compareIdentifiers).map((key) => ({ key, isGone: false })),
        )
        const before = known
        known = identifiersAfter(known, merged, found)
        for (const table of [known, before]) {
          const printAt = printsOf(table)
          for (let number = 0; number < table.length; number++)
            expect(printAt(number)).toEqual(printOf(table.kindAt(number), table.refAt(number)))
        }
      }
    }),
  )
})
