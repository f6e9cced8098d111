/**
 * Attacks that nobody taught: models taught without one family, and how much of it they flag or have looked at all the
 * same. `UNSEEN_FAMILIES=sleepers,ip_farm`, `UNSEEN_ACCOUNTS=10000`, and the worlds and seeds of test/long/linking; small worlds do
 * not hold every family.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { linkAccounts } from '../../../graph/detect.ts'
import { judgingInput } from '../../../graph/judging/features/input.ts'
import type { JudgingModels } from '../../../graph/judging/models.ts'
import { type Lesson, type Part, teach } from '../../../graph/judging/teach.ts'
import { fitDefaults } from '../../../graph/judging/trees/fit.ts'
import { publishedRings } from '../../../graph/rings/assemble.ts'
import type { Grouping } from '../../../graph/rings/group.ts'
import { fraudRoles, type TruthLine } from '../../../range/truth.ts'
import { admittedWorld } from '../../../src/cli/board/admitted-world.ts'
import { readPolicy } from '../../../src/policy.ts'
import { seeds, worlds } from '../linking/orders.ts'
import { figure, report, right } from '../linking/report.ts'

const accounts = Number(process.env['UNSEEN_ACCOUNTS'] ?? 10_000)
const families = (
  process.env['UNSEEN_FAMILIES'] ?? 'sleepers,ip_farm,antidetect_farm,camouflage_random'
).split(',')
/** Smaller than what is shipped, that a family takes minutes; the last seed judges, the others teach. */
const fit = { ...fitDefaults, rounds: 40, depth: 3 }

const { registry } = readPolicy(undefined)
const kindOf = (kind: string) => registry.get(kind)

interface Population {
  readonly input: Lesson['input']
  readonly grouping: Grouping
  readonly lines: readonly (TruthLine | undefined)[]
}

async function populationOf(world: string, seed: number): Promise<Population> {
  const { state, truth } = await admittedWorld({ world, seed, accounts }, registry)
  const linked = await linkAccounts(state, { kindOf, method: 'cpm-leiden', onProgress: () => {} })
  const lineOf = new Map(truth.map((line) => [line.account, line]))
  return {
    input: judgingInput({ ...linked, kindOf }),
    grouping: linked.grouping,
    lines: linked.table.facts.map(({ account }) => lineOf.get(account)),
  }
}

const populations = (of: readonly number[]): Promise<readonly Population[]> =>
  Promise.all(of.flatMap((seed) => worlds.map((world) => populationOf(world, seed))))

/** Whatever belongs to the family is told nothing of. */
function lessonWithout(family: string | undefined, { input, lines }: Population): Lesson {
  const parts = lines.map((line): Part => {
    if (!line || line.role === 'benign' || line.role === 'bystander') return 'honest'
    if (line.attack === family) return 'untold'
    return fraudRoles.has(line.role) ? 'fraud' : 'victim'
  })
  return { input, parts }
}

interface Reach {
  /** Of 1: published as victims or with risk for review and above, and those whose group is `uncertain` besides. */
  readonly suspected: number
  readonly seen: number
  readonly flagged: number
}

/** Over the family's accounts, its victims left aside; `undefined` where the worlds hold none. */
function reachOf(family: string, all: readonly Population[], models: JudgingModels): Reach & { of: number } {
  let [of, suspected, seen, flagged] = [0, 0, 0, 0]
  for (const { input, grouping, lines } of all) {
    const { rings } = publishedRings(input, { grouping, models })
    const own = new Set(
      lines.flatMap((line) => (line?.attack === family && fraudRoles.has(line.role) ? [line.account] : [])),
    )
    of += own.size
    for (const { head, members } of rings) {
      for (const { account, risk, compromise, flagged: isFlagged } of members) {
        if (!own.has(account)) continue
        const isSuspect = risk + compromise >= 0.35
        suspected += Number(isSuspect)
        flagged += Number(isFlagged)
        seen += Number(isSuspect || head.class !== 'benign_shared')
      }
    }
  }
  return { of, suspected: suspected / of, seen: seen / of, flagged: flagged / of }
}

const rows: { family: string; of: number; taught: Reach; unseen: Reach }[] = []
let teaching: readonly Population[]
let judged: readonly Population[]
let whole: JudgingModels

beforeAll(async () => {
  teaching = await populations(seeds.slice(0, -1))
  judged = await populations(seeds.slice(-1))
  whole = teach(
    teaching.map((one) => lessonWithout(undefined, one)),
    { fit },
  )
})

describe('a family that nobody taught', () => {
  test.each(families)('%s is seen by some', (family) => {
    const models = teach(
      teaching.map((one) => lessonWithout(family, one)),
      { fit },
    )
    const { of, ...unseen } = reachOf(family, judged, models)
    rows.push({ family, of, unseen, taught: reachOf(family, judged, whole) })

    expect(of).toBeGreaterThan(0)
    expect(unseen.seen).toBeGreaterThan(0)
  })
})

afterAll(() =>
  report('Families left out of teaching: accounts seen', rows, [
    { title: 'FAMILY', text: ({ family }) => family },
    right('ACCOUNTS', ({ of }) => String(of)),
    right('TAUGHT: SUSPECTED', ({ taught }) => figure(taught.suspected)),
    right('OR UNCERTAIN', ({ taught }) => figure(taught.seen)),
    right('UNSEEN: FLAGGED', ({ unseen }) => figure(unseen.flagged)),
    right('SUSPECTED', ({ unseen }) => figure(unseen.suspected)),
    right('OR UNCERTAIN', ({ unseen }) => figure(unseen.seen)),
  ]),
)
