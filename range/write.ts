/** Writes a world's three files, no faster than the disk takes them. */
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { generateWorld, type WorldCounts, type WorldOrder } from './world.ts'

/** `events.ndjson`, `labels.ndjson` and `truth.ndjson` in a directory, which is made if it is missing. */
export async function writeWorld(dir: string, order: WorldOrder): Promise<WorldCounts> {
  await mkdir(dir, { recursive: true })
  await using events = await open(join(dir, 'events.ndjson'), 'w')
  await using labels = await open(join(dir, 'labels.ndjson'), 'w')
  await using truth = await open(join(dir, 'truth.ndjson'), 'w')
  return await generateWorld(order, {
    events: (lines) => write(events, lines),
    labels: (lines) => write(labels, lines),
    truth: (lines) => write(truth, lines),
  })
}

async function write(file: FileHandle, lines: readonly string[]): Promise<void> {
  if (lines.length > 0) await file.writeFile(`${lines.join('\n')}\n`)
}
