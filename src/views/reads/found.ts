/** What is known of whatever somebody looks for. */
import type { Weighing } from '../../../graph/explain/picture/pair-evidence.ts'
import type { IdentifierKey } from '../../../graph/model.ts'
import type { ReadingStore } from '../../../graph/ports.ts'
import { currentRing } from '../lineage.ts'
import { ringOnScale } from '../rings.ts'
import { briefOf } from './identifier.ts'

/** Of an absorbed ring the one that it became; identifiers with the most used last. */
export async function foundView(
  store: Pick<ReadingStore, 'ring' | 'users'>,
  { ring: id, keys }: { readonly ring: string; readonly keys: readonly IdentifierKey[] },
  weighing: Weighing,
) {
  const ring = await store.ring(id)
  const current = ring && (await currentRing(store, ring))
  const users = keys.length === 0 ? [] : await store.users(keys, { usesMax: 1 })
  return {
    ring: current ? ringOnScale(current, weighing) : null,
    identifiers: users.map((one) => briefOf(one, weighing)).toSorted((a, b) => a.accounts - b.accounts),
  }
}
