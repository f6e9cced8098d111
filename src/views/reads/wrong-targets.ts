/** How many targets may be wrong, beside how many are expected to be. */

/** Beyond so many the normal law is near enough. */
const exactMax = 400

/** Normal quantile of a two-sided 95 % interval. */
const z = 1.959964

/**
 * The middle 95 % of how many come true of independent chances: the Poisson binomial, added up one by one; of many its
 * normal approximation (Hodges & Le Cam 1960).
 */
export function wrongBetween(chances: readonly number[]): { readonly low: number; readonly high: number } {
  if (chances.length > exactMax) {
    const mean = chances.reduce((sum, p) => sum + p, 0)
    const half = z * Math.sqrt(chances.reduce((sum, p) => sum + p * (1 - p), 0))
    return {
      low: Math.max(0, Math.floor(mean - half)),
      high: Math.min(chances.length, Math.ceil(mean + half)),
    }
  }
  let counts = [1]
  for (const p of chances) {
    counts = [...counts, 0].map((none, k) => none * (1 - p) + (counts[k - 1] ?? 0) * p)
  }
  let [sum, low, high] = [0, 0, chances.length]
  for (const [k, chance] of counts.entries()) {
    if (sum <= 0.025) low = k
    sum += chance
    if (sum >= 0.975) {
      high = k
      break
    }
  }
  return { low, high }
}
