/** Any version of a ring, from the rows that changed it. */
import type { Member, Ring, RingChange } from '../../ring.ts'
import { compareText } from '../../state/order.ts'

/** Folds a ring's rows, oldest first, into the ring they lead to; `undefined` when there are none. */
export function ringAt(id: string, changes: readonly RingChange[]): Ring | undefined {
  const first = changes[0]
  const last = changes.at(-1)
  if (!first || !last) return undefined
  const members = new Map<string, Member>()
  for (const change of changes) {
    for (const account of change.left) members.delete(account)
    for (const member of [...change.joined, ...change.changed]) members.set(member.account, member)
  }
  return {
    id,
    status: last.status,
    bornVersion: first.version,
    version: last.version,
    ...(first.parent !== undefined && { parent: first.parent }),
    ...(last.movedTo !== undefined && { movedTo: last.movedTo }),
    ...(last.ended && { ended: last.ended }),
    head: last.head,
    members: [...members.values()].toSorted((a, b) => compareText(a.account, b.account)),
  }
}
