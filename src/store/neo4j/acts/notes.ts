/** What happens between publishes, in the order of the feed, in Neo4j. */
import { feed } from '../../../../cypher/catalogue.ts'
import type { NoteStore } from '../../../../graph/feed/notes.ts'
import type { Assignment } from '../../../../graph/owners.ts'
import type { TripwireHit } from '../../../../graph/tripwires/tripwire.ts'
import type { Bolt } from '../bolt.ts'

export const noteReads = ({ read }: Pick<Bolt, 'read'>): NoteStore => ({
  async notes({ after, ring, limit }) {
    const note = after && 'note' in after ? after.note : 0
    const version = after && 'version' in after ? after.version : 0
    const rows = await read(feed.notes, { note, version, ring: ring ?? null, limit })
    return rows.map(({ body, ...place }) => ({
      ...(JSON.parse(body) as TripwireHit | Assignment),
      ...place,
    }))
  },
  async feedEnd() {
    const [row] = await read(feed.feedEnd, {})
    return row ?? { version: 0, note: 0 }
  },
})
