/** A file in batches, as deliveries or, through the border, as lines. */
import type { StoredEvent } from '../../../graph/model.ts'
import type { Line } from '../../../jobs/ingest.ts'
import { pseudonymsOfBatch } from '../../secrets/batch.ts'
import type { BorderOptions } from '../../sources/admit.ts'
import type { Delivery } from '../../sources/delivery.ts'
import { fileDeliveries } from '../../sources/files.ts'
import { eventLine } from '../../sources/lines.ts'
import type { Mapping } from '../../sources/mapping.ts'

export interface FileOrder {
  readonly file: string
  /** Needed for CSV. */
  readonly mapping: Mapping | undefined
}

export interface Batch<Item> {
  readonly items: readonly Item[]
  /** Rows that the mapping left out. */
  readonly skipped: number
  /** Read from disk so far, of all there is. */
  readonly bytes: { readonly done: number; readonly of: number }
}

const batchSize = 1_000

/** Throws what `fileDeliveries` throws, after what came before. */
export async function* deliveryBatches({ file, mapping }: FileOrder): AsyncGenerator<Batch<Delivery>> {
  let batch: Delivery[] = []
  let skipped = 0
  let bytes = { done: 0, of: 0 }
  let failure: { readonly error: unknown } | undefined
  const deliveries = fileDeliveries(file, {
    ...(mapping && { mapping }),
    onProgress: (done, of) => {
      bytes = { done, of }
    },
    onSkip: () => {
      skipped += 1
    },
  })
  const take = (): Batch<Delivery> => {
    const taken = { items: batch, skipped, bytes }
    batch = []
    skipped = 0
    return taken
  }
  try {
    for await (const delivery of deliveries) if (batch.push(delivery) === batchSize) yield take()
  } catch (error) {
    failure = { error }
  }
  if (batch.length > 0 || skipped > 0) yield take()
  if (failure) throw failure.error
}

/** Several batches as one, up to so many items. Throws what they throw, after what came before. */
export async function* together<Item>(
  batches: AsyncIterable<Batch<Item>>,
  itemsMax: number,
): AsyncGenerator<Batch<Item>> {
  let held: Batch<Item> | undefined
  let failure: { readonly error: unknown } | undefined
  try {
    for await (const batch of batches) {
      if (held && held.items.length + batch.items.length > itemsMax) {
        yield held
        held = batch
      } else held = held ? joined(held, batch) : batch
    }
  } catch (error) {
    failure = { error }
  }
  if (held) yield held
  if (failure) throw failure.error
}

const joined = <Item>(a: Batch<Item>, b: Batch<Item>): Batch<Item> => ({
  items: [...a.items, ...b.items],
  skipped: a.skipped + b.skipped,
  bytes: b.bytes,
})

/** Every so many-th batch of a file, from one on. */
export interface Share {
  readonly first: number
  readonly every: number
}

/** All batches where no share is asked for. */
export async function* lineBatches(
  border: BorderOptions,
  order: FileOrder,
  { first, every }: Share = { first: 0, every: 1 },
): AsyncGenerator<Batch<Line<StoredEvent>>> {
  let place = -1
  for await (const { items, ...batch } of deliveryBatches(order)) {
    place += 1
    if (place % every !== first) continue
    // Nobody may hold a value after its batch, so whatever remembers one goes with it.
    const own = { ...border, secrets: pseudonymsOfBatch(border.secrets), known: new Map() }
    yield { ...batch, items: items.map((delivery) => eventLine(own, delivery, { live: false })) }
  }
}
