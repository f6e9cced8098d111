/** A thread that reads a file, its share of it through the border, and answers with a batch whenever it is asked (lines-thread.ts). */
import { parentPort, workerData } from 'node:worker_threads'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Line } from '../../../jobs/ingest.ts'
import { openBorder } from '../../compose/border.ts'
import { parseMapping } from '../../sources/mapping.ts'
import { answerCalls } from '../../threads/calls.ts'
import { lineBatches } from './batches.ts'
import type { BatchText, GoodLine, LinesOrder, RefusedLine } from './lines-thread.ts'

const { config, file, yaml, share } = workerData as LinesOrder
const mapping = yaml === undefined ? undefined : parseMapping(yaml, file)

async function* batchTexts(): AsyncGenerator<BatchText> {
  // Whoever started this thread has opened the store, so the key is there.
  const { border } = await openBorder(config, { clock: Date.now, mayMakeKey: false })
  for await (const { items, ...batch } of lineBatches(border, { file, mapping }, share))
    yield { ...batch, ...textsOf(items) }
}

function textsOf(lines: readonly Line<StoredEvent>[]): Pick<BatchText, 'good' | 'refused'> {
  const good: GoodLine[] = []
  const refused: RefusedLine[] = []
  for (const { line, text, admission } of lines) {
    if ('value' in admission) good.push(goodLine(line, admission.value))
    else refused.push({ line, text: text(), admission })
  }
  return { good, refused }
}

const goodLine = (line: number, event: StoredEvent): GoodLine => [
  line,
  event.id,
  event.content,
  event.tables,
  JSON.stringify(event),
]

const batches = batchTexts()

answerCalls(parentPort, async () => (await batches.next()).value as BatchText | undefined)
