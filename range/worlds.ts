/** Worlds as data: who lives in them, who robs them, and how they connect. */
import { cardTesting } from './attacks/card-testing.ts'
import { signupFarm } from './attacks/signup-farm.ts'
import { takeover } from './attacks/takeover.ts'
import { carrierCustomers } from './benign/carrier.ts'
import { households } from './benign/household.ts'
import { plainCustomers } from './benign/plain.ts'
import type { NetworkFigures } from './networks.ts'
import type { Attack, Population } from './plan.ts'

export interface WorldFigures {
  /** Accounts that carry a ring, of 1. */
  readonly prevalence: number
  /** How often each is planned: a household brings several accounts, a ring a dozen. */
  readonly populations: readonly (readonly [Population, number])[]
  readonly attacks: readonly (readonly [Attack, number])[]
  readonly networks: NetworkFigures
  /** Sessions people have, as a multiple of the usual. */
  readonly tempo: number
  /** Marketing campaigns within the window. */
  readonly campaigns: number
  readonly days: number
  /** Fraud that reviewers know, honest accounts that they hold for fraud, of 1. */
  readonly known: number
  readonly mistaken: number
}

const networks: NetworkFigures = {
  carrierUsers: 0.5,
  carriers: 4,
  accountsPerAddress: 300,
  home: { static: 0.3, dynamic: 0.45, carrierNat: 0.25 },
  leaseDays: 20,
  ipv6: 0.33,
}

const town: WorldFigures = {
  prevalence: 0.05,
  populations: [
    [plainCustomers, 0.4],
    [households, 0.42],
    [carrierCustomers, 0.18],
  ],
  attacks: [
    [signupFarm, 4],
    [cardTesting, 3],
    [takeover, 3],
  ],
  networks,
  tempo: 1,
  campaigns: 2,
  days: 90,
  known: 0.12,
  mistaken: 0.0015,
}

export const worlds: Readonly<Record<string, WorldFigures>> = { town, quiet: { ...town, prevalence: 0.005 } }

export const worldNames: readonly string[] = Object.keys(worlds)
