/** Reads published rings, always of one version: the one that was published when the statement began. */
import { rings as statements } from '../../../cypher/catalogue.ts'
import type { ChangeCursor, RingFilter, RingStore } from '../../../graph/ports.ts'
import type { DetectionRun, Ring, RingChange } from '../../../graph/ring.ts'
import type { RingListStore } from '../../../graph/ring-lists.ts'
import { ringAt } from '../../../graph/rings/lineage/history.ts'
import type { Bolt } from './bolt.ts'
import { bytesOf } from './values.ts'

type Reads = Pick<RingStore, 'published' | 'rings' | 'ring' | 'kin' | 'changes' | 'snapshot'> & RingListStore

/** Times a read begins again that two publishes overtook, which forgets the rows it was reading. */
const readsMax = 5

export function ringReader({ read }: Pick<Bolt, 'read'>): Reads {
  return {
    ...ringLists({ read }),

    async published() {
      const [row] = await read(statements.published, {})
      return row && (JSON.parse(row.run) as DetectionRun)
    },

    rings: (options) => whole(() => read(statements.rings, ringParams(options))),

    async ring(id, { version } = {}) {
      if (version !== undefined) {
        const rows = await read(statements.history, { ring: id, version })
        const ring = ringAt(
          id,
          rows.map(({ change }) => JSON.parse(change) as RingChange),
        )
        const [owned] = ring ? await read(statements.owner, { ring: id }) : []
        return ring && { ...ring, ...(owned && ownerOf(owned)) }
      }
      const [ring] = await whole(() => read(statements.ring, { ring: id }))
      return ring
    },

    async kin(id) {
      return (await read(statements.kin, { ring: id })).map(({ ring }) => ring)
    },

    async changes(options: { after?: ChangeCursor; ring?: string; limit: number }) {
      const { after = { version: 0, ring: '' }, ring = null, limit } = options
      const params = { afterVersion: after.version, afterRing: after.ring, ring, limit }
      return (await read(statements.changes, params)).map(({ change }) => JSON.parse(change) as RingChange)
    },

    async snapshot() {
      const parts = await read(statements.snapshot, {})
      const [first] = parts
      return first && { version: first.version, bytes: joined(parts.map(({ bytes }) => bytesOf(bytes))) }
    },
  }
}

/** What lists of rings are made of: one statement for as many rings as are asked for. */
const ringLists = ({ read }: Pick<Bolt, 'read'>): RingListStore => ({
  async ringsOf(ids) {
    const rings = await whole(() => read(statements.some, { rings: [...new Set(ids)] }))
    const byId = new Map(rings.map((ring) => [ring.id, ring]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  },

  async risksAt(asked) {
    const rows = await read(statements.risksAt, { asked: asked.map((one, place) => ({ ...one, place })) })
    const risks = new Map(rows.map(({ place, risk }) => [place, risk]))
    return asked.map((_, place) => risks.get(place))
  },

  async steps(rings, { since }) {
    const rows = await read(statements.steps, { rings: [...new Set(rings)], since: new Date(since) })
    return rows.map(({ change }) => {
      const { ring, version, asOf = 0, joined, left } = JSON.parse(change) as RingChange
      return { ring, version, asOf, joined: joined.length, left: left.length }
    })
  },

  runTimes: (versions) => read(statements.runTimes, { versions: [...versions] }),
})

const ringParams = (options: RingFilter & { limit?: number; after?: { risk: number; id: string } }) => ({
  status: options.status ?? 'active',
  class: options.class ?? null,
  minRisk: options.minRisk ?? null,
  minSize: options.minSize ?? null,
  changedSince: options.changedSince ?? null,
  endedSince: options.endedSince ?? null,
  owner: options.owner ?? null,
  isOwned: options.isOwned ?? null,
  afterRisk: options.after?.risk ?? null,
  afterId: options.after?.id ?? null,
  limit: options.limit ?? Number.MAX_SAFE_INTEGER,
})

interface RingRow extends OwnerRow {
  readonly state: string | null
}
interface OwnerRow {
  readonly owner: string | null
  readonly since: number | null
}

const ownerOf = ({ owner, since }: OwnerRow): Pick<Ring, 'owner'> =>
  owner === null ? {} : { owner: { name: owner, since: since ?? 0 } }

async function whole(readRows: () => Promise<readonly RingRow[]>): Promise<readonly Ring[]> {
  for (let reads = 0; reads < readsMax; reads++) {
    const rows = await readRows()
    const rings = rows.flatMap(({ state, ...owned }) =>
      state === null ? [] : [{ ...(JSON.parse(state) as Ring), ...ownerOf(owned) }],
    )
    if (rings.length === rows.length) return rings
  }
  throw new Error('Rings are published faster than they can be read')
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
