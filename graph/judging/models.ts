/** The models of judging, as data. */
import { AppError } from '../errors.ts'
import {
  compromiseFeatures,
  ringFeatures,
  riskFeatures,
  secondCompromiseFeatures,
  secondRiskFeatures,
} from './catalogue.ts'
import type { TailReference } from './features/tails.ts'
import type { ExpectedShares } from './shift.ts'
import type { Feature } from './trees/fit.ts'
import { type Columns, readTreeModel, scoreRows, scoresOf, type TreeModel } from './trees/model.ts'

export interface TwoModels {
  readonly risk: TreeModel
  readonly compromise: TreeModel
}

/** Who confirmed the models: the worlds they were shipped with, or the deployment's own labels. */
export type Calibration = 'shipped' | 'local'

export interface JudgingModels {
  readonly calibration: Calibration
  /** How features lie in the populations that taught. */
  readonly tails: TailReference
  /** What they say at the most where they were measured. */
  readonly expected: ExpectedShares
  readonly ring: TreeModel
  readonly first: TwoModels
  readonly second: TwoModels
}

/** Throws `config_invalid` for what are no models of this version's features. */
export function readModels(json: unknown): JudgingModels {
  const { calibration, tails, expected, ring, first, second } = (json ?? {}) as Record<string, unknown>
  if (calibration !== 'shipped' && calibration !== 'local') {
    throw new AppError('config_invalid', 'The judging models do not say who confirmed them (calibration)')
  }
  if (typeof tails !== 'object' || tails === null) {
    throw new AppError('config_invalid', 'The judging models do not say how features lie (tails)')
  }
  return {
    calibration,
    tails: tails as TailReference,
    expected: readExpected(expected),
    ring: readTreeModel(ring, namesOf(ringFeatures)),
    first: readTwo(first, [riskFeatures, compromiseFeatures]),
    second: readTwo(second, [secondRiskFeatures, secondCompromiseFeatures]),
  }
}

function readExpected(json: unknown): ExpectedShares {
  const { flagged, reviewed } = (json ?? {}) as Record<string, unknown>
  if (typeof flagged !== 'number' || typeof reviewed !== 'number') {
    throw new AppError('config_invalid', 'The judging models do not say what they say at the most (expected)')
  }
  return { flagged, reviewed }
}

function readTwo(
  json: unknown,
  [ofRisk, ofCompromise]: readonly [readonly Feature[], readonly Feature[]],
): TwoModels {
  const { risk, compromise } = (json ?? {}) as Record<string, unknown>
  return {
    risk: readTreeModel(risk, namesOf(ofRisk)),
    compromise: readTreeModel(compromise, namesOf(ofCompromise)),
  }
}

const namesOf = (features: readonly Feature[]): ReadonlySet<string> =>
  new Set(features.map(({ name }) => name))

/** Probability of each row. */
export const probabilities = (model: TreeModel, columns: Columns, rows: number): Float64Array =>
  scoreRows(model, columns, rows).map(probabilityOfScore)

/** Probability of some rows, in their order. */
export const probabilitiesOf = (model: TreeModel, columns: Columns, rows: Int32Array): Float64Array =>
  scoresOf(model, columns, rows).map(probabilityOfScore)

const probabilityOfScore = (score: number): number => 1 / (1 + Math.exp(-score / 1e6))
