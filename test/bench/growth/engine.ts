/** A population detected, published and detected again after a change, in a process of its own: `engine.ts ACCOUNTS TOWN ...`. */
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { dayMs } from '../../../graph/time.ts'
import { collectByGrowth } from '../../../src/engine/detect-thread.ts'
import { ringMemory } from '../../../src/engine/known-rings.ts'
import { makePublication } from '../../../src/engine/make-publication.ts'
import { residentDetection } from '../../../src/engine/resident.ts'
import { openTempStore } from '../../support/stores/embedded.ts'
import { cpuMsSince, logInsOf, toldState } from './told.ts'

export interface Step {
  readonly step: string
  /** CPU, and clock time. */
  readonly cpuMs: number
  readonly tookMs: number
  /** Largest resident size until its end. */
  readonly peakBytes: number
}

export interface GrowthRun {
  readonly accounts: number
  readonly ties: number
  readonly links: number
  readonly rings: number
  /** The first run in full, in order. */
  readonly steps: readonly Step[]
  /** A run after so many events. */
  readonly after: readonly (Step & { readonly events: number })[]
  /** One after an event of the next day, which finds everything in full. */
  readonly newDay: Step
}

const peakBytes = (): number => process.resourceUsage().maxRSS * 1_024

/** On the error stream, so that whoever waits for a large population sees which step it is at. */
function tell(step: string, cpuMs: number): void {
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage()
  const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`
  const memory = `heap ${mebibytes(heapUsed)}, columns ${mebibytes(arrayBuffers)}, resident ${mebibytes(rss)}`
  console.error(`    ${step.padEnd(8)} ${(cpuMs / 1_000).toFixed(1).padStart(7)} s CPU, ${memory}`)
}

function stopwatch(toldMs: () => number) {
  const steps: Step[] = []
  let [cpu, startedAt, told] = [process.cpuUsage(), performance.now(), toldMs()]
  return {
    steps,
    lap(step: string): void {
      const telling = toldMs() - told
      const cpuMs = cpuMsSince(cpu) - telling
      const tookMs = performance.now() - startedAt - telling
      steps.push({ step, cpuMs, tookMs, peakBytes: peakBytes() })
      tell(step, cpuMs)
      ;[cpu, startedAt, told] = [process.cpuUsage(), performance.now(), toldMs()]
    },
  }
}

/** What a run says it begins with, and what we call it. */
const stepNames = {
  'reading accounts': 'read',
  linking: 'link',
  'finding rings': 'group',
  judging: 'judge',
  done: 'name',
} as const

async function run(accounts: number, towns: readonly string[]): Promise<GrowthRun> {
  collectByGrowth()
  const state = toldState(towns, accounts)
  await using store = await openTempStore()
  const reads = { ...store, ...state }
  const resident = residentDetection()
  const options = {
    kindOf: (kind: string) => shippedKinds.get(kind),
    policy: 'bench',
    clock: Date.now,
    resident,
    ringMemory: ringMemory(),
  }
  let ties = 0

  async function publish(): Promise<{ steps: readonly Step[]; run: { links: number; rings: number } }> {
    const { steps, lap } = stopwatch(state.toldMs)
    let current = 'read'
    const publication = await makePublication(reads, {
      ...options,
      onProgress({ step }) {
        const next = stepNames[step as keyof typeof stepNames]
        if (next === current) return
        lap(current)
        current = next
      },
    })
    lap(current)
    await store.publish(publication)
    lap('publish')
    ties = publication.run.statistics?.kinds.reduce((sum, { uses }) => sum + uses, 0) ?? 0
    return { steps, run: publication.run }
  }

  const first = await publish()
  const after = []
  for (const events of [1, 1, 1_000]) {
    const those = state.some().slice(after.length * 2, after.length * 2 + events)
    state.happen(logInsOf(those, { round: `round${after.length}` }))
    console.error(`    after ${events} events`)
    const { steps } = await publish()
    after.push({ ...sumOf(`after ${events}`, steps), events })
  }
  const { newestAt = 0 } = await state.progress()
  state.happen(logInsOf(state.some().slice(-1), { round: 'day', from: newestAt + dayMs }))
  console.error('    on a new day')
  const newDay = sumOf('a new day', (await publish()).steps)
  const { links, rings } = first.run
  return { accounts, ties, links, rings, steps: first.steps, after, newDay }
}

const sumOf = (step: string, steps: readonly Step[]): Step => ({
  step,
  cpuMs: steps.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
  tookMs: steps.reduce((sum, { tookMs }) => sum + tookMs, 0),
  peakBytes: peakBytes(),
})

const [accounts = '0', ...towns] = process.argv.slice(2)
console.log(JSON.stringify(await run(Number(accounts), towns)))
