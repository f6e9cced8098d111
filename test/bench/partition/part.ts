/** `npm run bench -- partition`: the kernel beside its peers on the same links, a process each, in turns, CPU time. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { columnsOf } from './columns.ts'
import type { EngineRun } from './engine.ts'
import { type GraphFile, writeGraph } from './graph-file.ts'
import { linksOf } from './links.ts'
import { peersPython } from './python.ts'

const turns = 2
/** The first is cold: nothing is compiled yet. */
const runsOfOurs = 6

const thousands = (value: number): string => Math.round(value).toLocaleString('en')
const few = (value: number): string => (value < 100 ? value.toFixed(1) : thousands(value))
const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

interface Bench {
  readonly path: string
  readonly python: string | undefined
  readonly graph: GraphFile
}

function runOurs(name: string, { path }: Bench, runs = runsOfOurs): EngineRun {
  const engine = join(import.meta.dirname, 'engine.ts')
  const args = ['--disable-warning=ExperimentalWarning', engine, name, path, String(runs)]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as EngineRun
}

function runPeer(name: string, { path, python }: Bench): EngineRun | undefined {
  if (!python) return undefined
  const peers = join(import.meta.dirname, 'peers.py')
  return JSON.parse(execFileSync(python, [peers, name, path, '1'], { encoding: 'utf8' })) as EngineRun
}

interface Duel {
  readonly title: string
  readonly ours: string
  readonly peer: string
  /** Least ratio of the peer's time to ours. */
  readonly goal: number
  readonly turns: number
}

const duels: readonly Duel[] = [
  { title: 'one iteration', ours: 'kernel-1', peer: 'igraph-1', goal: 10, turns },
  { title: 'two iterations', ours: 'kernel-2', peer: 'igraph-2', goal: 15, turns },
  { title: 'until stable', ours: 'kernel-stable', peer: 'igraph-stable', goal: 25, turns: 1 },
]
const qualityGoal = 0.9998

function duel({ title, ours, peer, goal, turns }: Duel, bench: Bench): void {
  const [mine, theirs]: [EngineRun[], EngineRun[]] = [[], []]
  for (let turn = 0; turn < turns; turn++) {
    mine.push(runOurs(ours, bench))
    const other = runPeer(peer, bench)
    if (other) theirs.push(other)
  }
  const search = median(mine.flatMap((run) => searchMs(run).slice(1)))
  const whole = median(mine.flatMap(({ ms }) => ms.slice(1)))
  const cold = median(mine.map(({ ms }) => ms[0] ?? Number.NaN))
  const peerMs = median(theirs.flatMap(({ ms }) => ms))
  const ratio = (own: number): string => (theirs.length > 0 ? ` = ${(peerMs / own).toFixed(1)} x` : '')
  console.log(
    `  ${title.padEnd(15)} search ${few(search)} ms${ratio(search)} (goal ${goal} x), with rows ${few(whole)} ms${ratio(whole)}, cold ${few(cold)} ms${ratio(cold)}`,
  )
  if (theirs.length === 0) return
  const quality = (mine[0]?.quality ?? 0) / (theirs[0]?.quality ?? 1)
  const peerBuild = median(theirs.flatMap(({ buildMs = [] }) => buildMs))
  console.log(
    `  ${''.padEnd(15)} igraph ${few(peerMs)} ms on a graph that took ${few(peerBuild)} ms; quality ${quality.toFixed(5)} of its (goal ${qualityGoal})`,
  )
}

const searchMs = ({ ms, buildMs = [] }: EngineRun): readonly number[] =>
  ms.map((whole, run) => whole - (buildMs[run] ?? 0))

