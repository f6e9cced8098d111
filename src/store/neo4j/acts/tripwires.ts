/** Watched identifiers and who came with them, in Neo4j. */
import { feed, tripwires as statements } from '../../../../cypher/catalogue.ts'
import type { StoredEvent } from '../../../../graph/model.ts'
import {
  hitId,
  hitsOf,
  type Tripwire,
  type TripwireHit,
  type TripwireStore,
  type WireIndex,
  wireIndex,
} from '../../../../graph/tripwires/tripwire.ts'
import { tripwireSaved } from '../../../audit/acts.ts'
import type { Bolt, Run } from '../bolt.ts'
import { hold } from '../hold.ts'
import { append } from './audit.ts'

type Reads = Pick<TripwireStore, 'tripwires'>

export const tripwireReads = ({ read }: Pick<Bolt, 'read'>): Reads => ({
  async tripwires({ unless } = {}) {
    const [row] = await read(statements.tripwireChanges, {})
    const changes = row?.changes ?? 0
    if (changes === unless) return undefined
    const bodies = changes === 0 ? [] : await read(statements.allTripwires, {})
    return { changes, tripwires: bodies.map(({ body }) => JSON.parse(body) as Tripwire) }
  },
})

export const tripwireWrites = ({ write }: Pick<Bolt, 'write'>): Pick<TripwireStore, 'saveTripwire'> => ({
  async saveTripwire(tripwire, by) {
    await write(async (run) => {
      await putTripwires(run, [tripwire])
      await append(run, tripwireSaved(tripwire, by))
    })
  },
})

/** In the caller's transaction. */
export async function putTripwires(run: Run, tripwires: readonly Tripwire[]): Promise<void> {
  if (tripwires.length > 0) await hold(run, 'tripwires')
  for (const tripwire of tripwires)
    await run(statements.saveTripwire, { id: tripwire.id, properties: wireProperties(tripwire) })
}

const wireProperties = (tripwire: Tripwire) => ({
  ring: tripwire.ring ?? null,
  author: tripwire.author,
  reason: tripwire.reason,
  at: new Date(tripwire.at),
  disarmedAt: tripwire.disarmedAt === undefined ? null : new Date(tripwire.disarmedAt),
  body: JSON.stringify(tripwire),
})

/**
 * Notes who tripped what among events that were joined. Whoever joins them again, because it died before it could
 * say so, notes the same.
 */
export function tripwireWatch(bolt: Bolt): (events: readonly StoredEvent[]) => Promise<void> {
  const { tripwires } = tripwireReads(bolt)
  let known: { readonly changes: number; readonly wires: WireIndex } | undefined
  return async (events) => {
    const news = await tripwires(known ? { unless: known.changes } : {})
    if (news) known = { changes: news.changes, wires: wireIndex(news.tripwires) }
    const hits = hitsOf(events, known?.wires ?? new Map())
    if (hits.length > 0) await bolt.write((run) => note(run, hits))
  }
}

async function note(run: Run, hits: readonly TripwireHit[]): Promise<void> {
  await hold(run, 'publication')
  const before = new Set((await run(statements.notedAmong, { ids: hits.map(hitId) })).map(({ id }) => id))
  const rows = hits.flatMap(({ ring, account }) => (ring === undefined ? [] : [{ ring, account }]))
  const members = await run(statements.membersAmong, { rows })
  const spared = new Set(members.map(({ ring, account }) => JSON.stringify([ring, account])))
  const fresh = hits.filter(
    (hit) => !before.has(hitId(hit)) && !spared.has(JSON.stringify([hit.ring, hit.account])),
  )
  if (fresh.length === 0) return
  const [end] = await run(feed.feedEnd, {})
  const { version, note: last } = end ?? { version: 0, note: 0 }
  const numbered = fresh.map((hit, i) => ({
    id: hitId(hit),
    properties: propertiesOf(hit, version, last + i + 1),
  }))
  await run(statements.noteHits, { notes: last + fresh.length, rows: numbered })
}

const propertiesOf = (hit: TripwireHit, version: number, number: number) => ({
  note: number,
  version,
  ring: hit.ring ?? null,
  account: hit.account,
  tripwire: hit.tripwire,
  at: new Date(hit.at),
  body: JSON.stringify(hit),
})
