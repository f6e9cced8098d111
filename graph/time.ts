/** Whole UTC days, the grain of time in the state. */
export const dayMs = 86_400_000

/** Days since 1970-01-01 UTC; negative before. */
export const dayOf = (at: number): number => Math.floor(at / dayMs)

/** The last millisecond of the UTC day that holds `at`. */
export const endOfDay = (at: number): number => (dayOf(at) + 1) * dayMs - 1
