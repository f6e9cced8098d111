/** How sure a ring's risk is: what it says, held against the verdicts people gave on rings that said as much. */
import type { Calibration } from '../judging/models.ts'

/**
 * As how many verdicts the models' own word counts. Shipped models saw no label of the deployment, so theirs is soon
 * outweighed.
 */
const ownWeights: Readonly<Record<Calibration, number>> = { shipped: 4, local: 12 }

/** Risks that count as alike. */
const bandFrom = [0, 0.35, 0.5, 0.65, 0.75, 0.85, 0.9, 0.95] as const

/** Normal quantile of a two-sided 95 % interval. */
const z = 1.959964

export interface RiskBand {
  /** Inclusive; `to` is exclusive but for the last. */
  readonly from: number
  readonly to: number
}

export interface Decided {
  readonly rings: number
  readonly confirmed: number
}

export interface Interval {
  readonly low: number
  readonly high: number
}

export function bandOf(risk: number): RiskBand {
  const place = bandFrom.findLastIndex((from) => risk >= from)
  return { from: bandFrom[place] ?? 0, to: bandFrom[place + 1] ?? 1 }
}

export const isInBand = (risk: number, { from, to }: RiskBand): boolean =>
  risk >= from && (risk < to || to === 1)

/**
 * The score interval (Wilson 1927, JASA 22) of confirmed among decided rings, where the models' figure stands for as many
 * verdicts as it is worth. It is never a point, however many verdicts there are, and always holds their pooled share.
 */
export function riskInterval(
  risk: number,
  { rings, confirmed }: Decided,
  calibration: Calibration,
): Interval {
  const own = ownWeights[calibration]
  const n = rings + own
  const share = (confirmed + own * risk) / n
  const middle = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n)
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))
  return { low: rounded(Math.max(0, middle - half)), high: rounded(Math.min(1, middle + half)) }
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6
