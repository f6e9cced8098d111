/** From the stored state to found rings: link, partition, judge. The same state gives the same rings. */
import { gammaMicro } from './communities/gamma.ts'
import { louvain } from './communities/louvain.ts'
import { pairGraph } from './communities/pair-graph.ts'
import type { Frozen } from './frozen.ts'
import { judgingInput } from './judging/features/input.ts'
import type { JudgingModels } from './judging/models.ts'
import type { Shift } from './judging/shift.ts'
import { shippedModels } from './judging/shipped.ts'
import { partition } from './kernel/partition.ts'
import type { StateStore } from './ports.ts'
import { entitiesOf, type KindLookup } from './projection/entities.ts'
import type { LinkPairs } from './projection/link-pairs.ts'
import { type LinkTable, readLinkTable } from './projection/link-table.ts'
import { project } from './projection/project.ts'
import { measurePublicness, type PublicnessFactors, publicnessOf } from './projection/publicness.ts'
import type { DetectionRun, FoundRing, RunStatistics } from './ring.ts'
import { publishedRings } from './rings/assemble.ts'
import { type Grouped, type Grouping, groupAccounts } from './rings/group.ts'
import { runStatistics } from './rings/statistics.ts'
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

export interface Detection {
  readonly table: LinkTable
  readonly asOf: number
  readonly links: LinkPairs
  /** As links alone group all accounts. */
  readonly grouping: Grouping
  readonly publicness: PublicnessFactors
  readonly frozen: Frozen
  readonly rings: readonly FoundRing[]
  readonly shift: Shift
  readonly statistics: RunStatistics
}

export async function detectRings(
  store: Pick<StateStore, 'scanAccounts' | 'scanIdentifiers'>,
  { models = shippedModels(), ...options }: DetectRingsOptions,
): Promise<Detection> {
  const { onProgress, kindOf } = options
  const { table, asOf, pairs, publicness, grouping } = await linkAccounts(store, options)
  const { dataHasSignups } = table
  onProgress({ step: 'judging', done: 0, of: table.facts.length })
  const input = judgingInput({ table, pairs, grouping, publicness, kindOf, asOf })
  const judged = publishedRings(input, {
    grouping,
    models,
    ...(options.frozen && { frozen: options.frozen }),
  })
  const { rings, shift } = judged
  onProgress({ step: 'done', done: rings.length, of: rings.length })
  const statistics = runStatistics(table, rings)
  const frozen = { asOf, dataHasSignups, publicness, chance: grouping.chance, ...judged.frozen }
  return { table, asOf, links: pairs, grouping, rings, shift, publicness, frozen, statistics }
}

export interface Linked {
  readonly table: LinkTable
  readonly asOf: number
  readonly pairs: LinkPairs
  readonly publicness: PublicnessFactors
  readonly grouping: Grouped
}

/** Linking alone: who is tied to whom, and how that groups them, before anybody is judged. */
export async function linkAccounts(
  store: Pick<StateStore, 'scanAccounts' | 'scanIdentifiers'>,
  options: Omit<DetectRingsOptions, 'models'>,
): Promise<Linked> {
  const { kindOf, onProgress, frozen } = options
  const read = await readLinkTable(store.scanAccounts(), store.scanIdentifiers(), (done) =>
    onProgress({ step: 'reading accounts', done, of: 0 }),
  )
  const table = frozen ? { ...read, dataHasSignups: frozen.dataHasSignups } : read
  const newest = endOfDay(table.newestAt)
  const asOf = frozen?.asOf ?? Math.max(newest, options.asOf ?? newest)
  onProgress({ step: 'linking', done: 0, of: table.facts.length })
  const entities = entitiesOf(table, kindOf, { asOf })
  const publicness = frozen?.publicness ?? measurePublicness(entities, table, kindOf)
  const pairs = project(table, entities, { publicness: publicnessOf(publicness) })
  onProgress({ step: 'finding rings', done: 0, of: pairs.a.length })
  const grouping = groupAccounts(table, labelsOf(table, pairs, options.method), {
    kindOf,
    asOf,
    ...(frozen && { chance: frozen.chance }),
  })
  return { table, asOf, pairs, publicness, grouping }
}

function labelsOf(table: LinkTable, pairs: LinkPairs, method: DetectionRun['method']): Int32Array {
  if (method === 'louvain') return louvain(pairGraph(table.facts.length, pairs))
  return partition(pairs, { gammaMicro, ids: table.facts.map(({ account }) => account) })
}
