/** Tells a process that serves what any other joined since the run it serves. */
import type { StateStore } from '../../graph/ports.ts'
import type { SnapshotHolder } from '../snapshot/holder.ts'
import type { LiveLinks } from './live-links.ts'

/** Who is further behind waits for the next run instead: it is cheaper, and soon. */
const changesMax = 1_000

export interface FollowChangesOptions {
  readonly store: Pick<StateStore, 'progress' | 'changedSince'>
  readonly snapshots: SnapshotHolder
  readonly live: LiveLinks
  readonly onFailure: (error: unknown) => void
  /** How often it looks again; once is enough where nobody else joins anything. */
  readonly everyMs?: number
}

/** Resolves when what was joined until now is known. */
export async function followChanges(options: FollowChangesOptions): Promise<Disposable> {
  const { store, snapshots, live, onFailure, everyMs } = options
  let seen: number | undefined

  async function look(): Promise<void> {
    const { changes } = await store.progress()
    const from = seen ?? snapshots.current()?.run.stateChanges ?? changes
    const changed = changes - from > changesMax ? undefined : await store.changedSince(from)
    if (changed) await live.follow(changed)
    // Whatever is said counts as a change.
    if (changes !== from) await live.hear()
    seen = changed?.changes ?? changes
  }

  let last: Promise<void> = look().catch(onFailure)
  await last
  const timer =
    everyMs === undefined
      ? undefined
      : setInterval(() => {
          last = last.then(look).catch(onFailure)
        }, everyMs)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
