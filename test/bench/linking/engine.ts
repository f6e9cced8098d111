/** Linking, or graphology, on the same columns in a process of its own: `engine.ts ours|reference|graphology calm|crowded RUNS`. */
import { createHash } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { UndirectedGraph } from 'graphology'
import louvain from 'graphology-communities-louvain'
import { gammaMicro } from '../../../graph/communities/gamma.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { partition } from '../../../graph/kernel/partition.ts'
import { projection, referenceProjection } from '../../../graph/kernel/projection.ts'
import { type LinkTable, readLinkTable } from '../../../graph/projection/link-table.ts'
import { type Columns, columnsOf } from '../partition/columns.ts'
import { asOf, scanAccounts, scanIdentifiers } from './state.ts'

const accounts = 250_000

/** CPU milliseconds by step. */
export type Steps = Readonly<Record<string, number>>

export interface LinkingRun {
  readonly accounts: number
  readonly rows: number
  /** The first in a fresh process. */
  readonly runs: readonly Steps[]
  /** Of the first run, beyond what was there before. */
  readonly peakBytes: number
  readonly links?: number
  /** Tells whether two runs found the same links. */
  readonly digest?: string
}

function stopwatch() {
  const steps: Record<string, number> = {}
  const cpuMs = (): number => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1_000
  }
  let last = cpuMs()
  return {
    steps,
    lap(step: string): void {
      const now = cpuMs()
      steps[step] = now - last
      last = now
    },
  }
}

/** What making the input left behind is not what a run costs. */
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function ours(table: LinkTable, project = projection) {
  const kindOf = (kind: string) => shippedKinds.get(kind)
  const { steps, lap } = stopwatch()
  const { pairs } = project(table, { kindOf, asOf })
  lap('projection')
  const ids = table.facts.ids
  const labels = partition(pairs, { gammaMicro, ids })
  lap('partition')
  return { steps, pairs, labels }
}

/** Accounts and identifiers are its nodes, rows its edges. */
function peer(columns: Columns): Steps {
  const { steps, lap } = stopwatch()
  const graph = new UndirectedGraph()
  for (let node = 0; node < columns.accounts + columns.identifiers; node++) graph.addNode(node)
  columns.account.forEach((account, row) =>
    graph.addEdge(account, columns.accounts + (columns.identifier[row] ?? 0)),
  )
  lap('build')
  louvain(graph, { getEdgeWeight: null, randomWalk: false })
  lap('louvain')
  return steps
}

const digestOf = (columns: readonly Int32Array[]): string =>
  columns
    .reduce((hash, column) => hash.update(column), createHash('sha256'))
    .digest('hex')
    .slice(0, 16)

async function run(name: string, columns: Columns, runs: number): Promise<LinkingRun> {
  const size = { accounts, rows: columns.account.length }
  const before = (): number => process.memoryUsage.rss()
  const beyond = (rss: number): number => process.resourceUsage().maxRSS * 1_024 - rss
  if (name === 'graphology') {
    collectGarbage()
    const rss = before()
    return { ...size, runs: [peer(columns)], peakBytes: beyond(rss) }
  }
  const table = await readLinkTable(scanAccounts(columns, 11), scanIdentifiers(columns))
  collectGarbage()
  const rss = before()
  const project = name === 'reference' ? referenceProjection : projection
  const first = ours(table, project)
  const peakBytes = beyond(rss)
  const later = Array.from({ length: runs - 1 }, () => ours(table, project).steps)
  const { a, b, evidence, weight } = first.pairs
  const digest = digestOf([a, b, evidence, weight, first.labels])
  return { ...size, runs: [first.steps, ...later], peakBytes, links: a.length, digest }
}

const [name = 'ours', shape = 'calm', runs = '1'] = process.argv.slice(2)
const columns = columnsOf(accounts, { crowd: shape === 'crowded', seed: 5 })
console.log(JSON.stringify(await run(name, columns, Number(runs))))
