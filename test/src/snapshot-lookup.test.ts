/** A false match would be an accusation: ids that are near each other, by text or by place, are told apart. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Member, Ring } from '../../graph/ring.ts'
import { encodeSnapshot } from '../../src/snapshot/encode.ts'
import type { IdSpans } from '../../src/snapshot/find.ts'
import { fingerprintWithin } from '../../src/snapshot/fingerprint.ts'
import { openSnapshot } from '../../src/snapshot/snapshot.ts'
import { runOf } from '../support/core/publications.ts'

const snapshotOf = (accounts: readonly string[], rings: readonly Ring[] = []) =>
  openSnapshot(encodeSnapshot({ run: runOf(1), accounts, rings, publicness: new Map() }))

/** Ids one behind the other. */
function spansOf(ids: readonly string[]): IdSpans {
  const parts = ids.map((one) => Buffer.from(one))
  const ends = Int32Array.from(parts.keys(), (i) => Buffer.concat(parts.slice(0, i + 1)).length)
  const starts = ends.map((end, i) => end - (parts[i]?.length ?? 0))
  return { bytes: Buffer.concat(parts), count: ids.length, starts, ends }
}

/** Ids of few letters, so that one is often the beginning of another. */
const id = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\u{1F98A}'), minLength: 1, maxLength: 5 })

test('an account that is not in it is not found, however near its id is', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(id, { maxLength: 40 }),
      fc.array(id, { maxLength: 40 }),
      (accounts, others) => {
        const snapshot = snapshotOf(accounts)
        const near = accounts.flatMap((account) => [`${account}a`, `a${account}`, account.slice(1), ''])

        const asked = [...accounts, ...others, ...near]
        const isIn = asked.map((account) => accounts.includes(account))
        expect(asked.map((account) => snapshot.risk(account) !== undefined)).toEqual(isIn)
        expect(snapshot.risks(spansOf(asked)).map((found) => found !== undefined)).toEqual(isIn)
      },
    ),
  )
})

/** Two accounts that look at the same slots in the same order, in a table of 16. */
function sameSlots(): readonly [string, string] {
  const seen = new Map<string, string>()
  for (let i = 0; ; i++) {
    const account = `account${i}`
    const { first, step } = fingerprintWithin(Buffer.from(account), 0, account.length)
    const place = `${first & 15} ${step & 15}`
    const other = seen.get(place)
    if (other !== undefined) return [other, account]
    seen.set(place, account)
  }
}

test('two accounts that fall on the same slots are told apart', () => {
  const [one, other] = sameSlots()

  const alone = snapshotOf([one])
  const both = snapshotOf([one, other])

  expect([alone.risk(one) !== undefined, alone.risk(other) !== undefined]).toEqual([true, false])
  expect([both.risk(one) !== undefined, both.risk(other) !== undefined]).toEqual([true, true])
  const spans = spansOf([one, other])
  expect(alone.risks(spans).map((found) => found !== undefined)).toEqual([true, false])
  expect(both.risks(spans).map((found) => found !== undefined)).toEqual([true, true])
})

const member = (account: string, risk: number): Member => ({
  account,
  role: 'core',
  membership: 0.123456,
  risk,
  compromise: 0.654321,
  flagged: true,
  reasons: [],
})
const ring: Ring = {
  id: 'ring_1_x',
  status: 'active',
  bornVersion: 1,
  version: 1,
  members: [member('a', 0.6), member('b', 0.2)],
  head: { class: 'uncertain', risk: 0.5, firstSeen: 0, lastSeen: 1, topEvidence: [], reasons: [] },
}

test('the base rate is the mean risk over all accounts, and what is said of one in no ring', () => {
  const snapshot = snapshotOf(['a', 'b', 'c', 'd'], [ring])

  expect(snapshot.baseRate).toBe(0.2)
  expect(snapshot.risk('d')).toEqual({ risk: 0.2, compromise: 0, flagged: false, reasons: [] })
  expect(snapshotOf([]).baseRate).toBe(0)
})

test('figures come back to the last millionth', () => {
  expect(snapshotOf(['a', 'b'], [ring]).risk('b')).toEqual({
    risk: 0.2,
    compromise: 0.654321,
    flagged: true,
    reasons: [],
    ring: { id: 'ring_1_x', class: 'uncertain', risk: 0.5, size: 2, role: 'core', membership: 0.123456 },
  })
})

test('wherever it breaks off, or goes on, it is refused', () => {
  const whole = encodeSnapshot({ run: runOf(1), accounts: ['a', 'b'], rings: [ring], publicness: new Map() })
  const corrupt = expect.objectContaining({ code: 'snapshot_corrupt' })

  for (let length = 0; length < whole.length; length++) {
    expect(() => openSnapshot(whole.slice(0, length))).toThrow(corrupt)
  }
  expect(() => openSnapshot(Buffer.concat([whole, Buffer.from([0])]))).toThrow(corrupt)
})
