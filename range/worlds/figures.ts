/** What a world is, as data. */
import type { CustomFigures } from '../customs.ts'
import type { NetworkFigures } from '../networks.ts'
import type { NoiseFigures } from '../noise.ts'
import type { Attack, Population } from '../plan.ts'
import type { SightFigures } from '../sight.ts'

export interface WorldFigures {
  /** Accounts that carry a ring, of 1. */
  readonly prevalence: number
  /** How often each is planned: a household brings several accounts, a ring a dozen. */
  readonly populations: readonly (readonly [Population, number])[]
  readonly attacks: readonly (readonly [Attack, number])[]
  readonly networks: NetworkFigures
  readonly customs: CustomFigures
  readonly sight: SightFigures
  readonly noise: NoiseFigures
  /** Sessions people have, as a multiple of the usual. */
  readonly tempo: number
  /** Marketing campaigns within the window. */
  readonly campaigns: number
  readonly days: number
  /** Fraud that reviewers know, honest accounts that they hold for fraud, of 1. */
  readonly known: number
  readonly mistaken: number
}

/** From the accounts of each, of 1, and the accounts that one plan brings: how often each is planned. */
export const inShares = (
  shares: readonly (readonly [population: Population, share: number, accounts: number])[],
): WorldFigures['populations'] =>
  shares.map(([population, share, accounts]) => [population, share / accounts])
