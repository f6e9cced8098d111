/** The snapshot being served: one pointer, swapped whole. */
import { openSnapshot, type Snapshot } from './snapshot.ts'

export interface SnapshotHolder {
  current(): Snapshot | undefined
  /** Throws `snapshot_corrupt` and goes on serving the one it has. */
  swap(bytes: Uint8Array): void
}

export function snapshotHolder(): SnapshotHolder {
  let current: Snapshot | undefined
  return {
    current: () => current,
    swap(bytes) {
      current = openSnapshot(bytes)
    },
  }
}
