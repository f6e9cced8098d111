/** What is left of evidence after the time between two uses (graph/evidence/fade.ts, whose tables the host writes here). */
import { reserve } from '../memory/arena'
import { Table, table } from '../memory/table'

const wholeMax = 64
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
  fade.whole = table<f64>(wholeMax)
  fade.parts = table<f64>(partsOfHalfLife)
  return fade
}

/** Whole micro-nats; the same operations in the same order as there, so that every bit is the same. */
export function fadedMicroNats(fade: Fade, nats: f64, gapMs: f64, halfLifeMs: f64): i32 {
  const halfLives = gapMs / halfLifeMs
  if (!(halfLives < wholeMax)) return 0
  const steps = i32(halfLives * partsOfHalfLife)
  const rest = (halfLives - f64(steps) / partsOfHalfLife) * ln2
  const power = 1 - rest * (1 - rest * 0.5 * (1 - rest * third))
  const left = fade.whole[steps >> 10] * fade.parts[steps & (partsOfHalfLife - 1)] * power
  return i32(nats * left * microNats + 0.5)
}
