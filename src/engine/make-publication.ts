/** One whole detection: read the state, find rings, name them, make the snapshot. */
import { detectRings } from '../../graph/detect.ts'
import type { Clock, DetectOptions, LinkStore } from '../../graph/ports.ts'
import type { KindLookup } from '../../graph/projection/entities.ts'
import type { DetectionRun, Publication, Ring } from '../../graph/ring.ts'
import { tombstoneDays } from '../../graph/rings/lineage/match.ts'
import { updateRings } from '../../graph/rings/lineage/publish.ts'
import { countDecisions } from '../../graph/rings/lineage/standing.ts'
import { dayMs } from '../../graph/time.ts'
import { encodeSnapshot } from '../snapshot/encode.ts'
import { modelsInForce } from './models-in-force.ts'

export type DetectionReads = Pick<
  LinkStore,
  'scanAccounts' | 'scanIdentifiers' | 'progress' | 'published' | 'rings' | 'modelsInForce' | 'decisions'
>

export interface PublicationOptions extends DetectOptions {
  readonly kindOf: KindLookup
  readonly policy: string
  readonly clock: Clock
}

export async function makePublication(
  store: DetectionReads,
  options: PublicationOptions,
): Promise<Publication> {
  const { kindOf, policy, clock, method = 'cpm-leiden', onProgress = () => {} } = options
  const startedAt = clock()
  const [{ changes: stateChanges }, last, published, decisions, { models, ...judgedBy }] = await Promise.all([
    store.progress(),
    store.published(),
    store.rings({ status: 'active' }),
    store.decisions({}),
    modelsInForce(store),
  ])
  const asOf = options.asOf === undefined ? {} : { asOf: options.asOf }
  const found = await detectRings(store, { kindOf, models, method, onProgress, ...asOf })
  const version = (last?.version ?? 0) + 1
  const endedSince = found.asOf - tombstoneDays * dayMs
  const known = { active: published, dissolved: await store.rings({ status: 'dissolved', endedSince }) }
  const update = updateRings(found.rings, known, { version, asOf: found.asOf, decisions })
  const active = activeRings(published, update.rings)
  const run: DetectionRun = {
    version,
    asOf: found.asOf,
    stateChanges,
    publishedAt: clock(),
    tookMs: clock() - startedAt,
    accounts: found.table.facts.length,
    links: found.pairs.a.length,
    rings: active.length,
    policy,
    method,
    ...judgedBy,
    decisions: countDecisions(decisions),
    shift: found.shift,
    statistics: found.statistics,
  }
  const accounts = found.table.facts.map(({ account }) => account)
  return {
    run,
    ...update,
    snapshot: encodeSnapshot({ run, accounts, rings: active, publicness: found.publicness }),
  }
}

function activeRings(published: readonly Ring[], updated: readonly Ring[]): readonly Ring[] {
  const rings = new Map(published.map((ring) => [ring.id, ring]))
  for (const ring of updated) rings.set(ring.id, ring)
  return [...rings.values()].filter(({ status }) => status === 'active')
}
