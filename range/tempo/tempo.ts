/**
 * Whether fraud shows by behaviour alone. Two models that see no link, taught by the whole truth of other worlds,
 * rank the accounts of each. Where they reach much, a world gives its fraud away, and finding rings in it proves
 * little about linking.
 */
import type { Matrix } from '../baselines/boosted-trees/bins.ts'
import { boost, predict } from '../baselines/boosted-trees/boost.ts'
import { areaUnderCurve, averagePrecision } from '../metrics/average-precision.ts'
import { fraudRoles, type TruthLine } from '../truth.ts'
import { tempoFeatures } from './features.ts'
import { fitLogistic, logisticOdds } from './logistic.ts'

/** The accounts of one world that did anything; victims stand apart, for two people act in them. */
export interface TempoWorld {
  readonly columns: Matrix
  /** 1 where the owner takes part in fraud. */
  readonly answers: Uint8Array
}

export interface TempoFigures {
  /** By world: average precision of each model, and what chance reaches. */
  readonly boosted: readonly number[]
  readonly logistic: readonly number[]
  readonly chance: readonly number[]
  /** Single features that tell most, by the area under their curve over all worlds. */
  readonly telling: readonly { readonly feature: string; readonly area: number }[]
}

export function tempoWorld(
  truth: readonly TruthLine[],
  rowOf: (account: string) => readonly number[] | undefined,
): TempoWorld {
  const rows = truth.flatMap(({ account, role }) => {
    const row = role === 'victim' ? undefined : rowOf(account)
    return row ? [{ row, answer: Number(fraudRoles.has(role)) }] : []
  })
  return {
    columns: tempoFeatures.map((_, column) => Float64Array.from(rows, ({ row }) => row[column] ?? 0)),
    answers: Uint8Array.from(rows, ({ answer }) => answer),
  }
}

const foldsOfOne = 5
/** Honest accounts a model is taught by; more teach it nothing new. */
const honestMax = 12_000
const tellingShown = 3

/** Each world is ranked by models taught on the others; a single world by parts of itself. */
export function tempoFigures(worlds: readonly TempoWorld[]): TempoFigures {
  const [only] = worlds
  const folds = worlds.length === 1 && only ? partsOf(only) : worlds
  const scores = folds.map((held) => scoresOf(held, together(folds.filter((fold) => fold !== held))))
  const precisions = (model: 'boosted' | 'logistic'): readonly number[] => {
    const byFold = folds.map(({ answers }, at) => ({ scores: scores[at]?.[model] ?? [], answers }))
    const each = byFold.map(averagePrecision)
    return worlds.length === 1 ? [each.reduce((sum, one) => sum + one, 0) / each.length] : each
  }
  return {
    boosted: precisions('boosted'),
    logistic: precisions('logistic'),
    chance: worlds.map(
      ({ answers }) => answers.reduce((sum, answer) => sum + answer, 0) / Math.max(1, answers.length),
    ),
    telling: tellingFeatures(together(worlds)),
  }
}

function scoresOf({ columns }: TempoWorld, others: TempoWorld) {
  const taught = thinned(others)
  return {
    boosted: predict(boost(taught.columns, taught.answers), columns),
    logistic: logisticOdds(fitLogistic(taught.columns, taught.answers), columns),
  }
}

const partsOf = (world: TempoWorld): readonly TempoWorld[] =>
  Array.from({ length: foldsOfOne }, (_, fold) => rowsWhere(world, (row) => row % foldsOfOne === fold))

const together = (worlds: readonly TempoWorld[]): TempoWorld => ({
  columns: tempoFeatures.map((_, column) =>
    joined(worlds.map(({ columns }) => columns[column] ?? new Float64Array())),
  ),
  answers: Uint8Array.from(worlds.flatMap(({ answers }) => [...answers])),
})

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** All of the fraud and every n-th of the others. */
function thinned(world: TempoWorld): TempoWorld {
  const honest = world.answers.reduce((count, answer) => count + 1 - answer, 0)
  const every = Math.max(1, Math.ceil(honest / honestMax))
  let seen = 0
  return rowsWhere(world, (row) => {
    if (world.answers[row] === 1) return true
    seen += 1
    return seen % every === 0
  })
}

function rowsWhere({ columns, answers }: TempoWorld, wanted: (row: number) => boolean): TempoWorld {
  const rows = Int32Array.from(answers.keys()).filter(wanted)
  return {
    columns: columns.map((values) => Float64Array.from(rows, (row) => values[row] ?? 0)),
    answers: Uint8Array.from(rows, (row) => answers[row] ?? 0),
  }
}

function tellingFeatures({ columns, answers }: TempoWorld): TempoFigures['telling'] {
  return columns
    .map((scores, at) => ({ feature: tempoFeatures[at] ?? '', area: areaUnderCurve({ scores, answers }) }))
    .toSorted((a, b) => Math.abs(b.area - 0.5) - Math.abs(a.area - 0.5))
    .slice(0, tellingShown)
}
