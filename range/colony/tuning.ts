/** How one world differs from the next: every seed draws its own from wide ranges. */

import { Random } from '../random.ts'
import type { ColonyFigures } from './colonies.ts'

export interface Tuning {
  /** Accounts behind one exit of a carrier. */
  readonly carrierCrowd: number
  readonly leaseDays: number
  /** Of home lines, of 1: those with one address for good, and those of IPv6. The rest is lent. */
  readonly fixedShare: number
  readonly sixShare: number
  /** Accounts that join within the window, of 1. */
  readonly newcomers: number
  /** How likely a thing that a ring holds in common shows on an account of it. */
  readonly ties: number
  /** Accounts of a ring, of 1, that keep away from all it holds in common. */
  readonly loners: number
  /** How many accounts have one thing of a ring's in common, as a multiple of what its crime says. */
  readonly lots: number
  /** Gangs that have a room to work from, of 1. */
  readonly rooms: number
  /** Of gangs of people, those who have a family, school or shift besides, of 1. */
  readonly settled: number
  /** Ring accounts that were bought or made long before, of 1. */
  readonly aged: number
  /** How often criminals do what gives them away; a crime's figures are for 1. */
  readonly greed: number
  /** Events, of 1, whose sender left the device out. */
  readonly blind: number
  /** Log-ins by a text message, of 1: the number shows. */
  readonly byText: number
  readonly habits: Weights
  readonly crimes: Weights
}

type Weights = Readonly<Record<string, number>>

export function tuningOf(seed: number, figures: ColonyFigures): Tuning {
  const random = new Random(seed, 'colony/tuning')
  // Habits of a country differ by more than a factor of two; so do the crimes of a season.
  const shaken = (weights: Weights, sigma: number): Weights =>
    Object.fromEntries(
      Object.entries(weights).map(([name, weight]) => [name, random.lognormal(weight, sigma)]),
    )
  const fixedShare = random.between(0.15, 0.5)
  return {
    carrierCrowd: random.between(120, 600),
    leaseDays: random.between(4, 60),
    fixedShare,
    sixShare: random.between(0.1, 0.8 - fixedShare),
    newcomers: random.between(0.22, 0.45),
    ties: random.between(0.65, 0.9),
    loners: random.between(0.05, 0.17),
    aged: random.between(0.3, 0.6),
    greed: random.lognormal(1.75, 0.3),
    blind: random.between(0.02, 0.15),
    byText: random.between(0.04, 0.3),
    habits: shaken(figures.habits, 0.5),
    crimes: shaken(figures.crimes, 0.5),
    lots: random.between(1.1, 1.8),
    settled: random.between(0.35, 0.65),
    rooms: random.between(0.6, 0.85),
  }
}
