/** A row is judged again only where some split of a tree parts it from what it was. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { everyRow } from '../../../graph/judging/rows.ts'
import { sharesOf, type TreeModel } from '../../../graph/judging/trees/model.ts'
import type { TreeNode } from '../../../graph/judging/trees/node.ts'
import { rowsParted, splitsOf } from '../../../graph/judging/trees/splits.ts'

const leaf = fc.integer({ min: -9, max: 9 })
const { node } = fc.letrec<{ node: TreeNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'large' },
    leaf,
    fc.tuple(
      fc.nat(1),
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom('left' as const, 'right' as const),
      tie('node'),
      tie('node'),
      leaf,
    ),
  ),
}))
const model: fc.Arbitrary<TreeModel> = fc.record({
  features: fc.constant(['x', 'y']),
  base: leaf,
  trees: fc.array(node, { minLength: 1, maxLength: 4 }),
})
const models = fc.tuple(model, model)

const figure = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.double({ min: -4, max: 4 }),
  fc.constant(Number.NaN),
)
const rows = 8
const column = fc
  .array(figure, { minLength: rows, maxLength: rows })
  .map((values) => Float64Array.from(values))
const columns = fc.tuple(column, column).map(([x, y]) => new Map(Object.entries({ x, y })))

const same = Int32Array.from(everyRow(rows).list)

test('of a row that no split parts from what it was every tree says what it said', () => {
  fc.assert(
    fc.property(models, columns, columns, (both, now, known) => {
      const parted = rowsParted(splitsOf(both), { now, known }, { rows: everyRow(rows), before: same })
      for (const one of both)
        for (const row of same)
          if (!parted.has(row)) expect(sharesOf(one, now, [row])).toEqual(sharesOf(one, known, [row]))
    }),
    { numRuns: 300 },
  )
})

test('a row that is parted has figures on both sides of a split', () => {
  fc.assert(
    fc.property(models, columns, columns, (both, now, known) => {
      const splits = splitsOf(both)
      const side = (value: number, edge: number): string =>
        Number.isNaN(value) ? 'none' : value <= edge ? 'up to it' : 'above'
      const isApart = (row: number): boolean =>
        [...splits].some(([name, edges]) =>
          edges.some((edge) => side(now.get(name)![row]!, edge) !== side(known.get(name)![row]!, edge)),
        )
      const parted = rowsParted(splits, { now, known }, { rows: everyRow(rows), before: same })
      for (const row of same) expect(parted.has(row)).toBe(isApart(row))
    }),
    { numRuns: 300 },
  )
})

test('rows are known by the numbers they had, new ones are always judged, and nobody else is', () => {
  fc.assert(
    fc.property(models, columns, fc.uniqueArray(fc.nat(rows - 1)), (both, known, asked) => {
      const before = Int32Array.from(same, (row) => (row === 0 ? -1 : rows - row))
      const now = new Map([...known].map(([name, own]) => [name, own.map((_, row) => own[before[row]!]!)]))
      const list = Int32Array.from(asked)
      const rowsAsked = { list, has: (row: number) => asked.includes(row) }
      const parted = rowsParted(splitsOf(both), { now, known }, { rows: rowsAsked, before })
      expect([...parted.list]).toEqual(asked.includes(0) ? [0] : [])
    }),
  )
})
