/**
 * How features lie in populations at large: what a small deployment, whose own accounts cannot say yet what is rare,
 * is told by. A reference counts as so many accounts of each age beside its own.
 */

/** Accounts that a reference counts for, of each age. */
const referenceAccounts = 500

/** Steps kept of one feature at one age. */
const stepsMax = 48

/** A value, the share of accounts with that or more, and the share with that or less. */
export type TailStep = readonly [value: number, atLeast: number, atMost: number]

/** By feature, then age; steps ascending. */
export type TailReference = Readonly<Record<string, readonly (readonly TailStep[])[]>>

/** Of one feature at one age, over all populations taught by. */
export function tailSteps(values: Float64Array): readonly TailStep[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const n = sorted.length
  if (n === 0) return []
  const distinct: number[] = []
  for (const value of sorted) if (value !== distinct.at(-1)) distinct.push(value)
  const kept =
    distinct.length <= stepsMax
      ? distinct
      : Array.from({ length: stepsMax }, (_, at) => sorted[Math.floor((at / (stepsMax - 1)) * (n - 1))] ?? 0)
  return [...new Set(kept)].map((value) => [
    shortened(value),
    shortened((n - countBelow(sorted, value)) / n),
    shortened(countBelow(sorted, value, true) / n),
  ])
}

const shortened = (value: number): number => Number(value.toPrecision(5))

export interface Tails {
  /** Shares of accounts, of 1: with this value or more, with this or less. */
  readonly atLeast: number
  readonly atMost: number
}

/** `sorted`: the deployment's own values, ascending. */
export function tailsOf(sorted: Float64Array, value: number, reference: readonly TailStep[] = []): Tails {
  const weight = reference.length > 0 ? referenceAccounts : 0
  const all = sorted.length + weight
  const above = reference.find(([step]) => step >= value)?.[1] ?? 0
  const upTo = reference.findLast(([step]) => step <= value)?.[2] ?? 0
  return {
    atLeast: (sorted.length - countBelow(sorted, value) + weight * above) / all,
    atMost: (countBelow(sorted, value, true) + weight * upTo) / all,
  }
}

/** How many of the ascending values lie below one; with `orEqual`, not above it. */
export function countBelow(sorted: Float64Array, value: number, orEqual = false): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    const at = sorted[middle] ?? 0
    if (at < value || (orEqual && at === value)) from = middle + 1
    else to = middle
  }
  return from
}
