import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { clusterSuspects } from '../../../graph/judging/suspects/cluster.ts'
import { projectSuspects } from '../../../graph/judging/suspects/project.ts'
import { sharesAmong } from '../../../graph/judging/suspects/shares.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { strongestOf } from '../../../graph/projection/strongest.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { kindOf, nameOf, names, tableOf, togetherIn } from '../../support/core/tables.ts'

async function among(events: readonly StoredEvent[], suspects: readonly string[]) {
  const table = await tableOf(events)
  const isSuspect = (account: number): boolean => suspects.includes(nameOf(table, account))
  const shares = sharesAmong(table, isSuspect, { kindOf })
  const pairs = projectSuspects(shares)
  const risk = Float64Array.from(table.facts, (_, account) => (isSuspect(account) ? 1 : 0))
  const compromise = new Float64Array(risk.length)
  const { groups } = clusterSuspects(table, { risk, compromise }, { kindOf })
  return { table, shares, pairs, together: togetherIn(table, groups.labels) }
}

/** Probability of so many micro-nats, in millionths. */
const weightOf = (evidence: number): number => Math.round(-Math.expm1(-evidence / 1e6) * 1e6)

const gang = names(4, 'gang')
const crowd = names(30, 'crowd')

describe('suspects', () => {
  test('are tied by an address on a day, which ties nobody else', async () => {
    const days = [0, 1, 2, 3, 4, 5]
    const events = [...gang, ...crowd.slice(0, 4)].flatMap((account) =>
      days.map((when) =>
        seen(account, [`ip:${gang.includes(account) ? 'den' : 'home'}`], { at: start + when * day }),
      ),
    )

    const { together } = await among(events, gang)

    expect(together).toEqual([gang])
  })

  test('are tied by whom they pay, and by what they act on', async () => {
    const paying = gang
      .slice(0, 2)
      .map((account) =>
        seen(account, [], { type: 'payment', relations: [{ account: 'boss', relation: 'paid' }] }),
      )
    const acting = gang.slice(2).map((account) => seen(account, ['target:song'], { type: 'other' }))

    const { together } = await among([...paying, ...acting], gang)

    expect(together).toEqual([gang.slice(0, 2), gang.slice(2)])
  })

  test('are not tied by who reported them', async () => {
    const events = gang.map((account) =>
      seen(account, [], { type: 'report', relations: [{ account: 'reporter', relation: 'reported_by' }] }),
    )

    expect((await among(events, gang)).together).toEqual([])
  })

  test('are told apart from an honest crowd at the same place, which counts a tenth', async () => {
    const events = [...gang, ...crowd].map((account) => seen(account, ['device:kiosk']))

    const { shares } = await among(events, gang)

    expect(shares.find(({ kind }) => kind === 'device')?.users).toBeCloseTo(4 + 30 * 0.1)
  })

  test('alone are tied to nobody', async () => {
    const events = [...gang, ...crowd].map((account) => seen(account, ['device:kiosk']))

    expect((await among(events, gang.slice(0, 1))).pairs.a).toHaveLength(0)
  })
})

test('nobody who is no suspect is in a pair, whatever happened', async () => {
  const event = fc
    .record({
      account: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      ref: fc.constantFrom('device:x', 'device:y', 'ip:z', 'target:t', 'payment:p'),
      at: fc.integer({ min: 0, max: 5 }),
    })
    .map(({ account, ref, at }) => seen(account, [ref], { at: start + at * day }))
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 30 }),
      fc.subarray(['a', 'b', 'c', 'd', 'e', 'f']),
      async (events, suspects) => {
        const { table, pairs } = await among(events, suspects)
        const paired = [...pairs.a, ...pairs.b].map((account) => nameOf(table, account))
        expect(paired.filter((account) => !suspects.includes(account))).toEqual([])
        const keys = [...pairs.a].map((a, at) => a * table.facts.length + (pairs.b[at] ?? 0))
        expect(keys).toEqual([...new Set(keys)].toSorted((x, y) => x - y))
      },
    ),
  )
})

test('of two sets of pairs the stronger evidence is kept, and every pair once', () => {
  const pairs = fc
    .uniqueArray(fc.tuple(fc.nat(4), fc.integer({ min: 5, max: 9 })), { selector: String })
    .chain((keys) =>
      fc.tuple(
        fc.constant(keys.toSorted(([a, b], [c, d]) => a - c || b - d)),
        fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: keys.length, maxLength: keys.length }),
      ),
    )
    .map(([keys, evidence]) => ({
      a: Int32Array.from(keys, ([a]) => a),
      b: Int32Array.from(keys, ([, b]) => b),
      evidence: Int32Array.from(evidence),
      weight: Int32Array.from(evidence, weightOf),
    }))
  fc.assert(
    fc.property(pairs, pairs, (one, other) => {
      const expected = new Map<string, number>()
      for (const { a, b, evidence } of [one, other]) {
        a.forEach((from, at) => {
          const key = `${from} ${b[at]}`
          expected.set(key, Math.max(expected.get(key) ?? 0, evidence[at] ?? 0))
        })
      }
      const found = strongestOf(one, other)
      const rows = [...found.a].map((from, at) => [`${from} ${found.b[at]}`, found.evidence[at]] as const)
      expect(rows).toEqual([...expected].toSorted(([x], [y]) => (x < y ? -1 : 1)))
      found.evidence.forEach((evidence, at) => {
        expect(found.weight[at]).toBe(weightOf(evidence))
      })
    }),
  )
})
