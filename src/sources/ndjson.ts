/** NDJSON as deliveries: lines split without ever holding more than one of them, over-long ones skipped. */
import { type Delivery, lineBytesMax, ndjsonDelivery, tooLongDelivery } from './delivery.ts'

const newline = 0x0a

export async function* ndjsonDeliveries(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Delivery> {
  const splitter = lineSplitter()
  // One by one, because handing on all of them at once waits twice for each.
  for await (const chunk of chunks) for (const delivery of splitter.feed(chunk)) yield delivery
  yield* splitter.end()
}

/** All lines of one text. */
export function ndjsonDeliveriesOf(bytes: Uint8Array): readonly Delivery[] {
  const splitter = lineSplitter()
  return [...splitter.feed(bytes), ...splitter.end()]
}

function lineSplitter() {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let line = 0

  function* finish(): Generator<Delivery> {
    line += 1
    const bytes = held.length === 1 && held[0] ? held[0] : Buffer.concat(held)
    const delivery = heldBytes > lineBytesMax ? tooLongDelivery(line) : ndjsonDelivery(line, bytes)
    held = []
    heldBytes = 0
    if (delivery) yield delivery
  }

  function hold(bytes: Uint8Array): void {
    heldBytes += bytes.length
    // Past the limit only the count goes on, so that a line without end costs no memory.
    if (heldBytes <= lineBytesMax) held.push(bytes)
    else held = []
  }

  return {
    *feed(chunk: Uint8Array): Generator<Delivery> {
      let from = 0
      for (let to = chunk.indexOf(newline); to !== -1; to = chunk.indexOf(newline, from)) {
        hold(chunk.subarray(from, to))
        yield* finish()
        from = to + 1
      }
      if (from < chunk.length) hold(chunk.subarray(from))
    },
    *end(): Generator<Delivery> {
      if (heldBytes > 0) yield* finish()
    },
  }
}
