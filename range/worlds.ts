/** Worlds as data: who lives in them, who robs them, and how they connect. */
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

export const worldNames: readonly string[] = Object.keys(worlds)
