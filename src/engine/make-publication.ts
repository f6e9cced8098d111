/** One whole detection: find rings in the state, name them, make the snapshot. */
import type { Detection } from '../../graph/detect.ts'
import type { Solver } from '../../graph/kernel/partition.ts'
import type { Clock, DetectOptions, LinkStore } from '../../graph/ports.ts'
import type { KindLookup } from '../../graph/projection/entities.ts'
import type { DetectionRun, Publication, Ring } from '../../graph/ring.ts'
import { tombstoneDays } from '../../graph/rings/lineage/match.ts'
import { updateRings } from '../../graph/rings/lineage/publish.ts'
import { countDecisions } from '../../graph/rings/lineage/standing.ts'
import { dayMs } from '../../graph/time.ts'
import { encodeSnapshot } from '../snapshot/encode.ts'
import { planUses } from '../snapshot/uses/encode.ts'
import { modelsInForce } from './models-in-force.ts'
import { type Resident, residentDetection, type StateReads } from './resident.ts'

export type DetectionReads = StateReads &
  Pick<LinkStore, 'published' | 'rings' | 'modelsInForce' | 'decisions'>

export interface PublicationOptions extends DetectOptions {
  readonly kindOf: KindLookup
  readonly policy: string
  readonly clock: Clock
  /** Knows what earlier publications found, where there are any. */
  readonly resident?: Resident
  /** Finds communities; in this thread alone when not given. */
  readonly solve?: Solver
}

export async function makePublication(
  store: DetectionReads,
  options: PublicationOptions,
): Promise<Publication> {
  const { kindOf, policy, clock, method = 'cpm-leiden', resident = residentDetection() } = options
  const { onProgress = () => {}, solve } = options
  const startedAt = clock()
  const [last, published, decisions, { models, ...judgedBy }] = await Promise.all([
    store.published(),
    store.rings({ status: 'active' }),
    store.decisions({}),
    modelsInForce(store),
  ])
  const version = (last?.version ?? 0) + 1
  const { detection: found, ...how } = await resident.find(store, {
    kindOf,
    models,
    policy,
    method,
    onProgress,
    last,
    version,
    ...(solve && { solve }),
    ...(options.asOf !== undefined && { asOf: options.asOf }),
  })
  const endedSince = found.asOf - tombstoneDays * dayMs
  const ended = [
    ...(await store.rings({ status: 'dissolved', endedSince })),
    ...(await store.rings({ status: 'merged', endedSince })),
  ]
  const update = updateRings(
    found.rings,
    { active: published, ended },
    { version, asOf: found.asOf, decisions, asserted: found.frozen.asserted },
  )
  const active = activeRings(published, update.rings)
  const run: DetectionRun = {
    version,
    ...figuresOf(found),
    ...how,
    publishedAt: clock(),
    tookMs: clock() - startedAt,
    rings: active.length,
    policy,
    method,
    ...judgedBy,
    decisions: countDecisions(decisions),
  }
  return { run, ...update, snapshot: snapshotOf(run, active, { ...found, kindOf }) }
}

const snapshotOf = (
  run: DetectionRun,
  rings: readonly Ring[],
  { table, publicness, kindOf }: Detection & { kindOf: KindLookup },
) =>
  encodeSnapshot({
    run,
    accounts: table.facts.map(({ account }) => account),
    rings,
    publicness,
    uses: planUses(table, kindOf),
  })

const figuresOf = ({ asOf, table, pairs, shift, statistics }: Detection) => ({
  asOf,
  accounts: table.facts.length,
  links: pairs.a.length,
  shift,
  statistics,
})

function activeRings(published: readonly Ring[], updated: readonly Ring[]): readonly Ring[] {
  const rings = new Map(published.map((ring) => [ring.id, ring]))
  for (const ring of updated) rings.set(ring.id, ring)
  return [...rings.values()].filter(({ status }) => status === 'active')
}
