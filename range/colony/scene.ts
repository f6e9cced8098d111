/** What everyone in a block can reach. */
import type { Random } from '../random.ts'
import type { ColonyFigures } from './colonies.ts'
import type { Area } from './ground/area.ts'
import type { Ground } from './ground/ground.ts'
import type { Mint } from './ground/mint.ts'
import type { Tuning } from './tuning.ts'

export interface Scene {
  readonly seed: number
  readonly figures: ColonyFigures
  readonly tuning: Tuning
  readonly ground: Ground
  readonly area: Area
  readonly mint: Mint
  readonly times: { readonly startAt: number; readonly endAt: number }
  /** A stream of that name; the same name gives the same stream from its beginning. */
  random(name: string): Random
}
