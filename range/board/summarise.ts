/** From runs to a board. The same runs give the same board, in whatever order threads ended. */
import { comparePairs, type Estimate, median, ringEstimates, worldEstimate } from '../metrics/intervals.ts'
import type { Measure } from '../metrics/measure.ts'
import { type RingTally, ringFigures } from '../metrics/ring-tallies.ts'
import { Random } from '../random.ts'
import { tempoFigures } from '../tempo/tempo.ts'
import type {
  Board,
  BoardAttack,
  BoardFigure,
  BoardMethod,
  BoardSubgroup,
  BoardWorld,
  MethodRun,
  MethodTitle,
  WorldRun,
} from './board.ts'
import { comparedFigures, figures } from './figures.ts'

export interface SummariseOptions {
  readonly methods: readonly MethodTitle[]
  readonly worlds: readonly string[]
  readonly seeds: readonly number[]
  readonly accounts: number
  readonly models?: string
}

export function summarise(runs: readonly WorldRun[], options: SummariseOptions): Board {
  const { methods, worlds, seeds, accounts, models } = options
  return {
    version: 1,
    seeds,
    accounts,
    ...(models !== undefined && { models }),
    worlds: worlds.map((world) => {
      const own = runs.filter((run) => run.world === world).toSorted((a, b) => a.seed - b.seed)
      return worldOf(world, own, methods)
    }),
  }
}

function worldOf(world: string, runs: readonly WorldRun[], methods: readonly MethodTitle[]): BoardWorld {
  const made = methods.map((title) => methodOf(title, { world, runs: runsOf(runs, title.name) }))
  const oursFor = ({ comparedWith }: BoardMethod): BoardMethod | undefined =>
    made.find(({ isOurs, name }) => isOurs && (comparedWith === undefined || name === comparedWith))
  const withComparison = (method: BoardMethod): BoardMethod => {
    const ours = method.isOurs ? undefined : oursFor(method)
    return ours ? { ...method, compared: compared(ours, method) } : method
  }
  return {
    world,
    counts: runs.map(({ counts }) => counts),
    ceiling: worldEstimate(
      runs.map(({ counts }) => counts.linkable),
      new Random(1, `${world}/ceiling`),
    ),
    tempo: tempoFigures(runs.map(({ tempo }) => tempo)),
    links: runs.map(({ links }) => links),
    verdicts: runs.map(({ verdicts }) => verdicts),
    methods: made.map(withComparison),
  }
}

const runsOf = (runs: readonly WorldRun[], name: string): readonly MethodRun[] =>
  runs.flatMap(({ methods }) => methods.filter(({ method }) => method === name))

function methodOf(
  title: MethodTitle,
  { world, runs }: { readonly world: string; readonly runs: readonly MethodRun[] },
): BoardMethod {
  const measures = runs.map(({ measure }) => measure)
  const random = new Random(1, `${world}/${title.name}`)
  const byRing: Readonly<Record<string, Estimate>> = ringEstimates(
    measures.map(({ rings }) => rings),
    random,
  )
  const figureOf = ({ name, of }: (typeof figures)[number]): readonly [string, BoardFigure] => {
    const bySeed = measures.map(of)
    return [name, { ...(byRing[name] ?? worldEstimate(bySeed, random)), bySeed }]
  }
  return {
    ...title,
    figures: Object.fromEntries(figures.map(figureOf)),
    attacks: attacksOf(measures.flatMap(({ rings }) => rings)),
    subgroups: subgroupsOf(measures),
    compared: {},
    tookMs: median(runs.map(({ tookMs }) => tookMs)),
  }
}

function attacksOf(rings: readonly RingTally[]): Readonly<Record<string, BoardAttack>> {
  const byAttack = Map.groupBy(rings, ({ attack }) => attack)
  return Object.fromEntries(
    [...byAttack]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([attack, own]) => {
        const { recall50, recall80 } = ringFigures(own)
        return [attack, { rings: own.length, recall50, recall80 }]
      }),
  )
}

function subgroupsOf(measures: readonly Measure[]): Readonly<Record<string, BoardSubgroup>> {
  const kinds = [...new Set(measures.flatMap(({ subgroups }) => Object.keys(subgroups)))].sort()
  return Object.fromEntries(
    kinds.map((kind) => {
      const sum = (of: 'benign' | 'flagged'): number =>
        measures.reduce((total, { subgroups }) => total + (subgroups[kind]?.[of] ?? 0), 0)
      const [benign, flagged] = [sum('benign'), sum('flagged')]
      return [kind, { benign, flagged, per10k: (10_000 * flagged) / benign }]
    }),
  )
}

const compared = (ours: BoardMethod, other: BoardMethod): BoardMethod['compared'] =>
  Object.fromEntries(
    comparedFigures.map((name) => [
      name,
      comparePairs(
        ours.figures[name]?.bySeed ?? [],
        other.figures[name]?.bySeed ?? [],
        new Random(1, `${other.name}/${name}`),
      ),
    ]),
  )
