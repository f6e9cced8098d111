/** From the stored state to found rings: link, partition, judge. The same state gives the same rings. */
import { assertedBy, standingAssertions } from './assertions/standing.ts'
import type { Frozen } from './frozen.ts'
import { judgingInput } from './judging/features/input.ts'
import type { JudgingModels } from './judging/models.ts'
import type { Shift } from './judging/shift.ts'
import { shippedModels } from './judging/shipped.ts'
import type { Solver } from './kernel/partition.ts'
import { type Links, link, linkAgain } from './link.ts'
import type { Assertion } from './model.ts'
import type { StateStore } from './ports.ts'
import { changeTable, type StateChange } from './projection/change-table.ts'
import type { KindLookup } from './projection/entities.ts'
import { inOrder } from './projection/in-order.ts'
import { type LinkTable, readLinkTable } from './projection/link-table.ts'
import type { DetectionRun, FoundRing, RunStatistics } from './ring.ts'
import { type JudgedRings, publishedRings, type RingsBefore } from './rings/assemble.ts'
import { type Grouped, type Grouping, groupAccounts } from './rings/group.ts'
import { runStatistics } from './rings/statistics.ts'
import type { DetectionWork, JudgingWork } from './run-work.ts'
import { endOfDay } from './time.ts'

export interface DetectRingsOptions {
  readonly kindOf: KindLookup
  /** Those shipped when not given. */
  readonly models?: JudgingModels
  readonly asOf?: number
  /** All that people ever held to be true; those that stand count. */
  readonly assertions?: readonly Assertion[]
  /** As another run measured it; measured anew when not given. */
  readonly frozen?: Frozen
  /** What happened, at the least, while the state was read: asked once that is done. */
  readonly meanwhile?: () => Promise<StateChange>
  readonly method: DetectionRun['method']
  /** Finds communities; in this thread alone when not given. */
  readonly solve?: Solver
  readonly onProgress: (progress: { step: string; done: number; of: number }) => void
}

export interface Detection extends Omit<Linked, 'grouping'> {
  /** As links alone group all accounts. */
  readonly grouping: Grouping
  readonly frozen: Frozen
  readonly rings: readonly FoundRing[]
  /** What the next detection goes on from. */
  readonly judged: JudgedRings
  readonly shift: Shift
  readonly statistics: RunStatistics
}

/** All of it as data, that two may be compared. */
export function foundIn({ judged, table, components: _components, ...found }: Detection) {
  const { judgement, ...made } = judged
  const { look, by: _, ...figures } = judgement
  const { visitors, communityOf } = look.input
  return {
    ...found,
    table: inOrder(table),
    ...made,
    ...figures,
    visitors,
    communityOf,
    ofAccounts: look.accounts.columns,
    ofCommunities: look.communities.columns,
  }
}

type Scans = Pick<StateStore, 'scanAccounts' | 'scanIdentifiers'>

export async function detectRings(store: Scans, options: DetectRingsOptions): Promise<Detection> {
  return detectAmong(await linkAccounts(store, options), options).detection
}

/** The same of a table that holds what a store would tell. */
export const detectTable = (
  table: LinkTable,
  options: Omit<DetectRingsOptions, 'frozen' | 'assertions' | 'meanwhile'>,
): Detection => detectAmong(linkTable(table, options), options).detection

/** What is found once the state changed, by the same statistics: the same as all of it detected anew by them. */
export function detectAgain(
  known: Detection,
  change: StateChange,
  options: Omit<DetectRingsOptions, 'frozen' | 'method' | 'asOf'>,
): { readonly detection: Detection; readonly work: DetectionWork } {
  const { kindOf, onProgress, solve } = options
  onProgress({ step: 'linking', done: 0, of: change.accounts.size })
  const { frozen } = known
  const { links, work, changed, moved } = linkAgain(known, change, { kindOf, ...(solve && { solve }) })
  const before = { judged: known.judged, changed, moved }
  const found = detectAmong(grouped(links, { kindOf, frozen }), { ...options, frozen, before })
  return { detection: found.detection, work: { ...work, ...found.work } }
}

function detectAmong(
  linked: Linked,
  {
    kindOf,
    models = shippedModels(),
    frozen: given,
    before,
    onProgress,
  }: Omit<DetectRingsOptions, 'method'> & { readonly before?: RingsBefore },
): { readonly detection: Detection; readonly work: JudgingWork } {
  const { table, asOf, publicness, grouping } = linked
  onProgress({ step: 'judging', done: 0, of: table.facts.length })
  const input = judgingInput({
    ...linked,
    kindOf,
    ...(before && { before: { ...before, input: before.judged.judgement.look.input } }),
  })
  const { rings, judged, shift, frozen, work } = publishedRings(input, {
    grouping,
    models,
    ...(given && { frozen: given }),
    ...(before && { before }),
  })
  onProgress({ step: 'done', done: rings.length, of: rings.length })
  const { asserted, dataHasSignups } = table
  const detection = {
    ...linked,
    rings,
    judged,
    shift,
    frozen: { asOf, asserted, dataHasSignups, publicness, chance: grouping.chance, ...frozen },
    statistics: runStatistics(table, rings),
  }
  return { detection, work }
}

export interface Linked extends Links {
  readonly grouping: Grouped
}

/** Linking alone: who is tied to whom, and how that groups them, before anybody is judged. */
export async function linkAccounts(
  store: Scans,
  options: Omit<DetectRingsOptions, 'models'>,
): Promise<Linked> {
  const { onProgress, frozen, meanwhile, assertions = [] } = options
  const read = await readLinkTable(store.scanAccounts(), store.scanIdentifiers(), {
    assertedAt: (newestAt) =>
      frozen?.asserted ?? assertedBy(standingAssertions(assertions, asOfData(newestAt, options))),
    onAccounts: (done) => onProgress({ step: 'reading accounts', done, of: 0 }),
  })
  const whole = meanwhile ? changeTable(read, await meanwhile()).table : read
  return linkTable(frozen ? { ...whole, dataHasSignups: frozen.dataHasSignups } : whole, options)
}

/** The end of the last day of data, or of what is asked for where that is later. */
export const asOfData = (newestAt: number, { asOf = -Infinity }: { readonly asOf?: number }): number =>
  Math.max(endOfDay(newestAt), asOf)

function linkTable(
  table: LinkTable,
  { kindOf, onProgress, frozen, method, solve, ...options }: Omit<DetectRingsOptions, 'models'>,
): Linked {
  onProgress({ step: 'linking', done: 0, of: table.facts.length })
  const links = link(table, {
    kindOf,
    asOf: frozen?.asOf ?? asOfData(table.newestAt, options),
    method,
    ...(solve && { solve }),
    ...(frozen && { publicness: frozen.publicness }),
  })
  onProgress({ step: 'finding rings', done: 0, of: links.pairs.a.length })
  return grouped(links, { kindOf, frozen })
}

function grouped(
  links: Links,
  { kindOf, frozen }: { readonly kindOf: KindLookup; readonly frozen: Frozen | undefined },
): Linked {
  const { table, communities, asOf, votes } = links
  const search = { kindOf, asOf, votes, ...(frozen && { chance: frozen.chance }) }
  return { ...links, grouping: groupAccounts(table, communities, search) }
}
