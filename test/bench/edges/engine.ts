/** Linking of a large graph in a process of its own: `engine.ts EDGES`. */
import { gammaMicro } from '../../../graph/communities/gamma.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { newKernel } from '../../../graph/kernel/instance.ts'
import { componentSolver, partition, partitionIn } from '../../../graph/kernel/partition.ts'
import { projection } from '../../../graph/kernel/projection.ts'
import { solverThreads } from '../../../src/engine/solver-threads.ts'
import { asOf, largeTable } from './table.ts'

export interface EdgesRun {
  readonly edges: number
  readonly accounts: number
  readonly links: number
  readonly communities: number
  readonly steps: readonly {
    readonly step: string
    readonly cpuMs: number
    /** Of the thread that was asked. */
    readonly ownMs: number
    readonly tookMs: number
    /** Largest resident size until its end. */
    readonly peakBytes: number
  }[]
}

/** Of one thread and two, after the first partition. */
const turns = 3

function run(edges: number): EdgesRun {
  const steps: EdgesRun['steps'][number][] = []
  function lap<Result>(step: string, work: () => Result): Result {
    const [cpu, own, startedAt] = [process.cpuUsage(), process.threadCpuUsage(), performance.now()]
    const result = work()
    const { user, system } = process.cpuUsage(cpu)
    const peakBytes = process.resourceUsage().maxRSS * 1_024
    const tookMs = performance.now() - startedAt
    const mine = process.threadCpuUsage(own)
    const ownMs = (mine.user + mine.system) / 1_000
    steps.push({ step, cpuMs: (user + system) / 1_000, ownMs, tookMs, peakBytes })
    return result
  }
  const table = lap('table', () => largeTable(edges))
  const ids = lap('ids', () => table.facts.map((_, account) => `acct_${String(account).padStart(8, '0')}`))
  const kindOf = (kind: string) => shippedKinds.get(kind)
  const { pairs } = lap('projection', () => projection(table, { kindOf, asOf }))
  const labels = lap('partition', () => partitionIn(newKernel(), pairs, { gammaMicro, ids }))
  const helpers = solverThreads(2)
  const solve = componentSolver({ ...(helpers && { helpers }) })
  for (let turn = 0; turn < turns; turn++) {
    lap('one thread', () => partition(pairs, { gammaMicro, ids }))
    lap('two threads', () => solve(pairs, { gammaMicro, ids }))
  }
  return {
    edges,
    accounts: ids.length,
    links: pairs.a.length,
    communities: labels.reduce((sum, label, account) => sum + (label === account ? 1 : 0), 0),
    steps,
  }
}

console.log(JSON.stringify(run(Number(process.argv[2]))))
