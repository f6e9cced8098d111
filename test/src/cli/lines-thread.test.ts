/** A file through the border in a thread of its own is the file through the border. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Line } from '../../../jobs/ingest.ts'
import { type Batch, type FileOrder, lineBatches } from '../../../src/cli/ingesting/batches.ts'
import { threadedLineBatches } from '../../../src/cli/ingesting/lines-thread.ts'
import { openWriting } from '../../../src/compose.ts'
import { readConfig } from '../../../src/config.ts'
import { type EventText, eventOf } from '../../../src/event-text.ts'
import { parseMapping } from '../../../src/sources/mapping.ts'
import { tempDir } from '../../support/temp-dir.ts'

const event = (i: number, more: object = {}): string =>
  JSON.stringify({
    eventId: `e${i}`,
    type: 'login',
    occurredAt: '2026-05-02T10:15:00Z',
    account: `acct_${i % 50}`,
    identifiers: { device: [`d${i}`, { value: `d${i + 1}`, display: 'phone' }], ip: `203.0.113.${i % 200}` },
    attributes: { amount: i / 7, currency: 'EUR' },
    ...more,
  })

const bad = [
  'no JSON',
  event(1, { type: 'dance' }),
  event(2, { identifiers: { device: ['fine', ''] } }),
  event(3, { sessionId: '4111 1111 1111 1111' }),
  '',
  event(4, { attributes: { note: 'y'.repeat(1_100_000) } }),
  '"\\ud800"',
]

/** What came, and what ended it. */
async function drain(batches: AsyncGenerator<Batch<Line<StoredEvent | EventText>>>) {
  const came: unknown[] = []
  try {
    for await (const { items, ...batch } of batches) {
      const lines = items.map(({ line, text, admission }) =>
        'refusal' in admission
          ? { line, text: text(), admission }
          : { line, event: 'body' in admission.value ? eventOf(admission.value) : admission.value },
      )
      came.push({ ...batch, lines })
    }
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    return { came, failure: { code, message } }
  }
  return { came, failure: undefined }
}

describe.each([1, 2, 3])('%i threads', (threads) => {
  async function bothWays(name: string, content: string | Buffer, mapping?: FileOrder['mapping']) {
    using dir = tempDir()
    const file = join(dir.path, name)
    if (content !== '') writeFileSync(file, content)
    const config = readConfig({ dataDir: join(dir.path, 'data') }, {})
    await using writing = await openWriting(config)
    const order = { file, mapping }
    return [
      await drain(lineBatches(writing.border, order)),
      await drain(threadedLineBatches(config, order, threads)),
    ] as const
  }

  test('lets in and refuses the same lines', async () => {
    const lines = Array.from({ length: 3_500 }, (_, i) => (i % 400 === 7 ? (bad[i % 7] ?? '') : event(i)))

    const [here, there] = await bothWays('events.ndjson', [...bad, ...lines].join('\n'))

    expect(there).toEqual(here)
    expect(here.came).toHaveLength(4)
    expect(here.failure).toBeUndefined()
  })

  test('reads rows of CSV, and says what was skipped', async () => {
    const mapping = parseMapping(
      `event:
  type: { column: what, values: { in: login } }
  occurredAt: 2026-05-02T10:15:00Z
  account: { column: who }
`,
      'map.yaml',
    )
    const [here, there] = await bothWays(
      'rows.csv',
      `who,what\n${'ada,in\nbob,out\n,in\n'.repeat(700)}`,
      mapping,
    )

    expect(there).toEqual(here)
    expect(here.came).toMatchObject([{ skipped: 500 }, { skipped: 200 }])
  })

  test('keeps what came before a break, and fails as the file does', async () => {
    const text = Array.from({ length: 2_500 }, (_, i) => event(i, { sessionId: `s${Math.sin(i)}` })).join(
      '\n',
    )
    const zipped = gzipSync(text)

    const [here, there] = await bothWays('broken.ndjson.gz', zipped.subarray(0, zipped.length / 2))
    const [missing, alsoMissing] = await bothWays('missing.ndjson', '')

    expect(there).toEqual(here)
    expect(there.failure).toMatchObject({ code: 'invalid_gzip' })
    expect(there.came.length).toBeGreaterThan(0)
    expect(alsoMissing.failure?.code).toBe('invalid_input')
    expect(alsoMissing).toEqual(missing)
  })

  test('ends with whoever stops listening', async () => {
    using dir = tempDir()
    const file = join(dir.path, 'events.ndjson')
    writeFileSync(file, Array.from({ length: 9_000 }, (_, i) => event(i)).join('\n'))
    const config = readConfig({ dataDir: join(dir.path, 'data') }, {})
    await using _ = await openWriting(config)

    for await (const { items } of threadedLineBatches(config, { file, mapping: undefined }, threads)) {
      expect(items[0]?.line).toBe(1)
      break
    }
  })
})
