/** What is tried for each baseline when its parameters are chosen. */
import type { BaselineInput, Found } from './baseline.ts'
import { fraudar } from './fraudar/fraudar.ts'
import { gdsPaySim } from './gds-paysim.ts'
import { modularityLeiden } from './leiden-modularity/modularity-leiden.ts'
import { sharedCount } from './shared-count.ts'
import { signupGroups } from './signup-groups.ts'
import { similarUsers } from './similar-users.ts'
import { supervised } from './supervised/supervised.ts'
import { synchroTrap } from './synchrotrap.ts'
import { wcc } from './wcc.ts'

export interface Candidate {
  readonly parameters: Readonly<Record<string, number>>
  readonly find: (input: BaselineInput) => Found
}

export interface Sweep {
  /** Its name in parameters.ts. */
  readonly name: string
  readonly candidates: readonly Candidate[]
}

function sweep<Parameters extends Readonly<Record<string, number>>>(
  name: string,
  candidates: readonly Parameters[],
  find: (input: BaselineInput, parameters: Parameters) => Found,
): Sweep {
  return {
    name,
    candidates: candidates.map((parameters) => ({ parameters, find: (input) => find(input, parameters) })),
  }
}

const sharing = (caps: readonly number[]) =>
  ([0, 1] as const).flatMap((addresses) => caps.map((usersMax) => ({ usersMax, addresses })))

export const sweeps: readonly Sweep[] = [
  sweep('wccTuned', sharing([2, 3, 5, 10, 20, 50, 100, 200]), wcc),
  sweep('louvainTuned', sharing([2, 3, 5, 10, 20, 50, 100, 200]), sharedCount),
  sweep(
    'fraudar',
    ([0, 1] as const).flatMap((addresses) =>
      [1, 2, 5, 10, 20, 40, 80, 160].map((blocksPer10k) => ({ blocksPer10k, addresses })),
    ),
    fraudar,
  ),
  sweep(
    'gdsPaySim',
    [3, 5, 10, 20, 50, 100].map((usersMax) => ({ usersMax, top: 0.2 })),
    gdsPaySim,
  ),
  sweep(
    'synchroTrap',
    [0.15, 0.25, 0.4].flatMap((similarMin) => [1, 2, 3, 5].map((actionsMin) => ({ similarMin, actionsMin }))),
    synchroTrap,
  ),
  sweep(
    'similarUsers',
    [1, 2, 3, 5, 8, 12].map((scoreMin) => ({ scoreMin })),
    similarUsers,
  ),
  sweep(
    'signupGroups',
    [2, 3, 4, 5, 8].map((sizeMin) => ({ sizeMin })),
    signupGroups,
  ),
  sweep(
    'supervised',
    [0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2].map((flagMin) => ({ flagMin })),
    supervised,
  ),
  sweep(
    'leidenModularityTuned',
    [1, 3, 10, 30, 100, 300, 1000, 3000].map((resolution) => ({ resolution })),
    modularityLeiden,
  ),
]

export interface Chosen {
  readonly name: string
  readonly parameters: Candidate['parameters']
  /** Mean goodness over worlds, of 1. */
  readonly goodness: number
}

/** The candidate of each baseline that is best on average; of equals the first. `goodnessOf` judges one world. */
export function chooseParameters(
  inputs: readonly BaselineInput[],
  goodnessOf: (found: Found, world: number) => number,
  wanted: readonly Sweep[] = sweeps,
): readonly Chosen[] {
  return wanted.map(({ name, candidates }) => {
    const tried = candidates.map(({ parameters, find }): Chosen => {
      const all = inputs.map((input, world) => goodnessOf(find(input), world))
      return { name, parameters, goodness: all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length) }
    })
    return tried.reduce((best, other) => (other.goodness > best.goodness ? other : best))
  })
}
