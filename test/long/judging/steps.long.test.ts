/** What each step of judging gives, and whom it costs: the table of docs/detection.md, section 6. */
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from '@jest/globals'
import { linkAccounts } from '../../../graph/detect.ts'
import { judgingInput } from '../../../graph/judging/features/input.ts'
import { apart, type Judgement, judge } from '../../../graph/judging/judge.ts'
import { adapt, labelsMin } from '../../../graph/judging/local/adapt.ts'
import {
  type JudgingModels,
  probabilities,
  readModels,
  type TwoModels,
} from '../../../graph/judging/models.ts'
import { shippedModels } from '../../../graph/judging/shipped.ts'
import { flagMins, reviewMin } from '../../../graph/judging/thresholds.ts'
import { averagePrecision } from '../../../range/metrics/average-precision.ts'
import { fraudRoles, type TruthLine } from '../../../range/truth.ts'
import { admittedWorld } from '../../../src/cli/board/admitted-world.ts'
import { readPolicy } from '../../../src/policy.ts'
import { seeds, worlds } from '../linking/orders.ts'
import { figure, report, right } from '../linking/report.ts'

const accounts = Number(process.env['JUDGING_ACCOUNTS'] ?? 10_000)
const modelsFile = process.env['JUDGING_MODELS']
const models: JudgingModels = modelsFile
  ? readModels(JSON.parse(readFileSync(modelsFile, 'utf8')))
  : shippedModels()
const { registry } = readPolicy(undefined)
const kindOf = (kind: string) => registry.get(kind)

interface Row {
  readonly world: string
  readonly step: string
  readonly ap: number
  readonly precision: number
  readonly recall: number
  /** Honest accounts of 10,000, with bystanders. */
  readonly harm: number
  readonly reviewed: number
  readonly victims: number
}
const rows: Row[] = []

describe.each(worlds)('%s', (world) => {
  test.each(seeds)('seed %i: members are told from their rings, and victims from both', async (seed) => {
    const { state, truth } = await admittedWorld({ world, seed, accounts }, registry)
    const linked = await linkAccounts(state, { kindOf, method: 'cpm-leiden', onProgress: () => {} })
    const input = judgingInput({ ...linked, kindOf })
    const lineOf = new Map(truth.map((line) => [line.account, line]))
    const lines = linked.table.facts.ids.map((account) => lineOf.get(account))
    const judgement = judge(input, models)
    const row = (step: string, risk: Float64Array, flagMin: number) =>
      figures(lines, { world, step, risk, flagMin })

    const steps = [
      row('ring’s risk for every member', ofRings(judgement), flagMins.shipped),
      row('members, one pass', riskBy(models.first, judgement), flagMins.shipped),
      row('members, both passes', riskBy(models.second, judgement), flagMins.shipped),
      row('and takeovers and visits', judgement.risk, flagMins.shipped),
    ]
    const labels = [...input.table.facts].filter((own) =>
      own.labels.some(({ label }) => label === 'fraud'),
    ).length
    if (labels >= labelsMin)
      steps.push(row('and own labels', judge(input, adapt(input, models).models).risk, flagMins.local))
    rows.push(...steps)

    const [ring, , , both] = steps
    expect(both?.ap).toBeGreaterThan((ring?.ap ?? 1) - 0.05)
    expect(both?.victims).toBeLessThanOrEqual(ring?.victims ?? 0)
  })
})

function ofRings({ hostile, look }: Judgement): Float64Array {
  return Float64Array.from(look.input.communityOf, (place) => hostile[place] ?? 0)
}

function riskBy({ risk, compromise }: TwoModels, { look: { accounts: own } }: Judgement): Float64Array {
  return apart({
    risk: probabilities(risk, own.columns, own.accounts),
    compromise: probabilities(compromise, own.columns, own.accounts),
  }).risk
}

function figures(
  lines: readonly (TruthLine | undefined)[],
  { world, step, risk, flagMin }: { world: string; step: string; risk: Float64Array; flagMin: number },
): Row {
  const at = [...lines.keys()]
  const isVictim = (i: number): boolean => lines[i]?.role === 'victim'
  const isFraud = (i: number): boolean => fraudRoles.has(lines[i]?.role ?? 'benign')
  const share = (part: readonly number[], whole: readonly number[]): number =>
    whole.length > 0 ? part.length / whole.length : 0
  const others = at.filter((i) => !isVictim(i))
  const from = (least: number, of: readonly number[]) => of.filter((i) => (risk[i] ?? 0) >= least)
  const [flagged, honest, victims] = [
    from(flagMin, others),
    others.filter((i) => !isFraud(i)),
    at.filter(isVictim),
  ]
  return {
    world,
    step,
    ap: averagePrecision({
      scores: Float64Array.from(others, (i) => risk[i] ?? 0),
      answers: Uint8Array.from(others, (i) => Number(isFraud(i))),
    }),
    precision: share(flagged.filter(isFraud), flagged),
    recall: share(flagged.filter(isFraud), others.filter(isFraud)),
    harm: share(from(flagMin, honest), honest) * 10_000,
    reviewed: share(from(reviewMin, honest), honest) * 10_000,
    victims: share(from(reviewMin, victims), victims),
  }
}

afterAll(() =>
  report('What each step of judging gives', meansOf(rows), [
    { title: 'WORLD', text: ({ world }) => world },
    { title: 'STEP', text: ({ step }) => step },
    right('AVERAGE P', ({ ap }) => figure(ap)),
    right('FLAGGED P', ({ precision }) => figure(precision)),
    right('FLAGGED R', ({ recall }) => figure(recall)),
    right('HARMED/10K', ({ harm }) => harm.toFixed(1)),
    right('REVIEWED/10K', ({ reviewed }) => reviewed.toFixed(0)),
    right('VICTIMS SUSPECTED', ({ victims }) => figure(victims)),
  ]),
)

/** Over seeds. */
function meansOf(all: readonly Row[]): readonly Row[] {
  const groups = Map.groupBy(all, ({ world, step }) => `${world}/${step}`)
  const numbers = ['ap', 'precision', 'recall', 'harm', 'reviewed', 'victims'] as const
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (!first) return []
    const own = [first, ...more]
    const mean = (name: (typeof numbers)[number]): number =>
      own.reduce((sum, row) => sum + row[name], 0) / own.length
    return [
      {
        ...first,
        ...(Object.fromEntries(numbers.map((name) => [name, mean(name)])) as Pick<
          Row,
          (typeof numbers)[number]
        >),
      },
    ]
  })
}
