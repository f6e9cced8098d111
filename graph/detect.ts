/** From the stored state to found rings: link, partition, judge. The same state gives the same rings. */
import { gammaMicro } from './communities/gamma.ts'
import { louvain } from './communities/louvain.ts'
import { pairGraph } from './communities/pair-graph.ts'
import { partition } from './communities/partition.ts'
import type { StateStore } from './ports.ts'
import { entitiesOf, type KindLookup } from './projection/entities.ts'
import { type LinkTable, readLinkTable } from './projection/link-table.ts'
import { type LinkPairs, project } from './projection/project.ts'
import { measurePublicness, type PublicnessFactors, publicnessOf } from './projection/publicness.ts'
import type { DetectionRun, FoundRing, RunStatistics } from './ring.ts'
import { assembleRing } from './rings/assemble.ts'
import { communitiesOf } from './rings/community.ts'
import { groupAccounts } from './rings/group.ts'
import { runStatistics } from './rings/statistics.ts'
import { endOfDay } from './time.ts'

export interface DetectRingsOptions {
  readonly kindOf: KindLookup
  readonly asOf?: number
  /** As another run measured it; measured anew when not given. */
  readonly publicness?: PublicnessFactors
  readonly method: DetectionRun['method']
  readonly onProgress: (progress: { step: string; done: number; of: number }) => void
}

export interface Detection {
  readonly table: LinkTable
  readonly asOf: number
  readonly links: LinkPairs
  readonly publicness: PublicnessFactors
  readonly rings: readonly FoundRing[]
  readonly statistics: RunStatistics
}

export async function detectRings(
  store: Pick<StateStore, 'scanAccounts' | 'scanIdentifiers'>,
  options: DetectRingsOptions,
): Promise<Detection> {
  const { kindOf, onProgress } = options
  const table = await readLinkTable(store.scanAccounts(), store.scanIdentifiers(), (done) =>
    onProgress({ step: 'reading accounts', done, of: 0 }),
  )
  const newest = endOfDay(table.newestAt)
  const asOf = Math.max(newest, options.asOf ?? newest)
  onProgress({ step: 'linking', done: 0, of: table.facts.length })
  const entities = entitiesOf(table, kindOf, asOf)
  const publicness = options.publicness ?? measurePublicness(entities, table, kindOf)
  const pairs = project(table, entities, publicnessOf(publicness))
  onProgress({ step: 'finding rings', done: 0, of: pairs.a.length })
  const grouping = groupAccounts(table, labelsOf(table, pairs, options.method), { kindOf, asOf })
  const communities = communitiesOf(table, pairs, { ...grouping, kindOf })
  const rings = communities.map((community) => assembleRing(table, community, { kindOf, asOf }))
  onProgress({ step: 'done', done: rings.length, of: rings.length })
  return { table, asOf, links: pairs, rings, publicness, statistics: runStatistics(table, rings) }
}

function labelsOf(table: LinkTable, pairs: LinkPairs, method: DetectionRun['method']): Int32Array {
  const graph = pairGraph(table.facts.length, pairs)
  if (method === 'louvain') return louvain(graph)
  return partition(graph, { gammaMicro, ids: table.facts.map(({ account }) => account) })
}
