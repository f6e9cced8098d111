/** A receipt that was altered says where. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { nothingPublic } from '../../../graph/projection/publicness.ts'
import { type Ring, roles } from '../../../graph/ring.ts'
import { freeze } from '../../../src/receipts/freeze.ts'
import {
  differences,
  type PartName,
  partNames,
  type Receipt,
  receiptFaults,
  sealReceipt,
} from '../../../src/receipts/receipt.ts'
import { readReceipt } from '../../../src/receipts/verify.ts'

const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: false }) as fc.Arbitrary<unknown>
const parts = fc.record(Object.fromEntries(partNames.map((name) => [name, json]))) as unknown as fc.Arbitrary<
  Receipt['parts']
>
const part = fc.constantFrom(...partNames)

const pointersOf = (found: readonly { readonly pointer: string }[]) => found.map(({ pointer }) => pointer)

/** Keys in another order, as other programs write them. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, turned(inner)]),
  )
}

describe('a receipt', () => {
  test('is as it was sealed after any way through a file, whatever the order of its keys', () => {
    fc.assert(
      fc.property(parts, fc.boolean(), (given, wrapped) => {
        const receipt = sealReceipt(given)
        const text = JSON.stringify(turned(wrapped ? { receipt, check: {} } : receipt))

        expect(receiptFaults(readReceipt(text), receipt.hash)).toEqual([])
      }),
    )
  })

  test('names the part that was altered, and no other', () => {
    fc.assert(
      fc.property(parts, part, json, (given, name, other) => {
        fc.pre(differences(given[name], other, '').length > 0)
        const receipt = sealReceipt(given)
        const altered = { ...receipt, parts: { ...receipt.parts, [name]: other } }

        expect(pointersOf(receiptFaults(altered))).toEqual([`/parts/${name}`])
      }),
    )
  })

  test('that was sealed again with another part is told by the hash that is known, or by that over the hashes', () => {
    fc.assert(
      fc.property(parts, part, json, (given, name, other) => {
        fc.pre(differences(given[name], other, '').length > 0)
        const [receipt, forged] = [sealReceipt(given), sealReceipt({ ...given, [name]: other })]

        expect(receiptFaults(forged)).toEqual([])
        expect(pointersOf(receiptFaults(forged, receipt.hash))).toEqual(['/hash'])
        expect(pointersOf(receiptFaults({ ...forged, hash: receipt.hash }))).toEqual(['/hashes'])
      }),
    )
  })

  test('of another form is refused', () => {
    for (const text of ['', '7', '{}', '{"format":"ringleader-receipt-2"}', '{"receipt":null}'])
      expect(() => readReceipt(text)).toThrow('no receipt of the form ringleader-receipt-1')
  })

  test('that lacks a hash, or has one that is no text, is refused', () => {
    fc.assert(
      fc.property(parts, part, fc.constantFrom(undefined, null, 7, {}), (given, name, hash) => {
        const receipt = sealReceipt(given)
        const text = JSON.stringify({ ...receipt, hashes: { ...receipt.hashes, [name]: hash } })

        expect(() => readReceipt(text)).toThrow('no receipt of the form ringleader-receipt-1')
      }),
    )
  })
})

test('differences are where one finds them by following pointers, and 20 at the most', () => {
  const step = (held: unknown, key: string): unknown =>
    typeof held === 'object' && held !== null
      ? Object.entries(held).find(([name]) => name === key)?.[1]
      : undefined
  const at = (value: unknown, pointer: string): unknown =>
    pointer
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce(step, value)
  fc.assert(
    fc.property(json, json, (a, b) => {
      const found = pointersOf(differences(a, b, 'x'))

      expect(found.length === 0).toBe(JSON.stringify(sortedJson(a)) === JSON.stringify(sortedJson(b)))
      expect(found.length).toBeLessThanOrEqual(20)
      for (const pointer of found)
        expect(JSON.stringify(sortedJson(at(a, pointer)))).not.toBe(
          JSON.stringify(sortedJson(at(b, pointer))),
        )
    }),
  )
})

test('of more than 20 places that differ the first 20 are named', () => {
  const found = differences({ list: Array.from({ length: 30 }, (_, i) => i) }, { list: [] }, 'x')

  expect(pointersOf(found)).toEqual(Array.from({ length: 20 }, (_, i) => `/list/${i}`))
})

/** Tells what is an object from what is a list. */
const sortedJson = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortedJson)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { entries: entries.map(([key, inner]) => [key, sortedJson(inner)]) }
}

describe('what is frozen', () => {
  const ringOf = (size: number): Ring => ({
    id: 'ring_a',
    status: 'active',
    bornVersion: 1,
    version: 2,
    head: { class: 'uncertain', risk: 0.5, firstSeen: 1, lastSeen: 2, topEvidence: [], reasons: [] },
    members: Array.from({ length: size }, (_, i) => ({
      account: `${'a'.repeat(200)}${i}`,
      role: roles[i % roles.length] ?? 'core',
      membership: 1,
      risk: i / size,
      compromise: 0,
      flagged: false,
      reasons: [{ code: 'created_together' as const, count: i }],
    })),
  })
  const store = { accounts: async () => [], users: async () => [] }
  const frozen = (ring: Ring): Promise<Receipt> =>
    freeze(
      store,
      {
        ring,
        decision: {
          id: 'dec_1',
          ring: ring.id,
          ringVersion: 2,
          class: 'uncertain',
          core: [],
          verdict: 'confirm',
          author: 'eve',
          reason: 'same face',
          at: 5,
        },
      },
      { kindOf: () => undefined, run: undefined, publicness: nothingPublic },
    )
  const membersOf = (receipt: Receipt) =>
    receipt.parts['members' satisfies PartName] as {
      size: number
      truncated: boolean
      hash: string
      listed: { risk: number }[]
    }

  test('is at most 1 MB; of more members those of the highest risk are listed, and all are hashed', async () => {
    const [large, other] = [
      await frozen(ringOf(4_000)),
      await frozen({ ...ringOf(4_000), members: ringOf(4_001).members.slice(1) }),
    ]
    const { size, truncated, hash, listed } = membersOf(large)
    const risks = listed.map(({ risk }) => risk)

    expect(Buffer.byteLength(JSON.stringify(large))).toBeLessThanOrEqual(1_048_576)
    expect(Buffer.byteLength(JSON.stringify(large))).toBeGreaterThan(900_000)
    expect([size, truncated]).toEqual([4_000, true])
    expect(risks).toEqual(risks.toSorted((a, b) => b - a))
    expect(risks[0]).toBe(3_999 / 4_000)
    expect(hash).not.toBe(membersOf(other).hash)
  })

  test('lists every member where there is room', async () => {
    const { size, truncated, listed } = membersOf(await frozen(ringOf(50)))

    expect([size, truncated, listed.length]).toEqual([50, false, 50])
  })
})
