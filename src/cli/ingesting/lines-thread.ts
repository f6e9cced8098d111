/** The border in threads of its own, for large files: what it lets in is stored while it looks at what comes next. */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Line } from '../../../jobs/ingest.ts'
import type { Config } from '../../config.ts'
import { callsTo } from '../../threads/calls.ts'
import type { Batch, FileOrder, Share } from './batches.ts'

/** Lines as JSON, which is read and written faster than objects are cloned. */
export type BatchText = Omit<Batch<never>, 'items'> & { readonly lines: string }

export type LineText = Omit<Line<StoredEvent>, 'text'> & { readonly text?: string }

export interface LinesOrder {
  readonly config: Config
  readonly file: string
  /** The mapping's YAML, for CSV. */
  readonly yaml: string | undefined
  readonly share: Share
}

const workerFile = new URL(`./lines-worker${extname(import.meta.url)}`, import.meta.url)

/** Batches that a thread makes ahead of the one that is worked on. */
const aheadMax = 2

/**
 * What `lineBatches` gives and throws, under the border of these settings. Each thread reads the whole file, which is
 * little work, and every other batch of it through the border.
 */
export async function* threadedLineBatches(
  config: Config,
  { file, mapping }: FileOrder,
  threads: number,
): AsyncGenerator<Batch<Line<StoredEvent>>> {
  await using opened = new AsyncDisposableStack()
  const readers = Array.from({ length: threads }, (_, first) => {
    const share = { first, every: threads }
    return opened.use(openReader({ config, file, yaml: mapping?.yaml, share }))
  })
  for (let turn = 0; ; turn++) {
    const batch = await readers[turn % threads]?.next()
    if (!batch) return
    const { lines, ...rest } = batch
    yield { ...rest, items: (JSON.parse(lines) as LineText[]).map(lineOf) }
  }
}

function openReader(order: LinesOrder): AsyncDisposable & { next(): Promise<BatchText | undefined> } {
  const worker = new Worker(workerFile, { workerData: order })
  const { ask } = callsTo(worker, () => new Error('The thread that reads the file ended'))
  const ahead = () => {
    const batch = ask('next', []) as Promise<BatchText | undefined>
    // A failure is thrown when its turn comes.
    batch.catch(() => {})
    return batch
  }
  const coming = Array.from({ length: aheadMax }, ahead)
  return {
    async next() {
      const batch = await coming.shift()
      coming.push(ahead())
      return batch
    },
    [Symbol.asyncDispose]: async () => void (await worker.terminate()),
  }
}

const lineOf = ({ text = '', ...line }: LineText): Line<StoredEvent> => ({ ...line, text: () => text })
