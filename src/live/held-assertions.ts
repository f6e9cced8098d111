/** What people hold to be true, as of the run that is served, for whoever comes since. */
import { type Asserted, nothingAsserted } from '../../graph/assertions/standing.ts'
import type { ReadingStore } from '../../graph/ports.ts'
import { assertedIn } from '../assertions.ts'
import type { SnapshotHolder } from '../snapshot/holder.ts'

export interface HeldAssertions {
  now(): Asserted
}

/** Read anew with every snapshot; while the store is away those read last are held to. */
export function heldAssertions(
  store: Pick<ReadingStore, 'assertions'>,
  snapshots: SnapshotHolder,
): HeldAssertions {
  let held = nothingAsserted
  snapshots.onSwap(async () => {
    held = await assertedIn(store, snapshots.current()?.run).catch(() => held)
  })
  return { now: () => held }
}
