/** `npm run bench -- growth`: what detection costs as a population grows, each size in a process of its own. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempDir } from '../../support/temp-dir.ts'
import type { GrowthRun } from './engine.ts'

/** The largest town that is made as one; larger populations are several, told under names of their own. */
const townAccounts = 100_000
/** Towns that differ by their seeds; more are those again under other names. */
const seeds = [1, 2]
const heapMiB = 6_000

const thousands = (value: number): string => Math.round(value).toLocaleString('en')
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
const mebibytes = (bytes: number): string => `${thousands(bytes / 2 ** 20)} MiB`

export interface GrowthOrder {
  /** How many accounts each population has. */
  readonly sizes: readonly number[]
  /** A file for the figures, which `plot.ts` draws. */
  readonly out: string | undefined
}

export function benchGrowth({ sizes, out }: GrowthOrder): void {
  using dir = tempDir()
  const towns = townMaker(dir.path)
  const runs: GrowthRun[] = []
  for (const accounts of sizes) {
    const found = inProcess<GrowthRun>('engine.ts', [String(accounts), ...towns(accounts)])
    runs.push(found)
    tell(found)
    if (out !== undefined) writeFileSync(out, `${JSON.stringify(runs, undefined, 2)}\n`)
  }
}

/** Files of the towns of a population of so many accounts, each made once. */
function townMaker(dir: string): (accounts: number) => readonly string[] {
  const made = new Map<string, string>()
  return (accounts) => {
    const count = Math.max(1, Math.round(accounts / townAccounts))
    return Array.from({ length: count }, (_, place) => {
      const seed = seeds[place % seeds.length] ?? 0
      const size = Math.round(accounts / count)
      const name = `town-${seed}-${size}`
      const file = made.get(name) ?? join(dir, name)
      if (!made.has(name)) inProcess('town.ts', [String(seed), String(size), file])
      made.set(name, file)
      return file
    })
  }
}

function inProcess<Result>(file: string, args: readonly string[]): Result {
  const flags = [`--max-old-space-size=${heapMiB}`, '--disable-warning=ExperimentalWarning']
  const text = execFileSync(process.execPath, [...flags, join(import.meta.dirname, file), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return JSON.parse(text) as Result
}

function tell({ accounts, ties, links, rings, steps, after, newDay }: GrowthRun): void {
  console.log(
    `Detection of ${thousands(accounts)} accounts: ${thousands(ties)} ties, ${thousands(links)} links, ${thousands(rings)} rings`,
  )
  for (const { step, cpuMs, tookMs, peakBytes } of [...steps, ...after, newDay])
    console.log(
      `  ${step.padEnd(12)} ${seconds(cpuMs).padStart(9)} CPU ${seconds(tookMs).padStart(9)} by the clock, at most ${mebibytes(peakBytes)} so far`,
    )
  console.log('')
}
