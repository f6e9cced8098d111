/** Where the lines of files go: the store here, or a server. */
import { statSync } from 'node:fs'
import { availableParallelism, userInfo } from 'node:os'
import { basename } from 'node:path'
import type { StoredEvent } from '../../../graph/model.ts'
import { ingestEvents, ingestLabels, type Line, type LineResult } from '../../../jobs/ingest.ts'
import type { Writing } from '../../compose.ts'
import { type EventText, eventText } from '../../event-text.ts'
import type { Refusal } from '../../sources/admit.ts'
import type { Delivery } from '../../sources/delivery.ts'
import { labelLine } from '../../sources/lines.ts'
import type { Mapping } from '../../sources/mapping.ts'
import type { Remote } from '../remote.ts'
import { type Batch, deliveryBatches, type FileOrder, lineBatches, together } from './batches.ts'
import { threadedLineBatches } from './lines-thread.ts'

export type Stream = Mapping['stream']

export interface IngestTarget extends AsyncDisposable {
  /** What became of the lines of a file. What came before it broke off is kept. */
  take(order: FileOrder): AsyncGenerator<Batch<LineResult>>
  /** Resolves when all that was taken is joined into the state. */
  settle(onProgress?: (done: number, of: number) => void): Promise<void>
}

/** Bytes from which a file is worth a thread, which takes as long to start as to look at some thousand events. */
const threadFromBytes = 1_048_576
/** A second takes half a second to start. */
const twoThreadsFromBytes = 32 * 2 ** 20

export const localTarget = (stream: Stream, writing: Writing): IngestTarget => ({
  take: (order) => (stream === 'labels' ? takeLabels(writing, order) : takeEvents(writing, order)),
  settle: (onProgress) => writing.settle(onProgress),
  [Symbol.asyncDispose]: () => writing[Symbol.asyncDispose](),
})

const servicesOf = ({ store, secrets }: Writing) => ({
  store,
  secrets,
  clock: Date.now,
  by: userInfo().username,
})

async function* takeLabels(writing: Writing, order: FileOrder): AsyncGenerator<Batch<LineResult>> {
  const services = servicesOf(writing)
  const source = basename(order.file)
  for await (const { items, ...batch } of deliveryBatches(order))
    yield { ...batch, items: await ingestLabels(services, source, items.map(labelLine)) }
}

async function* takeEvents(writing: Writing, order: FileOrder): AsyncGenerator<Batch<LineResult>> {
  const services = { ...servicesOf(writing), intake: { accept: writing.acceptTexts } }
  const source = basename(order.file)
  for await (const { items, ...batch } of together(linesOf(writing, order), writing.storedTogether)) {
    yield { ...batch, items: await ingestEvents(services, source, items) }
    if ((await writing.store.waiting()) > writing.waitingMax) await writing.store.foldSome()
  }
}

/** To hash what a line shows takes twice as long as to store it: two threads keep up with who stores. */
function threadsFor(bytes: number): number {
  if (bytes < threadFromBytes) return 0
  return bytes < twoThreadsFromBytes ? 1 : Math.min(2, availableParallelism())
}

function linesOf({ border, config }: Writing, order: FileOrder): AsyncGenerator<Batch<Line<EventText>>> {
  const bytes = statSync(order.file, { throwIfNoEntry: false })?.size ?? 0
  const threads = threadsFor(bytes)
  return threads === 0 ? textBatches(border, order) : threadedLineBatches(config, order, threads)
}

async function* textBatches(
  border: Writing['border'],
  order: FileOrder,
): AsyncGenerator<Batch<Line<EventText>>> {
  for await (const { items, ...batch } of lineBatches(border, order))
    yield { ...batch, items: items.map(textLine) }
}

const textLine = ({ admission, ...line }: Line<StoredEvent>): Line<EventText> => ({
  ...line,
  admission: 'value' in admission ? { value: eventText(admission.value) } : admission,
})

export const remoteTarget = (stream: Stream, remote: Remote): IngestTarget => ({
  async *take(order) {
    for await (const { items, ...batch } of deliveryBatches(order))
      yield { ...batch, items: await send(stream, remote, items) }
  },
  settle: async () => {},
  [Symbol.asyncDispose]: async () => {},
})

async function send(
  stream: Stream,
  remote: Remote,
  deliveries: readonly Delivery[],
): Promise<readonly LineResult[]> {
  const results: LineResult[] = []
  let body = newBody()
  for (const delivery of deliveries) {
    const text = delivery.text()
    if (text === '') {
      // Nothing of it can be sent: it is no text, or longer than a line may be.
      if ('refusal' in delivery.content) results.push(rejectedHere(delivery.line, delivery.content.refusal))
      continue
    }
    const bytes = Buffer.byteLength(text) + 1
    if (body.bytes > 0 && body.bytes + bytes > bodyBytesMax) {
      results.push(...(await post(stream, remote, body)))
      body = newBody()
    }
    body.texts.push(text.replaceAll('\n', ' '))
    body.lines.push(delivery.line)
    body.bytes += bytes
  }
  if (body.bytes > 0) results.push(...(await post(stream, remote, body)))
  return results.toSorted((a, b) => a.line - b.line)
}

/** What a server takes at once is 8 MiB. */
const bodyBytesMax = 7 * 1_048_576

interface RemoteBody {
  readonly texts: string[]
  readonly lines: number[]
  bytes: number
}
const newBody = (): RemoteBody => ({ texts: [], lines: [], bytes: 0 })

const rejectedHere = (line: number, { code, pointer, detail }: Refusal): LineResult => ({
  line,
  status: 'rejected',
  code,
  pointer,
  detail,
})

/** The server counts the lines of one body; the answer names those of the file. */
async function post(
  stream: Stream,
  remote: Remote,
  { texts, lines }: RemoteBody,
): Promise<readonly LineResult[]> {
  const { results } = await remote.postLines<{ results: LineResult[] }>(`/v1/${stream}`, texts)
  return results.map((result) => ({ ...result, line: lines[result.line - 1] ?? result.line }))
}
