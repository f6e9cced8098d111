/**
 * Writes all rings and their members for a warehouse, all of one publish:
 *   node examples/nightly-export/export.ts --url URL --key-file FILE --out DIR
 * Files appear whole or not at all. Nothing is written when that publish was exported already.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createClient, type Reply } from '../../clients/typescript/src/index.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:7373' },
    'key-file': { type: 'string', default: 'ringleader.key' },
    out: { type: 'string', default: 'export' },
  },
})

const ringleader = createClient({
  url: values.url,
  key: readFileSync(values['key-file'], 'utf8').trim(),
  fallback: 'unknown',
  timeoutMs: 60_000,
  retries: 5,
})

type MemberRow = Reply<'GET /v1/rings/{ring}/members'>['items'][number]
type RingRow = Reply<'GET /v1/rings'>['items'][number]

/** Of the publish that is shown when the first page and the last are read; `undefined` when another came between. */
async function ringsOfOneRun(): Promise<{ run: number; rings: readonly RingRow[] } | undefined> {
  const before = await ringleader.call('GET /v1/rings', { query: { limit: 1 } })
  const rings: RingRow[] = []
  for await (const ring of ringleader.pages('GET /v1/rings', { query: { limit: 200 } })) rings.push(ring)
  const after = await ringleader.call('GET /v1/rings', { query: { limit: 1 } })
  return before.meta.run === after.meta.run ? { run: after.meta.run, rings } : undefined
}

async function membersOf({ ring }: RingRow, run: number): Promise<readonly MemberRow[]> {
  const members: MemberRow[] = []
  const asked = { params: { ring }, query: { v: run, limit: 1_000 } }
  for await (const member of ringleader.pages('GET /v1/rings/{ring}/members', asked)) members.push(member)
  return members
}

function writeWhole(name: string, rows: readonly unknown[]): void {
  const file = join(values.out, name)
  writeFileSync(`${file}.part`, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  renameSync(`${file}.part`, file)
}

async function exportOnce(): Promise<boolean> {
  const found = await ringsOfOneRun()
  if (!found) return false
  const { run, rings } = found
  const done = join(values.out, `run-${run}.json`)
  if (existsSync(done)) {
    process.stdout.write(`publish ${run} is exported already\n`)
    return true
  }
  const members: unknown[] = []
  for (const ring of rings) members.push(...(await membersOf(ring, run)))
  mkdirSync(values.out, { recursive: true })
  writeWhole('rings.ndjson', rings)
  writeWhole('members.ndjson', members)
  writeWhole(`run-${run}.json`, [{ run, rings: rings.length, members: members.length }])
  process.stdout.write(`publish ${run}: ${rings.length} rings, ${members.length} members\n`)
  return true
}

const triesMax = 5
let isDone = false
for (let tries = 0; !isDone && tries < triesMax; tries++) isDone = await exportOnce()
if (!isDone) {
  process.stderr.write('Rings were published faster than they could be read: run it again\n')
  process.exitCode = 1
}
