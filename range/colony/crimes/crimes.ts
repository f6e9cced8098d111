/** All crimes by name. */
import type { Crime } from './crime.ts'
import { crowds } from './crowds.ts'
import { goods } from './goods.ts'
import { money } from './money.ts'

export const crimes: ReadonlyMap<string, Crime> = new Map(
  [...goods, ...money, ...crowds].map((crime) => [crime.name, crime]),
)
