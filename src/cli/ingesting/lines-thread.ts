/** The border in threads of its own, for large files: what it lets in is stored while it looks at what comes next. */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Line } from '../../../jobs/ingest.ts'
import type { Config } from '../../config.ts'
import type { EventText } from '../../event-text.ts'
import { callsTo } from '../../threads/calls.ts'
import type { Batch, FileOrder, Share } from './batches.ts'

/** Lists, which are cloned faster than objects. */
export interface BatchText extends Omit<Batch<never>, 'items'> {
  readonly good: readonly GoodLine[]
  readonly refused: readonly RefusedLine[]
}

export type GoodLine = readonly [line: number, id: string, content: string, tables: number, body: string]

export interface RefusedLine extends Omit<Line<never>, 'text'> {
  readonly text: string
}

export interface LinesOrder {
  readonly config: Config
  readonly file: string
  /** The mapping's YAML, for CSV. */
  readonly yaml: string | undefined
  readonly share: Share
}

const workerFile = new URL(`./lines-worker${extname(import.meta.url)}`, import.meta.url)

/** Batches that a thread makes ahead of the one that is worked on. */
const aheadMax = 8

/**
 * What `lineBatches` gives and throws, under the border of these settings. Each thread reads the whole file, which is
 * little work, and every other batch of it through the border.
 */
export async function* threadedLineBatches(
  config: Config,
  { file, mapping }: FileOrder,
  threads: number,
): AsyncGenerator<Batch<Line<EventText>>> {
  await using opened = new AsyncDisposableStack()
  const readers = Array.from({ length: threads }, (_, first) => {
    const share = { first, every: threads }
    return opened.use(openReader({ config, file, yaml: mapping?.yaml, share }))
  })
  for (let turn = 0; ; turn++) {
    const batch = await readers[turn % threads]?.next()
    if (!batch) return
    const { good, refused, ...rest } = batch
    const items = good.map(goodLine)
    yield { ...rest, items: refused.length > 0 ? inOrder([...items, ...refused.map(refusedLine)]) : items }
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

const goodLine = ([line, id, content, tables, body]: GoodLine): Line<EventText> => ({
  line,
  text: () => '',
  admission: { value: { id, content, tables, body } },
})

const refusedLine = ({ text, ...line }: RefusedLine): Line<EventText> => ({ ...line, text: () => text })

const inOrder = (lines: readonly Line<EventText>[]): readonly Line<EventText>[] =>
  lines.toSorted((a, b) => a.line - b.line)
