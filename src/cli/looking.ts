/** A stored deployment with all that explanations weigh evidence by. */
import type { RingOptions } from '../../graph/explain/ring.ts'
import type { ReadingStore } from '../../graph/ports.ts'
import type { KindLookup } from '../../graph/projection/entities.ts'
import { nothingPublic } from '../../graph/projection/publicness.ts'
import { assertedIn } from '../assertions.ts'
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
  return {
    store,
    ...(await evidenceIn(store, (kind) => registry.get(kind))),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}

/** By what the rings of a store are explained. */
export async function evidenceIn(
  store: Pick<ReadingStore, 'published' | 'snapshot' | 'assertions'>,
  kindOf: KindLookup,
): Promise<Pick<Looking, 'snapshot' | 'options'>> {
  const [run, stored] = [await store.published(), await store.snapshot()]
  const snapshot = stored && openSnapshot(stored.bytes)
  const asserted = await assertedIn(store, run)
  return { snapshot, options: { kindOf, run, asserted, publicness: snapshot?.publicness ?? nothingPublic } }
}
