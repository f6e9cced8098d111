import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type CalmGroups, distancesOf, measureHonest } from '../../../graph/judging/surprise.ts'
import { randomOf } from '../../support/random.ts'

/** Groups of some four families of honest people, and the last ones as given. */
function groups(honest: number, others: readonly Readonly<Record<string, number>>[], seed = 1) {
  const random = randomOf(seed)
  const rows = [
    ...Array.from({ length: honest }, (_, at) => ({
      size: 3 + (at % 4) + random() / 10,
      kindsShared: 1 + (at % 3) + random() / 10,
      'shareOn:device': (at % 4) / 4 + random() / 10,
      'members:labelledFraud': 0,
    })),
    ...others,
  ]
  const names = ['size', 'kindsShared', 'shareOn:device', 'members:labelledFraud']
  const valueOf = (row: Readonly<Record<string, number>>, name: string): number => row[name] ?? Number.NaN
  return {
    columns: new Map(names.map((name) => [name, Float64Array.from(rows, (row) => valueOf(row, name))])),
    calm: [...rows.keys()],
  }
}

const farm = { size: 40, kindsShared: 1, 'shareOn:device': 1 }
const family = { size: 4, kindsShared: 2, 'shareOn:device': 0.3 }

/** By what they themselves say is usual. */
const strangers = (columns: CalmGroups['columns'], rows: readonly number[]): ReadonlySet<number> => {
  const groups = { columns, rows, keyOf: String }
  const honest = measureHonest(groups)
  const unknown = new Float64Array(Math.max(-1, ...rows) + 1).fill(Number.NaN)
  const distances = distancesOf(groups, honest, unknown)
  return new Set(unknown.keys().filter((row) => (distances[row] ?? Number.NaN) > honest.distanceMax))
}

/** By all distances, sorted. */
function slowly(columns: ReadonlyMap<string, Float64Array>, rows: number): ReadonlySet<number> {
  const names = ['size', 'kindsShared', 'shareOn:device']
  const scaled = names.map((name) => {
    const values = [...(columns.get(name) ?? [])]
    const mean = values.reduce((sum, value) => sum + value, 0) / rows
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows)
    return values.map((value) => Math.max(-5, Math.min(5, (value - mean) / spread)))
  })
  const all = Array.from({ length: rows }, (_, row) => row)
  const distances = all.map((row) => {
    const others = all.filter((other) => other !== row)
    const apart = others.map((other) => Math.hypot(...scaled.map((column) => column[row]! - column[other]!)))
    return (
      apart
        .toSorted((a, b) => a - b)
        .slice(0, 5)
        .reduce((sum, one) => sum + one, 0) / 5
    )
  })
  const most = distances.toSorted((a, b) => a - b)[Math.ceil(0.99 * rows) - 1] ?? 0
  return new Set(all.filter((row) => distances[row]! > most))
}

describe('surprise', () => {
  test('is the mean distance to the five nearest', () => {
    for (const seed of [1, 2, 3]) {
      const { columns, calm } = groups(300, [farm, { ...farm, size: 30 }], seed)

      expect(strangers(columns, calm)).toEqual(slowly(columns, calm.length))
    }
  })

  test('is what no honest group is like', () => {
    const { columns, calm } = groups(400, [farm, family])

    const found = strangers(columns, calm)

    expect(found.has(400)).toBe(true)
    expect(found.has(401)).toBe(false)
  })

  test('keeps at one group in a hundred, however many are alike', () => {
    for (const honest of [100, 400, 2_500]) {
      const { columns, calm } = groups(honest, [farm])

      expect(strangers(columns, calm).size).toBeLessThanOrEqual(Math.ceil(0.02 * calm.length))
    }
  })

  test('is nothing where few honest groups are known, and never of groups that were not asked for', () => {
    const few = groups(98, [farm])
    const { columns, calm } = groups(400, [farm])

    expect(strangers(few.columns, few.calm).size).toBe(0)
    expect(strangers(new Map(), []).size).toBe(0)
    expect(strangers(columns, calm.slice(0, -1)).has(400)).toBe(false)
  })

  test('does not hear labels', () => {
    const labelled = { ...family, 'members:labelledFraud': 1 }
    const { columns, calm } = groups(400, [labelled])

    expect(strangers(columns, calm).has(400)).toBe(false)
  })

  test('does not depend on what unit a figure is in', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1_000, noNaN: true }),
        fc.integer({ min: 1, max: 50 }),
        (unit, seed) => {
          const { columns, calm } = groups(150, [farm], seed)
          const scaled = new Map(columns).set(
            'size',
            (columns.get('size') ?? new Float64Array()).map((size) => size * unit),
          )

          expect(strangers(scaled, calm)).toEqual(strangers(columns, calm))
        },
      ),
      { numRuns: 20 },
    )
  })
})
