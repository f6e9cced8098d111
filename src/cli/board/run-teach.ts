/** Teaches the models of judging by worlds of the range, whose truth is known, and writes them. */
import { writeFile } from 'node:fs/promises'
import { linkAccounts } from '../../../graph/detect.ts'
import { AppError } from '../../../graph/errors.ts'
import { judgingInput } from '../../../graph/judging/features/input.ts'
import { type Lesson, type Part, teach } from '../../../graph/judging/teach.ts'
import { fraudRoles, type TruthLine } from '../../../range/truth.ts'
import { readPolicy } from '../../policy.ts'
import { configFrom } from '../options.ts'
import { terminal } from '../terminal.ts'
import { admittedWorld } from './admitted-world.ts'
import { checkWorlds, reportSeedMin } from './orders.ts'

export interface TeachOptions {
  readonly world: readonly string[]
  readonly seeds: readonly number[]
  readonly accounts: number
  readonly out: string
  readonly json?: boolean
}

/** Fewer leave a fold without a lesson. */
const worldsMin = 3

export async function runTeach({ world: worlds, seeds, accounts, out, json }: TeachOptions): Promise<void> {
  checkWorlds(worlds)
  if (seeds.some((seed) => seed >= reportSeedMin)) {
    throw new AppError('invalid_input', `Seeds from ${reportSeedMin} on are for reports: teach by lower ones`)
  }
  if (worlds.length * seeds.length < worldsMin) {
    throw new AppError(
      'invalid_input',
      'Each world is judged by models that others taught: name at least three worlds',
    )
  }
  const { registry } = readPolicy(configFrom({}).policyFile)
  const kindOf = (kind: string) => registry.get(kind)
  const lessons: Lesson[] = []
  // A seed after the other, so that every fold of the teaching holds every world.
  for (const seed of seeds) {
    for (const world of worlds) {
      const { state, truth } = await admittedWorld({ world, seed, accounts }, registry)
      const linked = await linkAccounts(state, { kindOf, method: 'cpm-leiden', onProgress: () => {} })
      const input = judgingInput({ ...linked, kindOf })
      lessons.push({ input, parts: partsOf(linked.table.facts.ids, truth) })
      terminal.note(`  ${lessons.length} of ${worlds.length * seeds.length}  ${world}, seed ${seed}`)
    }
  }
  const models = teach(lessons, { onStep: (step) => terminal.note(`  teaching: ${step}`) })
  await writeFile(out, `${JSON.stringify(models)}\n`)
  if (json) terminal.json({ out, worlds: lessons.length, accounts })
  else terminal.print(`Taught by ${lessons.length} worlds of ${accounts} accounts: ${out}`)
}

function partsOf(accounts: readonly string[], truth: readonly TruthLine[]): readonly Part[] {
  const roleOf = new Map(truth.map(({ account, role }) => [account, role]))
  return accounts.map((account) => {
    const role = roleOf.get(account)
    if (role === 'victim') return 'victim'
    return role && fraudRoles.has(role) ? 'fraud' : 'honest'
  })
}
