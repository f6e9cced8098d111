import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { canonicalJson } from '../../../src/sources/canonical-json.ts'

/** The same, word for word: keys by their UTF-16 code units, everything as JSON writes it. */
function spelled(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spelled).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${spelled(inner)}`).join(',')}}`
}

const texts = fc.oneof(
  fc.constantFrom('', 'a b', '10', '9', '__proto__', 'ä', '"', '\n', '\ud800'),
  fc.string({ unit: 'binary' }),
)
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    texts,
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.array(fc.tuple(texts, tie('value'))).map((entries) => Object.fromEntries(entries)),
  ),
})).value

test('a value has one text, the same as ever', () => {
  fc.assert(
    fc.property(value, (any) => {
      expect(canonicalJson(any)).toBe(spelled(any))
    }),
  )
})
