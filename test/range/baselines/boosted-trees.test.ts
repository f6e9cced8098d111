import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { binned, cutsOf } from '../../../range/baselines/boosted-trees/bins.ts'
import { boost, predict } from '../../../range/baselines/boosted-trees/boost.ts'
import { growTree } from '../../../range/baselines/boosted-trees/tree.ts'

const sample = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), fc.boolean()), {
    minLength: 8,
    maxLength: 60,
  })
  .map((rows) => ({
    columns: [Float64Array.from(rows, ([x]) => x), Float64Array.from(rows, ([, y]) => y)],
    answers: Uint8Array.from(rows, ([, , answer]) => Number(answer)),
  }))

const logLoss = (answers: Uint8Array, risks: Float64Array) =>
  answers.reduce((sum, answer, row) => sum - Math.log(answer ? (risks[row] ?? 0) : 1 - (risks[row] ?? 0)), 0)

describe('bins', () => {
  test('keep order, and few values each have their own', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 150 }), (values) => {
        const column = Float64Array.from(values)
        const cuts = cutsOf([column])
        const [bins] = binned([column], cuts)
        const distinct = new Set(values.map((value) => value + 0)).size
        values.forEach((value, at) => {
          values.forEach((other, place) => {
            if (value < other) expect(bins?.[at]).toBeLessThanOrEqual(bins?.[place] ?? 0)
            if (value < other && distinct <= 64) expect(bins?.[at]).not.toBe(bins?.[place])
          })
        })
        expect(Math.max(...(bins ?? []))).toBeLessThan(64)
      }),
      { numRuns: 40 },
    )
  })
})

test('the first cut is the best of all cuts', () => {
  fc.assert(
    fc.property(sample, ({ columns, answers }) => {
      const gradients = Float64Array.from(answers, (answer) => 0.5 - answer)
      const curvatures = new Float64Array(answers.length).fill(0.25)
      const bins = binned(columns, cutsOf(columns))
      const worth = (rows: readonly number[]) =>
        rows.reduce((sum, row) => sum + (gradients[row] ?? 0), 0) ** 2 / (rows.length * 0.25 + 1)
      const all = [...answers.keys()]
      const gainOf = (column: number, end: number) => {
        const left = all.filter((row) => (columns[column]?.[row] ?? 0) <= end)
        const right = all.filter((row) => (columns[column]?.[row] ?? 0) > end)
        return Math.min(left.length, right.length) < 4 ? 0 : worth(left) + worth(right) - worth(all)
      }
      const best = Math.max(
        0,
        ...columns.flatMap((values, column) => [...values].map((end) => gainOf(column, end))),
      )
      const tree = growTree(
        bins,
        { gradients, curvatures },
        { depthMax: 1, rowsMin: 4, shrinkage: 1, rows: Int32Array.from(all) },
      )

      if (!('column' in tree)) return expect(best).toBeLessThan(1e-8)
      const values = columns[tree.column] ?? new Float64Array()
      const end = Math.max(
        ...all.filter((row) => (bins[tree.column]?.[row] ?? 0) <= tree.bin).map((row) => values[row] ?? 0),
      )
      expect(gainOf(tree.column, end)).toBeCloseTo(best, 8)
    }),
  )
})

test('more trees fit what was seen better', () => {
  fc.assert(
    fc.property(sample, ({ columns, answers }) => {
      const losses = [0, 1, 5, 20].map((rounds) =>
        logLoss(answers, predict(boost(columns, answers, { rounds }), columns)),
      )

      losses.slice(1).forEach((loss, at) => expect(loss).toBeLessThanOrEqual((losses[at] ?? 0) + 1e-9))
    }),
  )
})

test('neither the order of rows nor a stretch of the scale changes a judgement', () => {
  fc.assert(
    fc.property(sample, ({ columns, answers }) => {
      const risks = predict(boost(columns, answers), columns)
      const stretched = columns.map((values) => values.map((value) => Math.exp(value)))
      const turned = columns.map((values) => values.toReversed())

      expect(predict(boost(stretched, answers), stretched)).toEqual(risks)
      expect(predict(boost(turned, answers.toReversed()), turned)).toEqual(risks.toReversed())
    }),
  )
})

test('two features that only together tell are learnt', () => {
  const rows = Array.from({ length: 400 }, (_, n) => [n % 2, Math.floor(n / 2) % 2] as const)
  // A hair's breadth away from even, for the first cut of an exact balance gains nothing.
  const answers = Uint8Array.from(rows, ([x, y], n) => Number(n === 0 || x !== y))
  const columns = [Float64Array.from(rows, ([x]) => x), Float64Array.from(rows, ([, y]) => y)]
  const risks = predict(boost(columns, answers), columns)

  rows.slice(4).forEach(([x, y], row) => expect((risks[row + 4] ?? 0) > 0.5).toBe(x !== y))
})
