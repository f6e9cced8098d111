/** The border in a thread of its own, for large files: what it lets in is stored while it looks at what comes next. */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Line } from '../../../jobs/ingest.ts'
import type { Config } from '../../config.ts'
import { callsTo } from '../../threads/calls.ts'
import type { Batch, FileOrder } from './batches.ts'

/** Lines as JSON, which is read and written faster than objects are cloned. */
export type BatchText = Omit<Batch<never>, 'items'> & { readonly lines: string }

export type LineText = Omit<Line<StoredEvent>, 'text'> & { readonly text?: string }

export interface LinesOrder {
  readonly config: Config
  readonly file: string
  /** The mapping's YAML, for CSV. */
  readonly yaml: string | undefined
}

const workerFile = new URL(`./lines-worker${extname(import.meta.url)}`, import.meta.url)

/** Batches that are made ahead of the one that is worked on. */
const aheadMax = 2

/** What `lineBatches` gives and throws, under the border of these settings. */
export async function* threadedLineBatches(
  config: Config,
  { file, mapping }: FileOrder,
): AsyncGenerator<Batch<Line<StoredEvent>>> {
  const order: LinesOrder = { config, file, yaml: mapping?.yaml }
  const worker = new Worker(workerFile, { workerData: order })
  const { ask } = callsTo(worker, () => new Error('The thread that reads the file ended'))
  const next = () => {
    const batch = ask('next', []) as Promise<BatchText | undefined>
    // A failure is thrown when its turn comes.
    batch.catch(() => {})
    return batch
  }
  try {
    const coming = Array.from({ length: aheadMax }, next)
    for (let batch = await coming.shift(); batch; batch = await coming.shift()) {
      coming.push(next())
      const { lines, ...rest } = batch
      yield { ...rest, items: (JSON.parse(lines) as LineText[]).map(lineOf) }
    }
  } finally {
    await worker.terminate()
  }
}

const lineOf = ({ text = '', ...line }: LineText): Line<StoredEvent> => ({ ...line, text: () => text })
