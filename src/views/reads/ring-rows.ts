/** Rings as lists show them: each with all that its row tells, read in a few statements a page. */
import type { Weighing } from '../../../graph/explain/picture/pair-evidence.ts'
import { linksBetween } from '../../../graph/explain/strongest-links.ts'
import type { ReadingStore } from '../../../graph/ports.ts'
import type { Decision, DetectionRun, Ring } from '../../../graph/ring.ts'
import type { RunTime } from '../../../graph/ring-lists.ts'
import { linkView } from '../explanation.ts'
import { ringOnScale } from '../rings.ts'
import { iso } from '../times.ts'
import { growthView, readGrowth } from './growth.ts'
import type { Sureness } from './sureness.ts'

/** Identifiers told of the strongest link. */
const partsMax = 6

/** What rows say by default of growth. */
export const growthDaysDefault = 30

export type RowReads = Pick<ReadingStore, 'accounts' | 'users' | 'steps' | 'runTimes'>

export interface RowOptions extends Weighing {
  readonly run: DetectionRun | undefined
  readonly sure: Sureness
  readonly decisions: readonly Decision[]
  readonly growthDays?: number | undefined
}

export async function ringRows(
  store: RowReads,
  rings: readonly Ring[],
  { run, sure, decisions, growthDays = growthDaysDefault, ...weighing }: RowOptions,
) {
  const versions = [...new Set(rings.flatMap(({ bornVersion, version }) => [bornVersion, version]))]
  const [links, times, growth] = await Promise.all([
    linksBetween(
      store,
      rings.map(({ head }) => head.strongest),
      weighing,
    ),
    versions.length > 0 ? store.runTimes(versions) : [],
    readGrowth(store, run, { days: growthDays, rings: rings.map(({ id }) => id) }),
  ])
  const timeOf = new Map(times.map((time) => [time.version, time]))
  const decisionOf = new Map(decisions.map((one) => [one.id, one]))
  return rings.map((ring, place) => {
    const link = links[place]
    const [born, changed] = [timeOf.get(ring.bornVersion), timeOf.get(ring.version)]
    return {
      ...ringOnScale(ring, weighing),
      interval: sure(ring.head.risk).interval,
      born: timeView(born),
      changed: timeView(changed),
      stage: stageOf(ring, { born, changed, decisionOf }),
      growth: growthView(growth, ring),
      strongest: link ? withRoles(linkView({ ...link, chance: [] }, partsMax), ring) : null,
    }
  })
}

/** One ring as a list would show it. */
export async function ringRow(store: RowReads, ring: Ring, options: RowOptions) {
  const [row] = await ringRows(store, [ring], options)
  if (!row) throw new Error(`There is no row of ${ring.id}`)
  return row
}

const timeView = (time: RunTime | undefined) =>
  time ? { asOf: iso(time.asOf), at: iso(time.publishedAt) } : null

/** A link with what each of its two is in the ring. */
export function withRoles<Link extends { readonly a: string; readonly b: string }>(
  link: Link,
  { members }: Pick<Ring, 'members'>,
) {
  const roleOf = (id: string) => members.find(({ account }) => account === id)?.role ?? null
  return { ...link, roles: { a: roleOf(link.a), b: roleOf(link.b) } }
}

export const stages = ['new', 'open', 'again', 'decided'] as const

interface StageOptions {
  readonly born: RunTime | undefined
  readonly changed: RunTime | undefined
  readonly decisionOf: ReadonlyMap<string, Decision>
}

/** Where people are with it, since when, and who. */
function stageOf(
  { head: { verdict }, owner }: Ring,
  { born, changed, decisionOf }: StageOptions,
): { stage: (typeof stages)[number]; since: string | null; by: string | null } {
  const decision = decisionOf.get(verdict?.decision ?? '')
  const atOf = (at: number | undefined) => (at === undefined ? null : iso(at))
  if (verdict?.holds) return { stage: 'decided', since: atOf(decision?.at), by: decision?.author ?? null }
  const by = owner?.name ?? null
  if (verdict) return { stage: 'again', since: atOf(changed?.publishedAt), by }
  if (owner) return { stage: 'open', since: iso(owner.since), by }
  return { stage: 'new', since: atOf(born?.publishedAt), by: null }
}
