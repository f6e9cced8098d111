/** `npm run bench -- edges`: a generated graph of accounts and identifiers, from columns to communities. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { EdgesRun } from './engine.ts'

/** Strings of ids and arrays of references alone are on the heap; columns are beside it. */
const heapMiB = 16_000

const thousands = (value: number): string => Math.round(value).toLocaleString('en')
const mebibytes = (bytes: number): string => `${thousands(bytes / 2 ** 20)} MiB`

export function benchEdges(edges: number): void {
  const flags = [`--max-old-space-size=${heapMiB}`, '--disable-warning=ExperimentalWarning']
  const engine = join(import.meta.dirname, 'engine.ts')
  const text = execFileSync(process.execPath, [...flags, engine, String(edges)], { encoding: 'utf8' })
  const { accounts, links, communities, steps } = JSON.parse(text) as EdgesRun
  console.log(
    `Linking of ${thousands(accounts)} accounts by ${thousands(edges)} edges: ${thousands(links)} links, ${thousands(communities)} communities`,
  )
  for (const { step, cpuMs, ownMs, tookMs, peakBytes } of steps)
    console.log(
      `  ${step.padEnd(12)} ${thousands(cpuMs).padStart(9)} ms CPU, ${thousands(ownMs).padStart(9)} of the caller, ${thousands(tookMs).padStart(9)} ms by the clock, at most ${mebibytes(peakBytes)} so far`,
    )
  console.log('')
}
