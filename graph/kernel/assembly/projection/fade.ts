/** What is left of evidence after the time between two uses (graph/evidence/fade.ts, whose tables the host writes here). */
import { reserve } from '../memory/arena'
import { Table, table } from '../memory/table'

const wholeMax = 64
const wholeFrom: f64 = 4_503_599_627_370_496
const partsOfHalfLife = 1_024
const third = 1 / 3.0
const ln2 = 0.6931471805599453
const microNats: f64 = 1_000_000

@unmanaged
export class Fade {
  /** Powers of a half: whole ones, and those of parts of a half-life. */
  whole: Table<f64>
  parts: Table<f64>
}

export function emptyFade(): Fade {
  const fade = changetype<Fade>(reserve(offsetof<Fade>()))
  fade.whole = table<f64>(wholeMax + 1)
  fade.parts = table<f64>(partsOfHalfLife)
  return fade
}

/** Whole micro-nats; the same operations in the same order as there, so that every bit is the same. */
export function fadedMicroNats(fade: Fade, nats: f64, gapMs: f64, halfLifeMs: f64): i32 {
  const halfLives = gapMs / halfLifeMs
  if (!(halfLives < wholeMax)) return 0
  const steps = nearest(halfLives * partsOfHalfLife)
  const rest = (halfLives - f64(steps) / partsOfHalfLife) * ln2
  const power = 1 - rest * (1 - rest * 0.5 * (1 - rest * third))
  const left = fade.whole[steps >> 10] * fade.parts[steps & (partsOfHalfLife - 1)] * power
  return nearest(nats * left * microNats)
}

/** The whole number next to one from 0 to 2^31: the last bits of the sum are it. To convert would look for what does not fit. */
export function nearest(value: f64): i32 {
  return i32(reinterpret<i64>(value + wholeFrom))
}
