/** From which probabilities what is done. */
import type { Calibration } from './models.ts'

/** How far models may be trusted: as shipped, as the deployment's own labels have it, or not while they say too much (shift.ts). */
export type Trust = Calibration | 'shifted'

/** From here an account is looked at by a person, and counts for a ring. */
export const reviewMin = 0.35

/**
 * From here it is acted on. Models that no label of the deployment has confirmed yet have to be surer: elsewhere than where
 * they were taught, what they say of .75 is wrong once in five times (docs/decisions/0012).
 */
export const flagMins: Readonly<Record<Trust, number>> = { shipped: 0.9, local: 0.75, shifted: Infinity }

/** Mean suspicion from which suspects are called a ring or a takeover; the same caution as for flags. */
export const ringMins: Readonly<Record<Trust, number>> = { shipped: 0.8, local: 0.65, shifted: Infinity }
