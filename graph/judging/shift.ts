/** Whether models say of a deployment what they said of no population they were measured by. */

/** The largest shares of accounts, of 1, that models gave this much risk to where they were measured. */
export interface ExpectedShares {
  readonly flagged: number
  readonly reviewed: number
}

export interface Shift {
  /** Shares of accounts, of 1: as the models would flag, and as they would have reviewed. */
  readonly flagged: number
  readonly reviewed: number
  /** So much is more than they were ever right about: nothing is flagged until somebody has looked. */
  readonly alarm: boolean
}

/** Twice what was ever seen is another population, and no harder month. */
const timesExpected = 2
/** So few accounts are no population. */
const accountsMin = 50

export function shiftOf(
  risk: Float64Array,
  { expected, flagMin, reviewMin }: { expected: ExpectedShares; flagMin: number; reviewMin: number },
): Shift {
  const flagged = shareOf(risk, (one) => one >= flagMin)
  const reviewed = shareOf(risk, (one) => one >= reviewMin)
  const isFar = (share: number, most: number): boolean =>
    share * risk.length >= accountsMin && share > timesExpected * most
  return { flagged, reviewed, alarm: isFar(flagged, expected.flagged) || isFar(reviewed, expected.reviewed) }
}

export const shareOf = (values: Float64Array, is: (value: number) => boolean): number =>
  values.length > 0 ? values.filter(is).length / values.length : 0