/** Others on the same links; what maximises something else is told by its time alone. */
function context(bench: Bench): void {
  const product = runOurs('kernel', bench)
  const warm = median(product.ms.slice(1))
  const cold = product.ms[0] ?? Number.NaN
  const edges = bench.graph.edges.a.length
  const goalBytes = 64 * (edges + bench.graph.nodes)
  console.log(
    `  as the product   kernel ${few(warm).padStart(7)} ms, cold ${few(cold).padStart(7)} ms, many starts; ${mebibytes(product.peakBytes)} (goal ${mebibytes(goalBytes)}); ${thousands(product.communities)} communities`,
  )
  const reference = runOurs('reference', bench, 1)
  const others: [string, EngineRun | undefined, string][] = [
    [
      'the reference in TypeScript',
      reference,
      `quality ${reference.quality === product.quality ? 'equal' : 'NOT EQUAL'}`,
    ],
    ['graphology, build + Louvain', runOurs('graphology', bench, 1), 'modularity'],
    ['leidenalg, CPM, one iteration', runPeer('leidenalg-1', bench), 'goal 100 x the kernel'],
    ['NetworKit ParallelLeiden, one thread', runPeer('networkit', bench), 'modularity'],
  ]
  for (const [name, run, note] of others) {
    if (!run) continue
    const ms = run.ms[0] ?? Number.NaN
    console.log(
      `  ${name.padEnd(37)} ${few(ms).padStart(7)} ms = ${(ms / warm).toFixed(1)} x, cold ${(ms / cold).toFixed(1)} x (${note})`,
    )
  }
}

/** One thread and two, in turns: on a busy machine the clock says little, and the caller's own CPU time more. */
function threads(bench: Bench): void {
  const runs: Record<string, EngineRun[]> = { 'thread-1': [], 'thread-2': [] }
  for (let turn = 0; turn < turns; turn++)
    for (const [name, all] of Object.entries(runs)) all.push(runOurs(name, bench))
  for (const [name, all] of Object.entries(runs)) {
    const warm = (of: 'ms' | 'callerMs' | 'tookMs'): string =>
      few(median(all.flatMap((run) => run[of].slice(1))))
    console.log(
      `  ${name.padEnd(16)} ${warm('tookMs').padStart(7)} ms by the clock, ${warm('callerMs')} ms CPU of the caller, ${warm('ms')} ms of all; ${thousands(all[0]?.communities ?? 0)} communities`,
    )
  }
}

function components(bench: Bench): void {
  const ours = runOurs('components', bench)
  const [search, whole] = [median(searchMs(ours).slice(1)), median(ours.ms.slice(1))]
  const rate = (ms: number): string => (bench.graph.edges.a.length / ms / 1_000).toFixed(1)
  console.log(
    `  kernel                ${few(search)} ms = ${rate(search)} M edges/s (goal 25), with rows ${few(whole)} ms = ${rate(whole)} M edges/s`,
  )
  for (const peer of ['igraph-components', 'networkit-components']) {
    const run = runPeer(peer, bench)
    if (run)
      console.log(
        `  ${peer.padEnd(21)} ${few(run.ms[0] ?? 0)} ms on a graph that took ${few(run.buildMs?.[0] ?? 0)} ms`,
      )
  }
}

export function benchPartition(): void {
  const found = peersPython()
  const python = 'python' in found ? found.python : undefined
  if ('missing' in found) console.log(`Peers from PyPI are not run: ${found.missing}`)
  const folder = mkdtempSync(join(tmpdir(), 'ringleader-bench-'))
  const on = (name: string, graph: GraphFile, measure: (bench: Bench) => void): void => {
    const path = join(folder, name)
    writeGraph(path, graph)
    measure({ path, python, graph })
    rmSync(path)
    console.log()
  }
  try {
    for (const crowd of [false, true]) {
      const columns = columnsOf(250_000, { crowd, seed: 5 })
      const edges = linksOf(columns)
      const [rows, links] = [thousands(columns.account.length), thousands(edges.a.length)]
      const shape = crowd ? 'a giant component' : 'small components alone'
      console.log(`Partition of ${links} links of 250,000 accounts (${rows} rows), ${shape}, CPU time`)
      on('links', { nodes: columns.accounts, edges }, (bench) => {
        for (const one of duels) duel(one, bench)
        context(bench)
        threads(bench)
      })
      if (!crowd) continue
      console.log(
        `Components of those ${rows} rows as edges between accounts and identifiers, random numbers`,
      )
      on('rows', asEdges(columns), components)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Identifiers are numbered after accounts. */
function asEdges({ accounts, identifiers, account, identifier }: ReturnType<typeof columnsOf>): GraphFile {
  const b = identifier.map((one) => one + accounts)
  const weight = new Int32Array(account.length).fill(1_000_000)
  return { nodes: accounts + identifiers, edges: { a: account, b, weight } }
}
