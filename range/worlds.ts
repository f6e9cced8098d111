/** Worlds as data: who lives in them, who robs them, and how they connect. */

import { Random } from './random.ts'
import { drawnFigures } from './worlds/drawn.ts'
import type { WorldFigures } from './worlds/figures.ts'
import { lives } from './worlds/lives.ts'
import { market } from './worlds/market.ts'
import { stream } from './worlds/stream.ts'
import { town } from './worlds/town.ts'

export type { WorldFigures } from './worlds/figures.ts'

const rareFraud = 0.005

/** Each as it is, and where fraud is as rare as in data of real platforms (GDS: .7 % of accounts). */
export const worlds: Readonly<Record<string, WorldFigures>> = {
  town,
  quiet: { ...town, prevalence: rareFraud },
  market,
  'market-quiet': { ...market, prevalence: rareFraud },
  stream,
  'stream-quiet': { ...stream, prevalence: rareFraud },
  lives,
}

/** Worlds whose figures every seed draws anew, to teach by. */
const drawn: Readonly<Record<string, WorldFigures>> = {
  'town-drawn': town,
  'market-drawn': market,
  'stream-drawn': stream,
}

/** Undefined for a name that no world has. */
export function figuresOf(world: string, seed: number): WorldFigures | undefined {
  // A name such as `toString` is found on every object.
  const usual = Object.hasOwn(drawn, world) ? drawn[world] : undefined
  if (usual) return drawnFigures(usual, new Random(seed, `figures/${world}`))
  return Object.hasOwn(worlds, world) ? worlds[world] : undefined
}

export const worldNames: readonly string[] = [...Object.keys(worlds), ...Object.keys(drawn)]
