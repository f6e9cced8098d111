/** One whole detection: find rings in the state, name them, make the snapshot. */
import type { Detection } from '../../graph/detect.ts'
import type { Solver } from '../../graph/kernel/partition.ts'
import type { Clock, DetectOptions, LinkStore } from '../../graph/ports.ts'
import type { KindLookup } from '../../graph/projection/entities.ts'
import type { DetectionRun, Publication, Ring } from '../../graph/ring.ts'
import { updateRings } from '../../graph/rings/lineage/publish.ts'
import { countDecisions } from '../../graph/rings/lineage/standing.ts'
import { encodeSnapshot } from '../snapshot/encode.ts'
import { planUses } from '../snapshot/uses/encode.ts'
import { type RingMemory, ringMemory } from './known-rings.ts'
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
  readonly ringMemory?: RingMemory
  /** Finds communities; in this thread alone when not given. */
  readonly solve?: Solver
}

export async function makePublication(
  store: DetectionReads,
  options: PublicationOptions,
): Promise<Publication> {
  const { kindOf, policy, clock, method = 'cpm-leiden', resident = residentDetection() } = options
  const { onProgress = () => {}, solve, ringMemory: remembered = ringMemory() } = options
  const startedAt = clock()
  const [last, decisions, { models, ...judgedBy }] = await Promise.all([
    store.published(),
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
  const known = await remembered.known(store, { last, asOf: found.asOf })
  const point = { version, asOf: found.asOf, decisions, asserted: found.frozen.asserted }
  const { active, ...update } = updateRings(found.rings, known, point)
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
  remembered.made(run, known, { ...update, active })
  return { run, ...update, snapshot: snapshotOf(run, active, { ...found, kindOf }) }
}

const snapshotOf = (
  run: DetectionRun,
  rings: readonly Ring[],
  { table, publicness, kindOf }: Detection & { kindOf: KindLookup },
) =>
  encodeSnapshot({
    run,
    accounts: table.facts.ids,
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
