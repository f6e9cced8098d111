/** Chooses what the baselines leave open, on seeds that no report uses. */
import { AppError } from '../../../graph/errors.ts'
import type { BaselineInput, Found } from '../../../range/baselines/baseline.ts'
import { type Chosen, chooseParameters, sweeps } from '../../../range/baselines/sweeps.ts'
import { score } from '../../../range/score.ts'
import type { TruthLine } from '../../../range/truth.ts'
import { configFrom } from '../options.ts'
import { terminal } from '../terminal.ts'
import { checkWorlds, reportSeedMin } from './orders.ts'
import { preparedWorld, publishedBy } from './run-world.ts'

export interface TuneOptions {
  readonly world: readonly string[]
  readonly seeds: readonly number[]
  readonly accounts: number
  readonly only?: readonly string[]
  readonly json?: boolean
}

export async function runTune({ world: worlds, seeds, accounts, only, json }: TuneOptions): Promise<void> {
  checkWorlds(worlds)
  const wanted = sweepsNamed(only)
  if (seeds.some((seed) => seed >= reportSeedMin)) {
    throw new AppError('invalid_input', `Seeds from ${reportSeedMin} on are for reports: tune on lower ones`)
  }
  const { policyFile } = configFrom({})
  const prepared: { readonly input: BaselineInput; readonly truth: readonly TruthLine[] }[] = []
  for (const world of worlds) {
    for (const seed of seeds) {
      const { input, world: made } = await preparedWorld({ world, seed, accounts, methods: [], policyFile })
      prepared.push({ input, truth: made.truth })
      terminal.note(`  ${world}, seed ${seed}`)
    }
  }
  const goodness = (found: Found, at: number): number => {
    const own = prepared[at]
    if (!own) return 0
    const { rings, pairs, accounts: flags } = score(publishedBy(found, own.input), own.truth)
    return (rings.recall50 + pairs.f1 + flags.f1) / 3
  }
  const inputs = prepared.map(({ input }) => input)
  for (const chosen of chooseParameters(inputs, goodness, wanted)) {
    if (json) terminal.json(chosen)
    else terminal.print(lineOf(chosen))
  }
}

function sweepsNamed(names: readonly string[] | undefined) {
  const known = sweeps.map(({ name }) => name)
  const unknown = names?.find((name) => !known.includes(name))
  if (unknown === undefined) return sweeps.filter(({ name }) => names?.includes(name) ?? true)
  throw new AppError('invalid_input', `There is nothing to tune by ${unknown}: use ${known.join(', ')}`)
}

/** As parameters.ts has it. */
function lineOf({ name, parameters, goodness }: Chosen): string {
  const values = Object.entries(parameters).map(([key, value]) => `${key}: ${value}`)
  return `  ${name}: { ${values.join(', ')} },  ${terminal.styles.dim(`${goodness.toFixed(3)}`)}`
}
