/** Brings every published snapshot to a process that serves: at once when it hears of one, soon when it does not. */
import type { RingStore } from '../../graph/ports.ts'

export interface FollowOptions {
  readonly store: Pick<RingStore, 'published' | 'snapshot'>
  readonly onVersion: (heard: (version: number) => void) => Promise<void>
  readonly published: (snapshot: Uint8Array) => Promise<void>
  readonly onFailure: (error: unknown) => void
  /** How often the store is looked at for what was not heard of. */
  readonly lookEveryMs?: number
}

/** Resolves when what is published now is served. */
export async function followPublished(options: FollowOptions): Promise<Disposable> {
  const { store, onVersion, published, onFailure, lookEveryMs = 5_000 } = options
  let served = 0
  let last: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    const run = await store.published()
    if (!run || run.version === served) return
    const snapshot = await store.snapshot()
    if (!snapshot || snapshot.version === served) return
    await published(snapshot.bytes)
    served = snapshot.version
  }

  /** One after the other, so that an older snapshot never comes last. */
  function lookNext(): Promise<void> {
    last = last.then(look).catch(onFailure)
    return last
  }

  await look()
  await onVersion(() => void lookNext())
  const timer = setInterval(() => void lookNext(), lookEveryMs)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
