/** `ringleader ingest` and `ringleader label`: files into the store. */
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '../../../graph/errors.ts'
import { ingestEvents, ingestLabels, type LineResult } from '../../../jobs/ingest.ts'
import { openWriting, type Writing } from '../../compose.ts'
import type { Refusal } from '../../sources/admit.ts'
import type { Delivery } from '../../sources/delivery.ts'
import { fileDeliveries } from '../../sources/files.ts'
import { eventLine, labelLine } from '../../sources/lines.ts'
import { type Mapping, parseMapping } from '../../sources/mapping.ts'
import { configFrom, examples, type WritingOptions, withWriting } from '../options.ts'
import { progressLine } from '../progress.ts'
import { type Remote, remoteFrom } from '../remote.ts'
import { terminal } from '../terminal.ts'

interface IngestOptions extends WritingOptions {
  readonly map?: string
  readonly strict?: boolean
}

type Stream = Mapping['stream']

export interface IngestCounts {
  read: number
  accepted: number
  duplicate: number
  conflict: number
  rejected: number
}

const batchSize = 1_000

/** Exit code of `--strict` when lines were rejected. */
const rejectedExit = 3

export function ingestCommand(program: Command): void {
  addCommand(program.command('ingest'), 'events')
    .description('Read events from files: NDJSON, or CSV through a mapping; plain or gzip.')
    .addHelpText(
      'after',
      examples([
        ['ingest events.ndjson', 'one event a line'],
        ['ingest cards.csv.gz --map cards.yaml', 'CSV: the mapping says which column is what (docs/csv.md)'],
        ['ingest events.ndjson --url http://127.0.0.1:7373 --key rl_...', 'through a running server'],
      ]),
    )
}

export function labelCommand(program: Command): void {
  addCommand(program.command('label'), 'labels')
    .description('Read labels from files: what is known of accounts (fraud, legit, victim, none).')
    .addHelpText(
      'after',
      examples([
        ['label labels.ndjson', 'one label a line'],
        ['label users.csv --map users.yaml', 'CSV through a mapping'],
      ]),
    )
}

const addCommand = (command: Command, stream: Stream): Command =>
  withWriting(command)
    .argument('<file...>', 'files to read; repeats are harmless')
    .option('--map <file>', 'mapping of CSV columns, YAML')
    .option('--strict', `exit with ${rejectedExit} when a line is rejected`)
    .action((files: string[], options: IngestOptions) => runIngest(stream, files, options))

async function runIngest(stream: Stream, files: readonly string[], options: IngestOptions): Promise<void> {
  const startedAt = performance.now()
  const mapping = readMapping(options.map, stream)
  const counts: IngestCounts = { read: 0, accepted: 0, duplicate: 0, conflict: 0, rejected: 0 }
  let skipped = 0
  await using target = await openTarget(stream, options)
  for (const file of files) {
    const found = await ingestFile(file, { mapping, target, counts })
    skipped += found.skipped
  }
  await target.settle()
  const tookMs = Math.round(performance.now() - startedAt)
  report({ counts, skipped, tookMs }, { stream, options })
}

function readMapping(file: string | undefined, stream: Stream): Mapping | undefined {
  if (file === undefined) return undefined
  const mapping = parseMapping(readText(file), file)
  if (mapping.stream !== stream) {
    const other = stream === 'events' ? 'label' : 'ingest'
    throw new AppError('mapping_invalid', `${file} maps ${mapping.stream}: use ringleader ${other} for it`)
  }
  return mapping
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new AppError('mapping_invalid', `There is no mapping ${path}: check its name`, { cause })
  }
}

/** Where lines go: the store here, or a server. */
export interface IngestTarget extends AsyncDisposable {
  take(source: string, deliveries: readonly Delivery[]): Promise<readonly LineResult[]>
  /** Resolves when all that was taken is joined into the state. */
  settle(): Promise<void>
}

async function openTarget(stream: Stream, options: IngestOptions): Promise<IngestTarget> {
  const remote = remoteFrom(options)
  return remote ? remoteTarget(stream, remote) : localTarget(stream, await openWriting(configFrom(options)))
}

export function localTarget(stream: Stream, writing: Writing): IngestTarget {
  const { store, border, secrets, settle, waitingMax } = writing
  const services = { store, intake: store, secrets, clock: Date.now, by: userInfo().username }
  return {
    async take(source, deliveries) {
      if (stream === 'labels') return ingestLabels(services, source, deliveries.map(labelLine))
      const lines = deliveries.map((delivery) => eventLine(border, delivery, { live: false }))
      const results = await ingestEvents(services, source, lines)
      if ((await store.waiting()) > waitingMax) await store.foldSome()
      return results
    },
    settle,
    [Symbol.asyncDispose]: () => writing[Symbol.asyncDispose](),
  }
}

const remoteTarget = (stream: Stream, remote: Remote): IngestTarget => ({
  async take(_source, deliveries) {
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
  },
  settle: async () => {},
  [Symbol.asyncDispose]: async () => {},
})

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

export async function ingestFile(
  file: string,
  { mapping, target, counts }: { mapping: Mapping | undefined; target: IngestTarget; counts: IngestCounts },
): Promise<{ skipped: number }> {
  using progress = progressLine(terminal, basename(file))
  let skipped = 0
  let batch: Delivery[] = []
  const flush = async (): Promise<void> => {
    const results = await target.take(basename(file), batch)
    batch = []
    counts.read += results.length
    for (const { status } of results) counts[status] += 1
    warnOfFirst(file, results)
  }
  const deliveries = fileDeliveries(file, {
    ...(mapping && { mapping }),
    onProgress: (done, of) => progress.update(done, of),
    onSkip: () => {
      skipped += 1
    },
  })
  try {
    for await (const delivery of deliveries) {
      batch.push(delivery)
      if (batch.length === batchSize) await flush()
    }
  } finally {
    // What was read before a file broke off is kept.
    if (batch.length > 0) await flush()
  }
  return { skipped }
}

const warnedMax = 5
let warned = 0

/** The first few say what is wrong; all are in the dead letters. */
function warnOfFirst(file: string, results: readonly LineResult[]): void {
  for (const { line, status, code, pointer, detail } of results) {
    if (status !== 'rejected' || warned >= warnedMax) continue
    warned += 1
    terminal.note(`${basename(file)}:${line} rejected (${code}): ${pointer || 'the line'} ${detail}`)
  }
}

function report(
  { counts, skipped, tookMs }: { counts: IngestCounts; skipped: number; tookMs: number },
  { stream, options }: { stream: Stream; options: IngestOptions },
): void {
  if (counts.rejected > 0) {
    terminal.note(`${counts.rejected} lines were rejected: see ringleader dead-letters list`)
    if (options.strict) process.exitCode = rejectedExit
  }
  if (options.json) {
    terminal.json({ ...counts, ...(skipped > 0 && { skipped }), tookMs })
    return
  }
  const parts = [
    `${counts.accepted} accepted`,
    `${counts.duplicate} duplicate`,
    `${counts.conflict} conflict`,
    `${counts.rejected} rejected`,
  ]
  if (skipped > 0) parts.push(`${skipped} rows skipped by the mapping`)
  terminal.print(`${counts.read} ${stream} read in ${(tookMs / 1_000).toFixed(1)} s: ${parts.join(', ')}`)
}
