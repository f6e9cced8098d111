/** What the scanner takes for a batch is what a parser reads; what it does not take may be anything. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { batchAccounts } from '../../../../src/http/hot/read.ts'
import { scanBatch } from '../../../../src/http/hot/scan-batch.ts'

function scanned(text: string): readonly string[] | undefined {
  const bytes = Buffer.from(text)
  const found = scanBatch(bytes)
  return (
    found &&
    Array.from({ length: found.count }, (_, i) => bytes.toString('latin1', found.starts[i], found.ends[i]))
  )
}

const spaces = fc.constantFrom('', '', ' ', '  ')
const id = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'Z', '~', ' ', ',', ']', '}', '{', ':'),
    minLength: 1,
    maxLength: 4,
  }),
  fc.constantFrom('x'.repeat(256), 'x'.repeat(257), '', '"', '\\', 'é', '\u007f', '\n'),
)
const written = fc
  .record({
    ids: fc.array(fc.oneof({ weight: 9, arbitrary: id }, { weight: 1, arbitrary: fc.constant(1) }), {
      maxLength: 4,
    }),
    gaps: fc.array(spaces, { minLength: 12, maxLength: 12 }),
  })
  .map(({ ids, gaps }) => {
    const gap = (i: number): string => gaps[i] ?? ''
    const list = ids.map((one, i) => gap(i) + JSON.stringify(one) + gap(i + 4)).join(',')
    return `${gap(8)}{${gap(9)}"accounts"${gap(10)}:${gap(11)}[${list}]${gap(8)}}${gap(9)}`
  })
const mangled = fc
  .tuple(
    written,
    fc.nat(60),
    fc.constantFrom('', '"', ',', ']', '}', '\\', ' ', '\u0000', '{"accounts":["a"]}'),
  )
  .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1))

test('a batch is read as a parser reads it', () => {
  let plain = 0
  fc.assert(
    fc.property(fc.oneof(written, mangled), (text) => {
      const found = scanned(text)

      if (found) {
        plain += 1
        expect(found).toEqual(batchAccounts(Buffer.from(text)))
      }
    }),
    { numRuns: 5_000 },
  )
  expect(plain).toBeGreaterThan(500)
})

test('and is taken as clients write it, a thousand ids at the most', () => {
  const ids = Array.from({ length: 1_000 }, (_, i) => `account-${i}`)

  expect(scanned(JSON.stringify({ accounts: ids }))).toEqual(ids)
  expect(scanned(JSON.stringify({ accounts: [...ids, 'one'] }))).toBeUndefined()
  expect(scanned('{"accounts": ["a b", "c"]}')).toEqual(['a b', 'c'])
})
