/** The snapshot being served: one pointer, swapped whole. */
import { openSnapshotAside, type Snapshot } from './snapshot.ts'

export interface SnapshotHolder {
  current(): Snapshot | undefined
  /** Throws `snapshot_corrupt` and goes on serving the one it has. Await it before the next. */
  swap(bytes: Uint8Array): Promise<void>
}

export function snapshotHolder(): SnapshotHolder {
  let current: Snapshot | undefined
  return {
    current: () => current,
    async swap(bytes) {
      current = await openSnapshotAside(bytes as Uint8Array<ArrayBuffer>)
    },
  }
}
