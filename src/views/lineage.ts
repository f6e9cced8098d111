/** Where a ring came from and where it went: a lane for each ring of its kin, and what happened to it at which publish. */
import type { ReadingStore } from '../../graph/ports.ts'
import type { Ring, RingChange } from '../../graph/ring.ts'
import { compareText } from '../../graph/state/order.ts'
import { iso } from './times.ts'

/** A ring with more kin, or more changes, shows the kin nearest to it, and the oldest changes. */
const lanesMax = 40
const changesMax = 500

type LineageReads = Pick<ReadingStore, 'ring' | 'kin' | 'changes'>

/** Follows an alias to its end, which is active or dissolved. */
export async function currentRing(store: Pick<LineageReads, 'ring'>, ring: Ring): Promise<Ring> {
  let current = ring
  // It ends, because each ring of an alias was absorbed later than the one before.
  while (current.status === 'merged' && current.movedTo !== undefined) {
    const next = await store.ring(current.movedTo)
    if (!next) return current
    current = next
  }
  return current
}

export async function lineageView(store: LineageReads, ring: Ring) {
  const { rings, truncated } = await familyOf(store, ring)
  const lanes = await Promise.all(rings.map((one) => laneOf(store, one)))
  const current = await currentRing(store, ring)
  return {
    ring: ring.id,
    status: ring.status,
    ...(current.id !== ring.id && { movedTo: current.id }),
    lanes: lanes.map(({ lane }) => lane),
    truncated: truncated || lanes.some((one) => one.truncated),
  }
}

/** The ring and its kin, and theirs, nearest first, as far as there is room; in order of birth. */
async function familyOf(store: LineageReads, ring: Ring) {
  const rings = new Map([[ring.id, ring]])
  let truncated = false
  for (const { id } of rings.values()) {
    for (const kin of await store.kin(id)) {
      if (rings.has(kin)) continue
      const found = rings.size < lanesMax ? await store.ring(kin) : undefined
      if (found) rings.set(kin, found)
      else truncated = true
    }
  }
  const inOrder = [...rings.values()].toSorted(
    (a, b) => a.bornVersion - b.bornVersion || compareText(a.id, b.id),
  )
  return { rings: inOrder, truncated }
}

async function laneOf(store: LineageReads, { id, status, head, members, parent, movedTo }: Ring) {
  const rows = await store.changes({ ring: id, limit: changesMax + 1 })
  let size = 0
  const changes = rows.slice(0, changesMax).map((row) => {
    size += row.joined.length - row.left.length
    return changeView(row, size)
  })
  const lane = {
    ring: id,
    status,
    class: head.class,
    size: members.length,
    ...(parent !== undefined && { parent }),
    ...(movedTo !== undefined && { movedTo }),
    changes,
  }
  return { lane, truncated: rows.length > changesMax }
}

const changeView = (row: RingChange, size: number) => ({
  version: row.version,
  asOf: row.asOf === undefined ? null : iso(row.asOf),
  kind: row.kind,
  cause: row.cause,
  class: row.head.class,
  risk: row.head.risk,
  size,
  joined: row.joined.length,
  left: row.left.length,
  ...(row.parent !== undefined && { parent: row.parent }),
  ...(row.movedTo !== undefined && { movedTo: row.movedTo }),
  flow: row.flow ?? null,
})

export type LineageView = Awaited<ReturnType<typeof lineageView>>
