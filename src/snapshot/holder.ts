/** The snapshot being served: one pointer, swapped whole. */
import { openSnapshotAside, type Snapshot } from './snapshot.ts'

export interface SnapshotHolder {
  current(): Snapshot | undefined
  /** Throws `snapshot_corrupt` and goes on serving the one it has. Await it before the next. */
  swap(bytes: Uint8Array): Promise<void>
  /** Calls it after every swap, and waits for it. */
  onSwap(listener: () => Promise<void>): void
}

export function snapshotHolder(): SnapshotHolder {
  let current: Snapshot | undefined
  const listeners: (() => Promise<void>)[] = []
  return {
    current: () => current,
    async swap(bytes) {
      current = await openSnapshotAside(bytes as Uint8Array<ArrayBuffer>)
      for (const listener of listeners) await listener()
    },
    onSwap: (listener) => void listeners.push(listener),
  }
}
