/** Whether the probability of a link means what it says: that its two accounts belong together. */
import type { WeightedPairs } from '../baselines/sharing/pairs.ts'
import type { TruthLine } from '../truth.ts'
import { areaUnderCurve, averagePrecision } from './average-precision.ts'
import { type Bin, binsOf, brierScore, calibrationError, type Said } from './bins.ts'

export interface LinkFigures {
  readonly links: number
  /** Of 1: links whose accounts belong together; what average precision reaches by chance. */
  readonly together: number
  readonly averagePrecision: number
  readonly area: number
  readonly brier: number
  readonly calibrationError: number
  readonly bins: readonly Bin[]
}

/** `names`: accounts by number. Two belong together that carry the same planted ring, or honestly share in one group. */
export function linkFigures(
  { a, b, weight }: WeightedPairs,
  names: readonly string[],
  truth: readonly TruthLine[],
): LinkFigures {
  const lineOf = new Map(truth.map((line) => [line.account, line]))
  const lines = names.map((name) => lineOf.get(name))
  const rows = Array.from(weight, (probability, at): Said => {
    const [one, other] = [lines[a[at] ?? -1], lines[b[at] ?? -1]]
    return { probability, isTrue: belongTogether(one, other) }
  })
  const ranked = { scores: weight, answers: rows.map(({ isTrue }) => Number(isTrue)) }
  const bins = binsOf(rows)
  return {
    links: rows.length,
    together: rows.filter(({ isTrue }) => isTrue).length / Math.max(1, rows.length),
    averagePrecision: averagePrecision(ranked),
    area: areaUnderCurve(ranked),
    brier: brierScore(rows),
    calibrationError: calibrationError(bins),
    bins,
  }
}

const belongTogether = (one: TruthLine | undefined, other: TruthLine | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  ((one.ring !== null && one.ring === other.ring) || (one.group !== null && one.group === other.group))
