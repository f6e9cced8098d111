import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { AppError } from '../../graph/errors.ts'
import { type Member, type Reason, type Ring, reasonCodes, ringClasses, roles } from '../../graph/ring.ts'
import { encodeSnapshot } from '../../src/snapshot/encode.ts'
import { fingerprint } from '../../src/snapshot/format.ts'
import { snapshotHolder } from '../../src/snapshot/holder.ts'
import { openSnapshot } from '../../src/snapshot/snapshot.ts'
import { runOf } from '../support/publications.ts'

const probability = fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => millionths / 1_000_000)

const reason: fc.Arbitrary<Reason> = fc.record(
  {
    code: fc.constantFrom(...reasonCodes),
    kind: fc.constantFrom('device', 'ip'),
    count: fc.integer({ min: 0, max: 9 }),
    share: probability,
  },
  { requiredKeys: ['code'] },
)

const memberOf = (account: string): fc.Arbitrary<Member> =>
  fc.record({
    account: fc.constant(account),
    role: fc.constantFrom(...roles),
    membership: probability,
    risk: probability,
    compromise: probability,
    flagged: fc.boolean(),
    reasons: fc.array(reason, { maxLength: 3 }),
  })

/** Ids of one letter and of many bytes, so that one is often the beginning of another. */
const id = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '\u{1F98A}'), minLength: 1, maxLength: 4 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
)

const ringOf = (number: number, members: readonly Member[]): Ring => ({
  id: `ring_${number}`,
  status: 'active',
  bornVersion: 1,
  version: 1,
  members,
  head: {
    class: ringClasses[number % ringClasses.length] ?? 'uncertain',
    risk: 0.5,
    firstSeen: 0,
    lastSeen: 1,
    topEvidence: [],
    reasons: [],
  },
})

/** Accounts, some of them in rings of three. */
const world = fc.uniqueArray(id, { maxLength: 60 }).chain((accounts) =>
  fc
    .record({
      members: fc.tuple(...accounts.map(memberOf)),
      inRings: fc.integer({ min: 0, max: accounts.length }),
    })
    .map(({ members, inRings }) => {
      const joined = members.slice(0, inRings)
      const rings = Array.from({ length: Math.ceil(joined.length / 3) }, (_, i) =>
        ringOf(i, joined.slice(i * 3, i * 3 + 3)),
      )
      return { accounts, rings }
    }),
)

test('every account answers exactly what was encoded of it', () => {
  fc.assert(
    fc.property(world, ({ accounts, rings }) => {
      const snapshot = openSnapshot(encodeSnapshot({ run: runOf(7), accounts, rings }))
      const expected = new Map(
        rings.flatMap((ring) => ring.members.map((member) => [member.account, { ring, member }] as const)),
      )

      expect(snapshot.run).toEqual(runOf(7))
      for (const account of accounts) {
        const found = expected.get(account)
        if (!found) {
          const unlinked = { risk: snapshot.baseRate, compromise: 0, flagged: false, reasons: [] }
          expect(snapshot.risk(account)).toEqual(unlinked)
          continue
        }
        const { account: _, role, membership, ...figures } = found.member
        const { id: ringId, head, members } = found.ring
        expect(snapshot.risk(account)).toEqual({
          ...figures,
          ring: { id: ringId, class: head.class, risk: head.risk, size: members.length, role, membership },
        })
      }
    }),
    { numRuns: 60 },
  )
})

test('an account that is not in it is not found, however near its id is', () => {
  fc.assert(
    fc.property(world, fc.array(id, { maxLength: 30 }), ({ accounts, rings }, others) => {
      const snapshot = openSnapshot(encodeSnapshot({ run: runOf(1), accounts, rings }))
      const known = new Set(accounts)
      const near = accounts.flatMap((account) => [`${account}a`, account.slice(1), `a${account}`, ''])

      for (const account of [...others, ...near]) {
        expect(snapshot.risk(account) !== undefined).toBe(known.has(account))
      }
    }),
    { numRuns: 60 },
  )
})

test('the base rate is the mean risk over all accounts, linked or not', () => {
  const member = (account: string, risk: number): Member => ({
    account,
    role: 'core',
    membership: 1,
    risk,
    compromise: 0,
    flagged: false,
    reasons: [],
  })
  const rings = [ringOf(0, [member('a', 0.6), member('b', 0.2)])]

  const snapshot = openSnapshot(encodeSnapshot({ run: runOf(1), accounts: ['a', 'b', 'c', 'd'], rings }))

  expect(snapshot.baseRate).toBe(0.2)
  expect(openSnapshot(encodeSnapshot({ run: runOf(1), accounts: [], rings: [] })).baseRate).toBe(0)
})

/** Two accounts that start at the same slot and go on in the same steps, for a table of 16 slots. */
function sameSlots(): readonly [string, string] {
  const seen = new Map<string, string>()
  for (let i = 0; ; i++) {
    const account = `account${i}`
    const { first, step } = fingerprint(Buffer.from(account))
    const place = `${first & 15} ${step & 15}`
    const other = seen.get(place)
    if (other !== undefined) return [other, account]
    seen.set(place, account)
  }
}

test('two accounts that fall on the same slots are told apart', () => {
  const [one, other] = sameSlots()

  const alone = openSnapshot(encodeSnapshot({ run: runOf(1), accounts: [one], rings: [] }))
  const both = openSnapshot(encodeSnapshot({ run: runOf(1), accounts: [one, other], rings: [] }))

  expect([alone.risk(one) !== undefined, alone.risk(other) !== undefined]).toEqual([true, false])
  expect([both.risk(one) !== undefined, both.risk(other) !== undefined]).toEqual([true, true])
})

const sample = (): Uint8Array<ArrayBuffer> => {
  const members = ['a', 'b', 'c'].map((account) => ({
    account,
    role: 'core' as const,
    membership: 0.9,
    risk: 0.7,
    compromise: 0.1,
    flagged: true,
    reasons: [{ code: 'few_devices' as const }],
  }))
  return encodeSnapshot({ run: runOf(3), accounts: ['a', 'b', 'c', 'd'], rings: [ringOf(1, members)] })
}

const corrupt = expect.objectContaining({ code: 'snapshot_corrupt' })

describe('a damaged snapshot is refused', () => {
  test('whichever of its bytes is another', () => {
    const whole = sample()

    for (let at = 0; at < whole.length; at++) {
      const damaged = Uint8Array.from(whole)
      damaged[at] = (damaged[at] ?? 0) ^ 1
      expect(() => openSnapshot(damaged)).toThrow(corrupt)
    }
  })

  test('wherever it breaks off, and with something behind it', () => {
    const whole = sample()

    for (let length = 0; length < whole.length; length++) {
      expect(() => openSnapshot(whole.slice(0, length))).toThrow(corrupt)
    }
    expect(() => openSnapshot(Buffer.concat([whole, Buffer.from([0])]))).toThrow(corrupt)
  })

  test('and the one being served goes on', () => {
    const holder = snapshotHolder()
    holder.swap(sample())

    expect(() => holder.swap(new Uint8Array(64))).toThrow(AppError)

    expect(holder.current()?.run.version).toBe(3)
  })
})

test('it may lie anywhere in a larger buffer', () => {
  const whole = sample()

  for (let offset = 0; offset < 9; offset++) {
    const buffer = Buffer.alloc(whole.length + 16)
    buffer.set(whole, offset)
    const opened = openSnapshot(buffer.subarray(offset, offset + whole.length))
    expect(opened.risk('a')).toMatchObject({ risk: 0.7, ring: { id: 'ring_1', size: 3 } })
  }
})
