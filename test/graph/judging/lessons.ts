/** Small towns with their truth, to teach models by. */
import { linkAccounts } from '../../../graph/detect.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { judgingInput } from '../../../graph/judging/features/input.ts'
import type { Lesson, Part } from '../../../graph/judging/teach.ts'
import { fraudRoles } from '../../../range/truth.ts'
import { admittedWorld } from '../../../src/cli/board/admitted-world.ts'

const kindOf = (kind: string) => shippedKinds.get(kind)

export async function lessonOf(seed: number, accounts = 1_200): Promise<Lesson> {
  const { state, truth } = await admittedWorld({ world: 'town', seed, accounts }, shippedKinds)
  const linked = await linkAccounts(state, { kindOf, method: 'cpm-leiden', onProgress: () => {} })
  const roleOf = new Map(truth.map(({ account, role }) => [account, role]))
  const partOf = (account: string): Part => {
    const role = roleOf.get(account) ?? 'benign'
    if (role === 'victim') return 'victim'
    return fraudRoles.has(role) ? 'fraud' : 'honest'
  }
  return {
    input: judgingInput({ ...linked, kindOf }),
    parts: linked.table.facts.ids.map((account) => partOf(account)),
  }
}
