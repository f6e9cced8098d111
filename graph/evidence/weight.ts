/** The probability of a link in millionths, by two tables that the kernel is given: 1 - e^-x, and x is a whole number. */
import { nearest } from './fade.ts'
import { microNats } from './share.ts'

/** From so much evidence on a link is certain, to the millionth. */
const certainMicroNats = 15 * microNats

/** What is left of doubt, e^-x, at every 1,024th micro-nat and at each of the first 1,024. */
export const coarseDoubt = Float64Array.from({ length: (certainMicroNats >> 10) + 1 }, (_, at) =>
  Math.exp((-at * 1_024) / microNats),
)
export const fineDoubt = Float64Array.from({ length: 1_024 }, (_, at) => Math.exp(-at / microNats))

/** `evidence`: whole micro-nats, 0 or more. */
export function weightOf(evidence: number): number {
  if (evidence >= certainMicroNats) return microNats
  const left = (coarseDoubt[evidence >> 10] ?? 0) * (fineDoubt[evidence & 1_023] ?? 0)
  return nearest((1 - left) * microNats)
}
