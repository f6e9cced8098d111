/** What most businesses have in common. Sources: docs/detection.md 4.1. */
import { townAttacks } from '../attacks/catalogue.ts'
import type { NetworkFigures } from '../networks.ts'
import type { NoiseFigures } from '../noise.ts'
import type { SightFigures } from '../sight.ts'
import type { WorldFigures } from './figures.ts'

const networks: NetworkFigures = {
  carrierUsers: 0.7,
  carriers: 4,
  accountsPerAddress: 300,
  home: { static: 0.3, dynamic: 0.45, carrierNat: 0.25 },
  leaseDays: 20,
  ipv6: 0.33,
  vpn: { users: 0.05, exits: 40 },
  relay: { users: 0.03, exits: 20 },
  campus: { users: 0.1, median: 40, sigma: 1.5 },
}

const sight: SightFigures = {
  browsers: 0.4,
  browsersTellDevice: true,
  mobile: 0.5,
  collisions: { desktop: 0.34, mobile: 0.6, hardId: 0.12 },
}

const noise: NoiseFigures = {
  missing: 0.005,
  duplicated: 0.005,
  late: 0.01,
  lateMeanHours: 8,
  shuffled: 0.02,
  skewed: 0.01,
  skewMeanMinutes: 6,
}

export const usual = {
  prevalence: 0.05,
  attacks: townAttacks,
  networks,
  sight,
  noise,
  tempo: 1,
  campaigns: 2,
  days: 90,
  known: 0.12,
  mistaken: 0.0015,
} satisfies Omit<WorldFigures, 'populations' | 'customs'>
