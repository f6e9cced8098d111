/**
 * Sends server-sent events (WHATWG HTML, 9.2) at the reader's pace: nothing is read for a reader before it took what
 * it was sent, and one that takes nothing for too long is cut off, to come back where it was.
 */
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'

export interface StreamedEvent {
  /** What a reader that comes back says it had last. */
  readonly id: string
  readonly type: string
  readonly data: unknown
}

export interface Pace {
  /** How often a reader hears of us at least. */
  readonly beatMs: number
  /** How long it may take nothing of what it was sent. */
  readonly stallMs: number
}

const defaultPace: Pace = { beatMs: 15_000, stallMs: 30_000 }

/** What readers wait before they come back. */
const retryMs = 2_000

/**
 * Resolves when the stream is over: the reader left or was cut off, or `mayGoOn`, asked before each event, said no.
 * `events` gives undefined now and then while there are none, and ends when `signal` aborts.
 */
export async function sendEvents(
  response: ServerResponse,
  events: (signal: AbortSignal) => AsyncIterable<StreamedEvent | undefined>,
  { mayGoOn, pace = defaultPace }: { mayGoOn: () => Promise<boolean>; pace?: Pace },
): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    // A connection kept for more requests would keep a server that stops waiting.
    connection: 'close',
  })
  await write(response, `retry: ${retryMs}\n\n`, { ...pace, signal: gone.signal })
  let writtenAt = performance.now()
  for await (const event of events(gone.signal)) {
    if (gone.signal.aborted || !(await mayGoOn())) break
    const isQuiet = performance.now() - writtenAt < pace.beatMs
    if (!event && isQuiet) continue
    await write(response, event ? eventText(event) : ': still here\n\n', { ...pace, signal: gone.signal })
    writtenAt = performance.now()
  }
  response.end()
}

const eventText = ({ id, type, data }: StreamedEvent): string =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`

/** Waits until what was written is taken. */
async function write(
  response: ServerResponse,
  text: string,
  { stallMs, signal }: Pick<Pace, 'stallMs'> & { signal: AbortSignal },
): Promise<void> {
  if (response.write(text) || signal.aborted) return
  const timer = setTimeout(() => response.destroy(), stallMs)
  await once(response, 'drain', { signal }).catch(() => {})
  clearTimeout(timer)
}
