/** From the stored state to found rings: link, partition, judge. The same state gives the same rings. */
import type { Frozen } from './frozen.ts'
import { judgingInput } from './judging/features/input.ts'
import type { JudgingModels } from './judging/models.ts'
import type { Shift } from './judging/shift.ts'
import { shippedModels } from './judging/shipped.ts'
import { type Links, link, linkAgain } from './link.ts'
import type { StateStore } from './ports.ts'
import type { StateChange } from './projection/change-table.ts'
import type { KindLookup } from './projection/entities.ts'
import { readLinkTable } from './projection/link-table.ts'
import type { DetectionRun, FoundRing, RunStatistics } from './ring.ts'
import { publishedRings } from './rings/assemble.ts'
import { type Grouped, type Grouping, groupAccounts } from './rings/group.ts'
import { runStatistics } from './rings/statistics.ts'
import type { LinkingWork } from './run-work.ts'
import { endOfDay } from './time.ts'

export interface DetectRingsOptions {
  readonly kindOf: KindLookup
  /** Those shipped when not given. */
  readonly models?: JudgingModels
  readonly asOf?: number
  /** As another run measured it; measured anew when not given. */
  readonly frozen?: Frozen
  readonly method: DetectionRun['method']
  readonly onProgress: (progress: { step: string; done: number; of: number }) => void
}

export interface Detection extends Omit<Linked, 'grouping'> {
  /** As links alone group all accounts. */
  readonly grouping: Grouping
  readonly frozen: Frozen
  readonly rings: readonly FoundRing[]
  readonly shift: Shift
  readonly statistics: RunStatistics
}

type Scans = Pick<StateStore, 'scanAccounts' | 'scanIdentifiers'>

export async function detectRings(store: Scans, options: DetectRingsOptions): Promise<Detection> {
  return detectAmong(await linkAccounts(store, options), options)
}

/** What is found once the state changed, by the same statistics: the same as all of it detected anew by them. */
export function detectAgain(
  known: Detection,
  change: StateChange,
  options: Omit<DetectRingsOptions, 'frozen' | 'method' | 'asOf'>,
): { readonly detection: Detection; readonly work: LinkingWork } {
  const { kindOf, onProgress } = options
  onProgress({ step: 'linking', done: 0, of: change.accounts.size })
  const { frozen } = known
  const { links, work } = linkAgain(known, change, kindOf)
  const detection = detectAmong(grouped(links, { kindOf, frozen }), { ...options, frozen })
  return { detection, work }
}

function detectAmong(
  linked: Linked,
  { kindOf, models = shippedModels(), frozen: given, onProgress }: Omit<DetectRingsOptions, 'method'>,
): Detection {
  const { table, asOf, publicness, grouping } = linked
  onProgress({ step: 'judging', done: 0, of: table.facts.length })
  const { rings, shift, frozen } = publishedRings(judgingInput({ ...linked, kindOf }), {
    grouping,
    models,
    ...(given && { frozen: given }),
  })
  onProgress({ step: 'done', done: rings.length, of: rings.length })
  const { dataHasSignups } = table
  return {
    ...linked,
    rings,
    shift,
    frozen: { asOf, dataHasSignups, publicness, chance: grouping.chance, ...frozen },
    statistics: runStatistics(table, rings),
  }
}

export interface Linked extends Links {
  readonly grouping: Grouped
}

/** Linking alone: who is tied to whom, and how that groups them, before anybody is judged. */
export async function linkAccounts(
  store: Scans,
  options: Omit<DetectRingsOptions, 'models'>,
): Promise<Linked> {
  const { kindOf, onProgress, frozen, method } = options
  const read = await readLinkTable(store.scanAccounts(), store.scanIdentifiers(), (done) =>
    onProgress({ step: 'reading accounts', done, of: 0 }),
  )
  const table = frozen ? { ...read, dataHasSignups: frozen.dataHasSignups } : read
  const newest = endOfDay(table.newestAt)
  const asOf = frozen?.asOf ?? Math.max(newest, options.asOf ?? newest)
  onProgress({ step: 'linking', done: 0, of: table.facts.length })
  const links = link(table, { kindOf, asOf, method, ...(frozen && { publicness: frozen.publicness }) })
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
