import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { DetectionRun, Ring } from '../../graph/ring.ts'
import { encodeSnapshot } from '../../src/snapshot/encode.ts'
import { snapshotHolder } from '../../src/snapshot/holder.ts'
import { openSnapshot } from '../../src/snapshot/snapshot.ts'
import { foundRing } from '../support/core/arbitraries.ts'

const run: DetectionRun = {
  version: 7,
  asOf: 1,
  stateChanges: 1,
  publishedAt: 2,
  tookMs: 3,
  accounts: 0,
  links: 0,
  rings: 0,
  policy: 'test',
  method: 'cpm-leiden',
}

/** Accounts of unusual ids, some of them in rings, none in two. */
const world = fc
  .record({
    accounts: fc.uniqueArray(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 1, maxLength: 60 }),
    found: foundRing,
  })
  .map(({ accounts, found }) => {
    const members = found.members
      .map((member, i) => ({ ...member, account: accounts[i] ?? '' }))
      .slice(0, accounts.length)
    const ring: Ring = {
      id: 'ring_1_x',
      status: 'active',
      bornVersion: 1,
      version: 1,
      head: found.head,
      members,
    }
    return { accounts, rings: [ring] }
  })

describe('a snapshot', () => {
  test('tells of every identifier how public it is, and of others nothing', () => {
    const factors = fc.dictionary(fc.string({ minLength: 1 }), fc.integer({ min: 200, max: 2_000 }))
    fc.assert(
      fc.property(factors, fc.string(), (byRef, stranger) => {
        const publicness = new Map(Object.entries(byRef).map(([ref, factor]) => [`device:${ref}`, factor]))
        const snapshot = openSnapshot(encodeSnapshot({ run, accounts: ['ada'], rings: [], publicness }))

        for (const [ref, factor] of Object.entries(byRef)) {
          expect(snapshot.publicness({ kind: 'device', ref })).toBe(factor / 1_000)
        }
        expect(snapshot.publicness({ kind: 'cookie', ref: stranger })).toBe(1)
      }),
    )
  })

  test('answers for every account what was published, and nothing for others', () => {
    fc.assert(
      fc.property(world, fc.string({ minLength: 1 }), ({ accounts, rings }, stranger) => {
        const snapshot = openSnapshot(encodeSnapshot({ run, accounts, rings, publicness: new Map() }))

        for (const account of accounts) {
          const member = rings[0]?.members.find((one) => one.account === account)
          const found = snapshot.risk(account)
          if (!member) expect(found).toMatchObject({ compromise: 0, flagged: false, reasons: [] })
          else {
            expect(found?.risk).toBeCloseTo(member.risk, 6)
            expect(found).toMatchObject({
              flagged: member.flagged,
              ring: { id: rings[0]?.id, role: member.role },
            })
            expect(found?.ring?.subtype).toBe(rings[0]?.head.subtype)
            expect(found?.reasons).toEqual(member.reasons.slice(0, 3))
          }
        }
        if (!accounts.includes(stranger)) expect(snapshot.risk(stranger)).toBeUndefined()
        expect(snapshot.run).toEqual(run)
      }),
    )
  })

  test('with any byte changed, or cut short, is refused, and the one before goes on being served', async () => {
    const bytes = encodeSnapshot({ run, accounts: ['ada', 'bob'], rings: [], publicness: new Map() })
    const holder = snapshotHolder()
    await holder.swap(bytes)

    for (let at = 0; at < bytes.length; at++) {
      const damaged = Uint8Array.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ 1
      await expect(holder.swap(damaged)).rejects.toMatchObject({ code: 'snapshot_corrupt' })
      expect(() => openSnapshot(damaged)).toThrow(expect.objectContaining({ code: 'snapshot_corrupt' }))
    }
    await expect(holder.swap(bytes.subarray(0, 20))).rejects.toMatchObject({ code: 'snapshot_corrupt' })
    expect(holder.current()?.accounts).toBe(2)
  })

  test('opens from any place in a larger buffer', () => {
    const bytes = encodeSnapshot({ run, accounts: ['ada'], rings: [], publicness: new Map() })
    const buffer = new Uint8Array(bytes.length + 3)
    buffer.set(bytes, 3)

    expect(openSnapshot(buffer.subarray(3)).risk('ada')).toBeDefined()
  })
})
