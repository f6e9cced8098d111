/** `ringleader ingest` and `ringleader label`: files into the store. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '../../../graph/errors.ts'
import type { LineResult } from '../../../jobs/ingest.ts'
import { openWriting } from '../../compose.ts'
import { type Mapping, parseMapping } from '../../sources/mapping.ts'
import { type IngestTarget, localTarget, remoteTarget, type Stream } from '../ingesting/targets.ts'
import { configFrom, examples, type WritingOptions, withWriting } from '../options.ts'
import { progressLine } from '../progress.ts'
import { remoteFrom } from '../remote.ts'
import { terminal } from '../terminal.ts'

interface IngestOptions extends WritingOptions {
  readonly map?: string
  readonly strict?: boolean
}

export interface IngestCounts {
  read: number
  accepted: number
  duplicate: number
  conflict: number
  rejected: number
}

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
  await settle(target)
  const tookMs = Math.round(performance.now() - startedAt)
  report({ counts, skipped, tookMs }, { stream, options })
}

async function settle(target: IngestTarget): Promise<void> {
  using progress = progressLine(terminal, 'joining')
  await target.settle((done, of) => progress.update(done, of))
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

async function openTarget(stream: Stream, options: IngestOptions): Promise<IngestTarget> {
  const remote = remoteFrom(options)
  return remote ? remoteTarget(stream, remote) : localTarget(stream, await openWriting(configFrom(options)))
}

export async function ingestFile(
  file: string,
  { mapping, target, counts }: { mapping: Mapping | undefined; target: IngestTarget; counts: IngestCounts },
): Promise<{ skipped: number }> {
  using progress = progressLine(terminal, basename(file))
  let skipped = 0
  for await (const { items: results, bytes, ...batch } of target.take({ file, mapping })) {
    skipped += batch.skipped
    counts.read += results.length
    for (const { status } of results) counts[status] += 1
    warnOfFirst(file, results)
    progress.update(bytes.done, bytes.of)
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
