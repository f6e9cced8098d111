/** A town whose rings change from day to day, to see whether they keep their ids. */
import { lifeAttacks } from '../attacks/lives/catalogue.ts'
import type { WorldFigures } from './figures.ts'
import { town } from './town.ts'

export const lives: WorldFigures = { ...town, attacks: lifeAttacks, prevalence: 0.08 }
