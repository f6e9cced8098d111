import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { byPlace, type Place, pageAfter } from '../../../src/views/places.ts'

const places = fc.uniqueArray(
  fc.record({ value: fc.constantFrom(0, 0.5, 1), id: fc.string({ maxLength: 2 }) }),
  { selector: ({ id }) => id, maxLength: 12 },
)
const placeOf = (row: Place): Place => row

/** All pages, while rows come and go between them. */
function read(versions: readonly (readonly Place[])[], limit: number): readonly Place[] {
  const read: Place[] = []
  let after: Place | undefined
  for (let turn = 0; ; turn++) {
    const rows = versions[Math.min(turn, versions.length - 1)] ?? []
    const { page, next } = pageAfter(rows, { placeOf, after, limit })
    read.push(...page)
    // No page but the first is empty while nothing goes.
    if (versions.length === 1 && turn > 0) expect(page).not.toEqual([])
    if (!next) return read
    after = next
  }
}

test('pages together are all rows, in order, each once', () => {
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 5 }), (rows, limit) => {
      expect(read([rows], limit)).toEqual(rows.toSorted(byPlace))
    }),
  )
})

test('a row that stays is read once, whatever comes and goes meanwhile', () => {
  fc.assert(
    fc.property(
      fc.array(places, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 5 }),
      (all, limit) => {
        const isIn =
          ({ value, id }: Place) =>
          (rows: readonly Place[]) =>
            rows.some((row) => row.id === id && row.value === value)
        const stays = (all[0] ?? []).filter((row) => all.every(isIn(row)))

        const found = read(all, limit)

        for (const row of stays) expect(found.filter(({ id }) => id === row.id)).toEqual([row])
      },
    ),
  )
})
