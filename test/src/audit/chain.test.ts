/** A chain is broken where somebody laid hands on it. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Act, AuditHead, AuditRow } from '../../../graph/audit.ts'
import { nextRow, verifyAudit } from '../../../src/audit/chain.ts'

const act: fc.Arbitrary<Act> = fc.record(
  {
    at: fc.nat(9),
    by: fc.constantFrom('eve', 'bob', ''),
    action: fc.constantFrom('ring.confirm', 'key.made'),
    subject: fc.constantFrom('a', 'b'),
    content: fc.constantFrom('00', '01'),
    reason: fc.constantFrom('case 1', 'case 2'),
  },
  { requiredKeys: ['at', 'by', 'action', 'subject'] },
)

function chainOf(acts: readonly Act[]): readonly AuditRow[] {
  const rows: AuditRow[] = []
  for (const one of acts) rows.push(nextRow(one, rows.at(-1)))
  return rows
}

const headOf = (rows: readonly AuditRow[]): AuditHead | undefined => {
  const last = rows.at(-1)
  return last && { seq: last.seq, hash: last.hash }
}

/** As a store gives them: by number. */
const storeOf = (rows: readonly AuditRow[], head: AuditHead | undefined) => ({
  audit: async ({ after = 0, limit }: { after?: number; limit: number }) =>
    rows
      .filter(({ seq }) => seq > after)
      .toSorted((a, b) => a.seq - b.seq)
      .slice(0, limit),
  auditHead: async () => head,
})

const acts = fc.array(act, { minLength: 3, maxLength: 12 })

describe('a chain', () => {
  test('that nobody touched is whole, by the head that was kept of any moment', async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.nat(99), async (done, at) => {
        const rows = chainOf(done)
        const kept = headOf(rows.slice(0, (at % rows.length) + 1))

        expect(await verifyAudit(storeOf(rows, headOf(rows)), kept)).toEqual({
          isWhole: true,
          rows: rows.length,
          head: headOf(rows),
        })
      }),
    )
  })

  const tamper = fc.constantFrom('edit', 'excuse', 'reseal', 'drop', 'swap', 'insert', 'append', 'cut')

  test('is broken at the row where it was edited, dropped, swapped, added to at any place or cut: 1,000 of 1,000 times', async () => {
    await fc.assert(
      fc.asyncProperty(acts, tamper, fc.nat(99), act, async (done, how, at, other) => {
        const rows = chainOf(done)
        const i = at % (rows.length - 1)
        const row = rows[i] as AuditRow
        const next = rows[i + 1] as AuditRow
        const before = rows[i - 1]
        const forged = {
          edit: () => rows.with(i, { ...row, by: `${row.by}x` }),
          excuse: () => rows.with(i, { ...row, reason: `${row.reason ?? ''}x` }),
          reseal: () => rows.with(i, nextRow({ ...row, by: `${row.by}x` }, before)),
          drop: () => rows.toSpliced(i, 1),
          swap: () => rows.with(i, { ...next, seq: row.seq }).with(i + 1, { ...row, seq: next.seq }),
          insert: () =>
            rows.toSpliced(i, 0, nextRow(other, before)).map((one, n) => ({ ...one, seq: n + 1 })),
          append: () => [...rows, nextRow(other, rows.at(-1))],
          cut: () => rows.slice(0, i + 1),
        }[how]()
        fc.pre(JSON.stringify(forged) !== JSON.stringify(rows))

        const found = await verifyAudit(storeOf(forged, headOf(rows)))

        expect(found.isWhole).toBe(false)
        const append = rows.length + 1
        const first = {
          edit: i + 1,
          excuse: i + 1,
          reseal: i + 2,
          drop: i + 2,
          swap: i + 1,
          insert: i + 1,
          append,
          cut: i + 2,
        }[how]
        if (!found.isWhole) expect([how, Math.abs(found.seq - first) <= 1]).toEqual([how, true])
      }),
      { numRuns: 1_000 },
    )
  })

  test('with a number left out is broken there, though all else fits', async () => {
    await fc.assert(
      fc.asyncProperty(acts, act, async (done, other) => {
        const rows = chainOf(done)
        const { seq, hash } = headOf(rows) ?? { seq: 0, hash: '' }
        const forged = [...rows, nextRow(other, { seq: seq + 1, hash })]

        expect(await verifyAudit(storeOf(forged, headOf(forged)))).toEqual({
          isWhole: false,
          rows: rows.length,
          seq: seq + 2,
          why: 'the row before it is missing',
        })
      }),
    )
  })

  test('that was made anew from a row on is told by a head that was kept elsewhere', async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.nat(99), async (done, at) => {
        const rows = chainOf(done)
        const i = at % rows.length
        const anew = chainOf(done.map((one, n) => (n === i ? { ...one, by: 'mallory' } : one)))
        const there = storeOf(anew, headOf(anew))

        expect((await verifyAudit(there)).isWhole).toBe(true)
        expect((await verifyAudit(there, headOf(rows))).isWhole).toBe(false)
      }),
    )
  })
})
