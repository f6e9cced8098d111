/** Linking of a large graph in a process of its own: `engine.ts EDGES`. */
import { gammaMicro } from '../../../graph/communities/gamma.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { newKernel } from '../../../graph/kernel/instance.ts'
import { partitionIn } from '../../../graph/kernel/partition.ts'
import { projection } from '../../../graph/kernel/projection.ts'
import { asOf, largeTable } from './table.ts'

export interface EdgesRun {
  readonly edges: number
  readonly accounts: number
  readonly links: number
  readonly communities: number
  readonly steps: readonly {
    readonly step: string
    readonly cpuMs: number
    readonly tookMs: number
    /** Largest resident size until its end. */
    readonly peakBytes: number
  }[]
}

function run(edges: number): EdgesRun {
  const steps: EdgesRun['steps'][number][] = []
  function lap<Result>(step: string, work: () => Result): Result {
    const [cpu, startedAt] = [process.cpuUsage(), performance.now()]
    const result = work()
    const { user, system } = process.cpuUsage(cpu)
    const peakBytes = process.resourceUsage().maxRSS * 1_024
    const tookMs = performance.now() - startedAt
    steps.push({ step, cpuMs: (user + system) / 1_000, tookMs, peakBytes })
    return result
  }
  const table = lap('table', () => largeTable(edges))
  const ids = lap('ids', () =>
    table.facts.ids.map((_, account) => `acct_${String(account).padStart(8, '0')}`),
  )
  const kindOf = (kind: string) => shippedKinds.get(kind)
  const { pairs } = lap('projection', () => projection(table, { kindOf, asOf }))
  const labels = lap('partition', () => partitionIn(newKernel(), pairs, { gammaMicro, ids }))
  return {
    edges,
    accounts: ids.length,
    links: pairs.a.length,
    communities: labels.reduce((sum, label, account) => sum + (label === account ? 1 : 0), 0),
    steps,
  }
}

console.log(JSON.stringify(run(Number(process.argv[2]))))
