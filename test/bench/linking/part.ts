/**
 * `npm run bench -- linking`: from what accounts use to communities, beside graphology on the same columns; `npm run bench -- relinking
 * [ACCOUNTS]`: once a thousand rows changed. CPU time.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { AgainRun } from './again.ts'
import type { LinkingRun, Steps } from './engine.ts'

/** The first is cold: nothing is compiled yet. */
const runsOfOurs = 8

const thousands = (value: number): string => Math.round(value).toLocaleString('en')
const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`
const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0)
const whole = (steps: Steps): number => sum(Object.values(steps))

const shapes = [
  { shape: 'calm', title: 'small components alone', goal: 60 },
  { shape: 'crowded', title: 'a giant component', goal: 15 },
] as const

export function benchLinking(): void {
  for (const { shape, title, goal } of shapes) {
    const ours: LinkingRun = runIn('engine.ts', 'ours', shape, runsOfOurs)
    const peer: LinkingRun = runIn('engine.ts', 'graphology', shape, 1)
    const { accounts, rows, links = 0, peakBytes, digest } = ours
    const goalBytes = 64 * links + 24 * rows + 64 * accounts
    const [cold, ...warm] = ours.runs
    console.log(
      `Linking of ${thousands(accounts)} accounts (${thousands(rows)} rows, ${thousands(links)} links), ${title}, CPU time`,
    )
    if (cold) tell('first run', cold)
    tell('best of later ones', bestOf(warm))
    for (const steps of peer.runs) tell('graphology', steps)
    const times = whole(peer.runs[0] ?? {})
    const ratio = (steps: Steps): string => `${(times / whole(steps)).toFixed(1)} x`
    console.log(
      `  graphology / ours    ${ratio(bestOf(warm))}, first run ${ratio(cold ?? {})} (goal ${goal} x); ${mebibytes(peakBytes)} beyond the table (goal ${mebibytes(goalBytes)}), graphology ${mebibytes(peer.peakBytes)}; links ${digest}\n`,
    )
  }
}

const roundsAgain = 20

export function benchLinkingAgain(accounts: string): void {
  for (const { shape, title } of shapes) {
    const { rows, fullMs, ms, accountsSolved }: AgainRun = runIn('again.ts', shape, accounts, roundsAgain)
    const [sorted, solved] = [ms, accountsSolved].map((all) => all.toSorted((a, b) => a - b))
    const [median, most] = [sorted?.[ms.length >> 1] ?? 0, sorted?.at(-1) ?? 0]
    console.log(
      `Linking again after 1,000 rows of ${thousands(rows)} changed outside of large components, ${title}, CPU time`,
    )
    console.log(
      `  median ${thousands(median)} ms, most ${thousands(most)} ms of ${ms.length}; ${thousands(solved?.[ms.length >> 1] ?? 0)} accounts partitioned; in full ${thousands(fullMs)} ms (${(fullMs / median).toFixed(1)} x)\n`,
    )
  }
}

function runIn<Run>(script: string, ...asked: readonly (string | number)[]): Run {
  const flags = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=5000']
  const args = [...flags, join(import.meta.dirname, script), ...asked.map(String)]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Run
}

/** A collection of a heap that is full of the input falls on some of them, and is not what linking costs. */
const bestOf = (runs: readonly Steps[]): Steps => runs.toSorted((a, b) => whole(a) - whole(b))[0] ?? {}

const tell = (name: string, steps: Steps): void =>
  console.log(
    `  ${name.padEnd(20)} ${thousands(whole(steps)).padStart(7)} ms: ${Object.entries(steps)
      .map(([step, ms]) => `${step} ${thousands(ms)}`)
      .join(', ')}`,
  )
