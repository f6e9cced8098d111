/**
 * What is left after so many half-lives. Every operation is exact by IEEE 754, the tables are made once, and the kernel is
 * given them: so both fade alike to the last bit, which `2 ** x` of two engines does not.
 */

/** Powers of a half: of 0 to 64 half-lives, and of every 1,024th part of one. */
export const wholeHalves = Float64Array.from({ length: 65 }, (_, power) => 2 ** -power)
export const partHalves = Float64Array.from({ length: 1_024 }, (_, part) => 2 ** (-part / 1_024))

const third = 1 / 3

/** 2^-x for `x` from 0 on, within 1e-14 of it in proportion; 0 from 64 on, where nothing counts. */
export function halved(halfLives: number): number {
  if (!(halfLives < 64)) return 0
  const steps = nearest(halfLives * 1_024)
  const rest = (halfLives - steps / 1_024) * Math.LN2
  // e^-rest by its first terms: rest is below .0004.
  const power = 1 - rest * (1 - rest * 0.5 * (1 - rest * third))
  return (wholeHalves[steps >> 10] ?? 0) * (partHalves[steps & 1_023] ?? 0) * power
}

const wholeFrom = 2 ** 52

/** The whole number next to one from 0 to 2^51; of two, the even one. Doubles as large as `wholeFrom` are whole. */
export const nearest = (value: number): number => value + wholeFrom - wholeFrom
