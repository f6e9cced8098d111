import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from '@jest/globals'
import { type Delivery, lineBytesMax } from '../../../src/sources/delivery.ts'
import { fileDeliveries } from '../../../src/sources/files.ts'
import { ndjsonDeliveries, ndjsonDeliveriesOf } from '../../../src/sources/ndjson.ts'
import { tempDir } from '../../support/temp-dir.ts'

const dir = tempDir()
afterAll(() => dir[Symbol.dispose]())

async function all(deliveries: AsyncIterable<Delivery>): Promise<readonly unknown[]> {
  const found: unknown[] = []
  for await (const { line, content } of deliveries)
    found.push([line, 'raw' in content ? content.raw : content.refusal.code])
  return found
}

test('lines end with LF or CR LF, the last with nothing, and a byte order mark is no part of the first', () => {
  const found = ndjsonDeliveriesOf(Buffer.from('\ufeff1\r\n2\n \n\n3'))

  expect(found.map(({ line, content }) => [line, 'raw' in content && content.raw])).toEqual([
    [1, 1],
    [2, 2],
    [5, 3],
  ])
})

test('a line may be exactly as long as it may be', () => {
  const longest = JSON.stringify('x'.repeat(lineBytesMax - 2))

  const [at, over] = ndjsonDeliveriesOf(Buffer.from(`${longest}\n${longest} \n`))

  expect(at?.content).toHaveProperty('raw')
  expect(over?.content).toMatchObject({ refusal: { code: 'body_too_large' } })
})

test('a line without end costs no memory, and the next one is read', async () => {
  const chunk = Buffer.alloc(1 << 20, 'x')
  let peak = 0
  const before = process.memoryUsage().arrayBuffers
  const measure = (): void => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - before)
  }
  // The same chunk again and again: whatever grows is the splitter's.
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('1\n')
    for (let i = 0; i < 400; i++) {
      yield chunk
      measure()
    }
    yield Buffer.from('\n2')
    measure()
  }

  const found = await all(ndjsonDeliveries(endless()))

  expect(found).toEqual([
    [1, 1],
    [2, 'body_too_large'],
    [3, 2],
  ])
  expect(peak).toBeLessThan(200 * 1_048_576)
})

test.each([
  ['plain', 'events.ndjson', (text: string) => Buffer.from(text)],
  ['gzip', 'events.ndjson.gz', (text: string) => gzipSync(text)],
  [
    'gzip in two members',
    'two.gz',
    (text: string) => Buffer.concat([gzipSync(text.slice(0, 3)), gzipSync(text.slice(3))]),
  ],
  ['gzip by any name', 'events.txt', (text: string) => gzipSync(text)],
])('a file that is %s gives its lines', async (_, name, pack) => {
  const file = join(dir.path, name)
  writeFileSync(file, pack('{"a":1}\n[]\nnot json\n'))

  expect(await all(fileDeliveries(file, {}))).toEqual([
    [1, { a: 1 }],
    [2, []],
    [3, 'invalid_json'],
  ])
})

test('how far a file is read is told, up to all of it', async () => {
  const file = join(dir.path, 'told.ndjson')
  writeFileSync(file, '1\n'.repeat(500_000))
  const told: number[] = []

  await all(fileDeliveries(file, { onProgress: (done, of) => told.push(done / of) }))

  expect(told.length).toBeGreaterThan(2)
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(told.at(-1)).toBe(1)
})

test.each(['', '/nowhere'])('what is no file (%s) is told by its name', async (name) => {
  const file = dir.path + name

  await expect(all(fileDeliveries(file, {}))).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining(file),
  })
})
