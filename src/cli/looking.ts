/** A stored deployment with all that explanations weigh evidence by. */
import type { RingOptions } from '../../graph/explain/ring.ts'
import type { ReadingStore } from '../../graph/ports.ts'
import { nothingPublic } from '../../graph/projection/publicness.ts'
import { openReadingStore } from '../compose.ts'
import { readPolicy } from '../policy.ts'
import { openSnapshot, type Snapshot } from '../snapshot/snapshot.ts'
import { type CommonOptions, configFrom } from './options.ts'

export interface Looking extends AsyncDisposable {
  readonly store: ReadingStore
  readonly snapshot: Snapshot | undefined
  readonly options: RingOptions
}

export async function openLooking(common: CommonOptions): Promise<Looking> {
  const config = configFrom(common)
  const { registry } = readPolicy(config.policyFile)
  const store = await openReadingStore(config)
  const [run, stored] = [await store.published(), await store.snapshot()]
  const snapshot = stored && openSnapshot(stored.bytes)
  return {
    store,
    snapshot,
    options: {
      kindOf: (kind) => registry.get(kind),
      run,
      publicness: snapshot?.publicness ?? nothingPublic,
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}
