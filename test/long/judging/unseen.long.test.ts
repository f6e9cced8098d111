/**
 * Attacks that nobody taught: models taught without one family, and how much of it they flag or have looked at all the
 * same. `UNSEEN_FAMILIES=sleepers,ip_farm+twos` leaves the last two out together, which is harder and quicker than one at a time;
 * `UNSEEN_ACCOUNTS=10000`, and the worlds and seeds of test/long/linking. Small worlds do not hold every family.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { linkAccounts } from '../../../graph/detect.ts'
import { judgingInput } from '../../../graph/judging/features/input.ts'
import type { JudgingModels } from '../../../graph/judging/models.ts'
import { type Lesson, type Part, teach } from '../../../graph/judging/teach.ts'
import { fitDefaults } from '../../../graph/judging/trees/fit.ts'
import type { FoundRing } from '../../../graph/ring.ts'
import { publishedRings } from '../../../graph/rings/assemble.ts'
import type { Grouping } from '../../../graph/rings/group.ts'
import { fraudRoles, type TruthLine } from '../../../range/truth.ts'
import { admittedWorld } from '../../../src/cli/board/admitted-world.ts'
import { readPolicy } from '../../../src/policy.ts'
import { seeds, worlds } from '../linking/orders.ts'
import { figure, report, right } from '../linking/report.ts'

const accounts = Number(process.env['UNSEEN_ACCOUNTS'] ?? 10_000)
const leftOut = (process.env['UNSEEN_FAMILIES'] ?? 'sleepers,ip_farm,antidetect_farm,camouflage_random')
  .split(',')
  .map((together) => together.split('+'))
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
    lines: linked.table.facts.ids.map((account) => lineOf.get(account)),
  }
}

const populations = (of: readonly number[]): Promise<readonly Population[]> =>
  Promise.all(of.flatMap((seed) => worlds.map((world) => populationOf(world, seed))))

/** Whatever belongs to these families is told nothing of. */
function lessonWithout(families: readonly string[], { input, lines }: Population): Lesson {
  const parts = lines.map((line): Part => {
    if (!line || line.role === 'benign' || line.role === 'bystander') return 'honest'
    if (families.includes(line.attack ?? '')) return 'untold'
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

type Published = readonly { readonly population: Population; readonly rings: readonly FoundRing[] }[]

const publishedBy = (models: JudgingModels): Published =>
  judged.map((population) => ({
    population,
    rings: publishedRings(population.input, { grouping: population.grouping, models }).rings,
  }))

/** Over the family's accounts, its victims left aside. */
function reachOf(family: string, published: Published): Reach & { readonly of: number } {
  let [of, suspected, seen, flagged] = [0, 0, 0, 0]
  for (const { population, rings } of published) {
    const own = new Set(
      population.lines.flatMap((line) =>
        line?.attack === family && fraudRoles.has(line.role) ? [line.account] : [],
      ),
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
let whole: Published

beforeAll(async () => {
  teaching = await populations(seeds.slice(0, -1))
  judged = await populations(seeds.slice(-1))
  whole = publishedBy(
    teach(
      teaching.map((one) => lessonWithout([], one)),
      { fit },
    ),
  )
})

describe('what nobody taught', () => {
  test.each(leftOut.map((families) => [families.join(' and '), families] as const))(
    '%s: is seen by some',
    (_, families) => {
      const published = publishedBy(
        teach(
          teaching.map((one) => lessonWithout(families, one)),
          { fit },
        ),
      )
      const found = families.map((family) => ({ family, ...reachOf(family, published) }))
      for (const { family, of, ...unseen } of found)
        if (of > 0) rows.push({ family, of, unseen, taught: reachOf(family, whole) })

      expect(found.some(({ seen }) => seen > 0)).toBe(true)
    },
  )
})

afterAll(() =>
  report('Families left out of teaching: accounts seen', rows, [
    { title: 'FAMILY', text: ({ family }) => family },
    right('ACCOUNTS', ({ of }) => String(of)),
    right('TAUGHT: FLAGGED', ({ taught }) => figure(taught.flagged)),
    right('SUSPECTED', ({ taught }) => figure(taught.suspected)),
    right('OR UNCERTAIN', ({ taught }) => figure(taught.seen)),
    right('UNSEEN: FLAGGED', ({ unseen }) => figure(unseen.flagged)),
    right('SUSPECTED', ({ unseen }) => figure(unseen.suspected)),
    right('OR UNCERTAIN', ({ unseen }) => figure(unseen.seen)),
  ]),
)
