/** Medians over worlds with bootstrap intervals (Efron 1979), and paired comparisons on equal seeds. */
import type { Random } from '../random.ts'
import { type RingFigures, type RingTally, ringFigures } from './ring-tallies.ts'

export interface Estimate {
  readonly median: number
  /** Ends of the 95 % interval; the median itself where nothing can be drawn again. */
  readonly low: number
  readonly high: number
}

const drawsMade = 1_000

/** Rings are drawn again within each world; of every draw the median world counts. `worlds`: rings by world. */
export function ringEstimates(
  worlds: readonly (readonly RingTally[])[],
  random: Random,
): Readonly<Record<keyof RingFigures, Estimate>> {
  const real = worlds.map(ringFigures)
  const draws = Array.from({ length: drawsMade }, () =>
    worlds.map((rings) => ringFigures(rings.map(() => random.pick(rings)))),
  )
  const estimate = (name: keyof RingFigures): Estimate => ({
    median: median(real.map((figures) => figures[name])),
    ...middle(draws.map((world) => median(world.map((figures) => figures[name])))),
  })
  const names = Object.keys(ringFigures([])) as (keyof RingFigures)[] // its own keys
  return Object.fromEntries(names.map((name) => [name, estimate(name)])) as Record<
    keyof RingFigures,
    Estimate
  >
}

/** Worlds are drawn again: for what does not fall apart into rings. */
export function worldEstimate(values: readonly number[], random: Random): Estimate {
  const draws = Array.from({ length: values.length > 1 ? drawsMade : 1 }, () =>
    median(values.length > 1 ? values.map(() => random.pick(values)) : values),
  )
  return { median: median(values), ...middle(draws) }
}

export interface Comparison extends Estimate {
  /** Worlds in which the first is above, and below. */
  readonly above: number
  readonly below: number
  /** Chance of a mean difference as large if signs were tossed; 1 with a single world is no evidence. */
  readonly p: number
}

/** Differences of the first from the second, world by world. */
export function comparePairs(
  first: readonly number[],
  second: readonly number[],
  random: Random,
): Comparison {
  const differences = first.map((value, world) => value - (second[world] ?? 0))
  return {
    ...worldEstimate(differences, random),
    above: differences.filter((difference) => difference > 0).length,
    below: differences.filter((difference) => difference < 0).length,
    p: signFlipChance(differences, random),
  }
}

const allFlipsMax = 12

/** Fisher's randomisation test: all sign patterns of up to 12 worlds, as many by chance of more. */
function signFlipChance(differences: readonly number[], random: Random): number {
  const real = Math.abs(total(differences)) - 1e-12
  const patterns = 2 ** Math.min(allFlipsMax, differences.length)
  let extreme = 0
  for (let pattern = 0; pattern < patterns; pattern += 1) {
    const flipped = differences.map((difference, world) => {
      const isFlipped = differences.length <= allFlipsMax ? (pattern >> world) & 1 : random.chance(0.5)
      return isFlipped ? -difference : difference
    })
    extreme += Number(Math.abs(total(flipped)) >= real)
  }
  return extreme / patterns
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** The middle value, or half way between the two in the middle; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return (
    ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? sorted[Math.ceil(half) - 1] ?? 0)) / 2
  )
}

function middle(draws: readonly number[]): { readonly low: number; readonly high: number } {
  const sorted = draws.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0
  return { low: at(0.025), high: at(0.975) }
}
