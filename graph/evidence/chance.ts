/** How surprising a count is, and which of many surprises to believe. */

/** ln n! to 1e-9 (Stirling's series, whose next term is 1 / 1260 n^5; small n by product). */
function logFactorial(n: number): number {
  if (n < 16) {
    let product = 1
    for (let i = 2; i <= n; i++) product *= i
    return Math.log(product)
  }
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3)
}

/** P(X >= count) where chance alone makes X of this mean (Poisson). `mean` 0 or more, `count` whole. */
export function poissonTail(mean: number, count: number): number {
  if (count <= 0) return 1
  if (mean <= 0) return 0
  // Below the mean the other side is summed: the tail is nearly all there is.
  if (count <= mean) {
    let below = 0
    for (let n = 0; n < count; n++) below += Math.exp(n * Math.log(mean) - mean - logFactorial(n))
    return Math.max(0, 1 - below)
  }
  let term = Math.exp(count * Math.log(mean) - mean - logFactorial(count))
  let tail = 0
  for (let n = count; term > 0 && term > tail * 1e-16; n++) {
    tail += term
    term *= mean / (n + 1)
  }
  return Math.min(1, tail)
}

/**
 * The largest p-value to believe so that of those believed at most `rate` are false on average (Benjamini & Hochberg
 * 1995); 0 when none is. `tests` counts every test made, those whose p-value is not listed too.
 */
export function falseDiscoveryCut(
  pValues: readonly number[],
  { tests, rate }: { tests: number; rate: number },
): number {
  const sorted = pValues.toSorted((a, b) => a - b)
  const last = sorted.findLastIndex((p, place) => p <= ((place + 1) / Math.max(1, tests)) * rate)
  return last < 0 ? 0 : (sorted[last] ?? 0)
}
