import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fitDefaults, fitTrees } from '../../../graph/judging/trees/fit.ts'
import type { Sign } from '../../../graph/judging/trees/grow.ts'
import {
  readTreeModel,
  scoreRows,
  sharesOf,
  startOf,
  type TreeModel,
} from '../../../graph/judging/trees/model.ts'

const options = { ...fitDefaults, rounds: 12, depth: 3, curvatureMin: 0.5, ridge: 1 }

interface Row {
  readonly x: number
  readonly y: number
  readonly answer: number
}

const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(Number.NaN))
const rows = fc.array(fc.record({ x: value, y: value, answer: fc.constantFrom(0, 1) }), {
  minLength: 20,
  maxLength: 200,
})
const sign = fc.constantFrom<Sign>(-1, 0, 1)

const columnsOf = (all: readonly Pick<Row, 'x' | 'y'>[]) =>
  new Map([
    ['x', Float64Array.from(all, ({ x }) => x)],
    ['y', Float64Array.from(all, ({ y }) => y)],
  ])

const taught = (all: readonly Row[], signs: readonly [Sign, Sign] = [0, 0]): TreeModel =>
  fitTrees(
    {
      features: [
        { name: 'x', sign: signs[0] },
        { name: 'y', sign: signs[1] },
      ],
      columns: columnsOf(all),
      answers: Float64Array.from(all, ({ answer }) => answer),
    },
    options,
  )

const scored = (model: TreeModel, all: readonly Pick<Row, 'x' | 'y'>[]) =>
  scoreRows(model, columnsOf(all), all.length)

describe('a model', () => {
  test('never turns against the sign of a feature', () => {
    fc.assert(
      fc.property(rows, sign, sign, (all, ofX, ofY) => {
        const model = taught(all, [ofX, ofY])
        const steps = [-6, -4, -2, -1, 0, 1, 2, 4, 6]
        for (const y of [-3, 0, 3, Number.NaN]) {
          const along = [
            ...scored(
              model,
              steps.map((x) => ({ x, y })),
            ),
          ]
          expect(ofX === 0 || isMonotone(along, ofX)).toBe(true)
        }
        for (const x of [-3, 0, 3, Number.NaN]) {
          const along = [
            ...scored(
              model,
              steps.map((y) => ({ x, y })),
            ),
          ]
          expect(ofY === 0 || isMonotone(along, ofY)).toBe(true)
        }
      }),
    )
  })

  test('is the same whatever the order of the rows', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (all, seed) => {
        const turned = all.toSorted((a, b) => mixed(all.indexOf(a), seed) - mixed(all.indexOf(b), seed))
        expect(taught(turned)).toEqual(taught(all))
      }),
    )
  })

  test('says exactly the sum of what each feature gave', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const model = taught(all)
        const scores = scored(model, all)
        all.forEach((_, row) => {
          const shares = sharesOf(model, columnsOf(all), [row])
          const sum = shares.reduce((whole, { share }) => whole + share, startOf(model))
          expect(sum).toBe(scores[row])
        })
      }),
    )
  })

  test('turns round when all answers do', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const turned = all.map((row) => ({ ...row, answer: 1 - row.answer }))
        const [one, other] = [scored(taught(all), all), scored(taught(turned), all)]
        // Rounding to whole millionths may differ by one a tree.
        one.forEach((score, row) => {
          expect(Math.abs(score + (other[row] ?? 0))).toBeLessThanOrEqual(options.rounds + 1)
        })
      }),
    )
  })

  test('of a row that counts three times is that of three such rows', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const features = [{ name: 'x', sign: 0 as const }]
        const once = fitTrees(
          {
            features,
            columns: columnsOf(all),
            answers: Float64Array.from(all, ({ answer }) => answer),
            weights: new Float64Array(all.length).fill(3),
          },
          options,
        )
        const thrice = [...all, ...all, ...all]
        const model = fitTrees(
          {
            features,
            columns: columnsOf(thrice),
            answers: Float64Array.from(thrice, ({ answer }) => answer),
          },
          options,
        )
        const [a, b] = [scored(once, all), scored(model, all)]
        a.forEach((score, row) => {
          expect(Math.abs(score - (b[row] ?? 0))).toBeLessThan(100)
        })
      }),
    )
  })

  test('can be stored and read again', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const model = taught(all)
        const again = readTreeModel(JSON.parse(JSON.stringify(model)), new Set(['x', 'y']))
        expect(scored(again, all)).toEqual(scored(model, all))
      }),
    )
  })
})

describe('a stored model', () => {
  const known = new Set(['x'])
  const split = [0, 1, 'left', -5, 5, 0]

  test.each([
    ['nothing', undefined, 'must have features, base and trees'],
    ['an unknown feature', { features: ['z'], base: 0, trees: [] }, 'asks for a feature'],
    ['half a leaf', { features: ['x'], base: 0, trees: [0.5] }, 'no whole number'],
    ['a short split', { features: ['x'], base: 0, trees: [[0, 1]] }, 'neither leaf nor split'],
    ['a split of nothing', { features: ['x'], base: 0, trees: [[3, ...split.slice(1)]] }, 'does not name'],
    ['nowhere for NaN', { features: ['x'], base: 0, trees: [[0, 1, 'up', 1, 2, 0]] }, 'loses missing'],
    ['a bad leaf below', { features: ['x'], base: 0, trees: [[0, 1, 'left', 1, null, 0]] }, 'neither leaf'],
  ])('with %s is refused', (_, json, message) => {
    expect(() => readTreeModel(json, known)).toThrow(message)
  })

  test('that is whole is read', () => {
    expect(readTreeModel({ features: ['x'], base: 7, trees: [split, 3] }, known).base).toBe(7)
  })
})

const isMonotone = (values: readonly number[], direction: Sign): boolean =>
  values.every((value, at) => at === 0 || direction * (value - (values[at - 1] ?? 0)) >= 0)

const mixed = (at: number, seed: number): number => Math.imul(at + seed + 1, 0x9e3779b1) >>> 0
