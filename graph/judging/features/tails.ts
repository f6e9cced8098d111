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

/** How often each value is seen: distinct values, ascending, and how many there are up to each. */
export interface Spread {
  readonly values: Float64Array
  readonly upTo: Float64Array
}

/** Of those that are known, in any order. */
export function spreadOf(all: Float64Array): Spread {
  const sorted = all.filter((value) => !Number.isNaN(value)).sort()
  const values: number[] = []
  const upTo: number[] = []
  sorted.forEach((value, at) => {
    if (value !== values.at(-1)) values.push(value)
    upTo[values.length - 1] = at + 1
  })
  return { values: Float64Array.from(values), upTo: Float64Array.from(upTo) }
}

/** Whoever is asked about counts as one, though the values may have been counted before. */
export function tailsOf({ values, upTo }: Spread, value: number, reference: readonly TailStep[] = []): Tails {
  const weight = reference.length > 0 ? referenceAccounts : 0
  const count = upTo.at(-1) ?? 0
  const all = Math.max(1, count + weight)
  const above = reference.find(([step]) => step >= value)?.[1] ?? 0
  const below = reference.findLast(([step]) => step <= value)?.[2] ?? 0
  const counted = (distinct: number): number => upTo[distinct - 1] ?? 0
  return {
    atLeast: Math.max(1, count - counted(countBelow(values, value)) + weight * above) / all,
    atMost: Math.max(1, counted(countBelow(values, value, true)) + weight * below) / all,
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
