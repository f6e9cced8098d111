/** How sure a ring's risk is: held against what people decided on rings that said as much. */
import type { ReadingStore } from '../../../graph/ports.ts'
import type { Decision, DetectionRun } from '../../../graph/ring.ts'
import {
  bandOf,
  type Decided,
  type Interval,
  isInBand,
  type RiskBand,
  riskInterval,
} from '../../../graph/rings/calibration.ts'
import { countDecisions } from '../../../graph/rings/lineage/standing.ts'

/** Newest verdicts that are looked at. */
const verdictsMax = 100

export interface Sure {
  readonly interval: Interval
  /** Rings of such a risk that people decided on. */
  readonly band: RiskBand
  readonly decided: Decided
}

/** Of any risk. */
export type Sureness = (risk: number) => Sure

type Reads = Pick<ReadingStore, 'published' | 'decisions' | 'risksAt'>
export type SurenessIn = (store: Reads) => Promise<Sureness>

/** Reads verdicts once for each publish and decision, however often it is asked. */
export function surenessOnce(): SurenessIn {
  let known: { readonly of: string; readonly sure: Promise<Sureness> } | undefined
  return async (store) => {
    const [run, decisions] = await Promise.all([store.published(), store.decisions({})])
    const of = `${run?.version ?? 0} ${countDecisions(decisions)}`
    if (known?.of !== of) known = { of, sure: surenessBy(store, { run, decisions }) }
    const { sure } = known
    // What could not be read is read again the next time.
    sure.catch(() => {
      if (known?.sure === sure) known = undefined
    })
    return await sure
  }
}

async function surenessBy(
  store: Reads,
  { run, decisions }: { run: DetectionRun | undefined; decisions: readonly Decision[] },
): Promise<Sureness> {
  const newest = decisions
    .filter(({ retractedAt }) => retractedAt === undefined)
    .toSorted((a, b) => b.at - a.at)
    .slice(0, verdictsMax)
  const risks = await store.risksAt(newest.map(({ ring, ringVersion: version }) => ({ ring, version })))
  return (risk) => {
    const band = bandOf(risk)
    const alike = newest.filter((_, place) => isInBand(risks[place] ?? -1, band))
    const confirmed = alike.filter(({ verdict }) => verdict === 'confirm').length
    const decided = { rings: alike.length, confirmed }
    return { band, decided, interval: riskInterval(risk, decided, run?.calibration ?? 'shipped') }
  }
}
