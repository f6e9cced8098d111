/**
 * What is left after so many half-lives. Every operation is exact by IEEE 754, the tables are made once, and the kernel is
 * given them: so both fade alike to the last bit, which `2 ** x` of two engines does not.
 */

/** Powers of a half: 0 to 63, below which nothing counts; and of every 1,024th part of a half-life. */
export const wholeHalves = Float64Array.from({ length: 64 }, (_, power) => 2 ** -power)
export const partHalves = Float64Array.from({ length: 1_024 }, (_, part) => 2 ** (-part / 1_024))

const third = 1 / 3

/** 2^-x for `x` from 0 on, within 2e-14 of it in proportion; 0 from 64 on. */
export function halved(halfLives: number): number {
  if (!(halfLives < wholeHalves.length)) return 0
  const steps = Math.trunc(halfLives * partHalves.length)
  const rest = (halfLives - steps / partHalves.length) * Math.LN2
  // e^-rest by its first terms: rest is below .0007.
  const power = 1 - rest * (1 - rest * 0.5 * (1 - rest * third))
  return (wholeHalves[steps >> 10] ?? 0) * (partHalves[steps & 1_023] ?? 0) * power
}
