/** Verdicts that stick: to the id, to the accounts they were made on, and no longer than those are there. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Decision } from '../../../../graph/ring.ts'
import { dayMs } from '../../../../graph/time.ts'
import { benign, confirm, type Deciding, decidedOn, fraud, gang, holding, on } from './decided.ts'
import { activeOf, lives } from './lives.ts'

describe('a ring found benign', () => {
  test('is no fraud ring, nobody in it is for review, and the row says who found so', () => {
    const last = decidedOn([fraud(gang)], benign, [fraud(gang)]).at(-1)
    const ring = holding(last, 'a')

    expect(ring?.head).toMatchObject({
      class: 'benign_shared',
      verdict: { decision: 'dec_1', verdict: 'benign', holds: true },
    })
    expect(ring?.head.risk).toBeLessThan(0.35)
    expect(ring?.members.every(({ risk, flagged, role }) => risk < 0.35 && !flagged && role !== 'core')).toBe(
      true,
    )
    expect(last?.changes).toMatchObject([{ kind: 'decided', cause: 'found benign by anna' }])
  })

  test('stays so through every later run, whatever models say', () => {
    const all = decidedOn(
      [fraud(gang)],
      benign,
      [fraud(gang)],
      [fraud(gang.slice(1))],
      [fraud([...gang.slice(1), 'g'])],
    )

    expect(all.slice(1).map((one) => holding(one, 'b')?.head.class)).toEqual(Array(3).fill('benign_shared'))
  })

  test.each([
    ['fewer than half of the judged accounts are there', [...gang.slice(4), 'g', 'h']],
    ['they are the lesser part of it', [...gang, 'g', 'h', 'i', 'j', 'k', 'l', 'm']],
  ])('is to be looked at again when %s', (_, accounts) => {
    const last = decidedOn([fraud(gang)], benign, [fraud(gang)], [fraud(accounts)]).at(-1)

    expect(holding(last, 'f')?.head).toMatchObject({ class: 'fraud_ring', verdict: { holds: false } })
    expect(last?.changes[0]).toMatchObject({
      kind: 'decided',
      cause: expect.stringContaining(
        'to be looked at again: too much changed since it was found benign by anna',
      ),
    })
  })

  test('and looked at again is not benign because its accounts come back', () => {
    const grown = [...gang, 'g', 'h', 'i', 'j', 'k', 'l', 'm']
    const last = decidedOn([fraud(gang)], benign, [fraud(gang)], [fraud(grown)], [fraud(gang)]).at(-1)

    expect(holding(last, 'a')?.head).toMatchObject({ class: 'fraud_ring', verdict: { holds: false } })
  })
})

describe('a confirmed ring', () => {
  test('is a fraud ring though models doubt it, however it grows', () => {
    const grown = [...gang, 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n']
    const doubt = fraud(grown, 'uncertain')
    const last = decidedOn([fraud(gang)], confirm, [doubt]).at(-1)

    expect(holding(last, 'a')?.head).toMatchObject({ class: 'fraud_ring', verdict: { holds: true } })
    expect(last?.changes[0]?.cause).toBe('confirmed by anna; 8 accounts joined')
  })

  test('that was seen as a takeover stays one', () => {
    const last = decidedOn([fraud(gang, 'takeover_cluster')], confirm, [fraud(gang, 'benign_shared')]).at(-1)

    expect(holding(last, 'a')?.head.class).toBe('takeover_cluster')
  })

  test('is no household, whatever it was taken for', () => {
    const taken = fraud(gang, 'benign_shared')
    const home = { ...taken, head: { ...taken.head, subtype: 'household' as const } }

    expect(holding(decidedOn([home], confirm, [home]).at(-1), 'a')?.head).not.toHaveProperty('subtype')
  })
})

describe('a verdict', () => {
  test('that expires is obeyed until the data are of that day, and told when it ends', () => {
    const brief: Deciding = (published) =>
      confirm(published).map((one) => ({ ...one, expiresAt: published.asOf + 2 * dayMs }))
    const doubt = [fraud(gang, 'uncertain')]

    const all = decidedOn(doubt, brief, doubt, doubt, doubt)

    expect(all.map((one) => holding(one, 'a')?.head.class)).toEqual([
      'uncertain',
      'fraud_ring',
      'uncertain',
      'uncertain',
    ])
    expect(holding(all[1], 'a')?.head.verdict?.expiresAt).toBe((all[0]?.asOf ?? 0) + 2 * dayMs)
    expect(holding(all[2], 'a')?.head).not.toHaveProperty('verdict')
    expect(all[2]?.changes).toMatchObject([{ kind: 'decided', cause: 'the verdict expired' }])
    expect(all[3]?.changes).toEqual([])
  })

  test('that stood before one that expired stands again', () => {
    const both: Deciding = (published) => [
      ...confirm(published),
      ...benign(published).map((one) => ({
        ...one,
        id: 'dec_2',
        at: 2,
        expiresAt: published.asOf + 2 * dayMs,
      })),
    ]

    const all = decidedOn([fraud(gang)], both, [fraud(gang)], [fraud(gang)])

    expect(holding(all[1], 'a')?.head.class).toBe('benign_shared')
    expect(holding(all[2], 'a')?.head).toMatchObject({
      class: 'fraud_ring',
      verdict: { decision: 'dec_1', verdict: 'confirm', holds: true },
    })
    expect(all[2]?.changes).toMatchObject([
      { kind: 'decided', cause: 'the verdict before expired; confirmed by anna' },
    ])
  })

  const retracted =
    (decide: Deciding): Deciding =>
    (published) =>
      decide(published).map((one) => ({ ...one, retractedAt: 9 }))

  test('that is retracted counts no longer, and the row says so', () => {
    const [before] = lives([{ rings: [fraud(gang)] }])
    if (!before) throw new Error('Nothing was published')
    const last = lives([
      { rings: [fraud(gang)] },
      { rings: [fraud(gang)], decisions: benign(before) },
      { rings: [fraud(gang)], decisions: retracted(benign)(before) },
    ]).at(-1)

    expect(holding(last, 'a')?.head.verdict).toBeUndefined()
    expect(holding(last, 'a')?.head.class).toBe('fraud_ring')
    expect(last?.changes).toMatchObject([{ kind: 'decided', cause: 'the verdict was retracted' }])
  })

  test('that is newer takes the place of an older one', () => {
    const both: Deciding = (published) => [
      on(holding(published, 'a'), 'benign', { id: 'dec_2', at: 2 }),
      on(holding(published, 'a'), 'confirm'),
    ]

    expect(holding(decidedOn([fraud(gang)], both, [fraud(gang)]).at(-1), 'a')?.head.verdict).toMatchObject({
      decision: 'dec_2',
    })
  })

  test('goes with the accounts it was made on to the parts they split into, if they are most of both', () => {
    const large = [...gang, 'x', 'y', 'z', 'w', 'v', 'u', 't', 's']
    const judgedGang: Deciding = (published) => [on(holding(published, 'a'), 'benign', { core: gang })]
    const last = decidedOn([fraud(large)], judgedGang, [
      fraud(gang.slice(0, 4)),
      fraud(['e', 'x', 'y', 'z', 'w', 'v', 'u']),
      fraud(['f', 't', 's']),
    ]).at(-1)

    expect(holding(last, 'a')).toMatchObject({
      bornVersion: 2,
      head: { class: 'benign_shared', verdict: { decision: 'dec_1', holds: true } },
    })
    expect(last?.changes.find(({ ring }) => ring === holding(last, 'a')?.id)?.cause).toContain(
      'found benign by anna as part of it',
    )
    expect(holding(last, 'e')).toMatchObject({ bornVersion: 1, head: { verdict: { holds: false } } })
    expect(holding(last, 'f')).toMatchObject({ bornVersion: 2, head: { class: 'fraud_ring' } })
    expect(holding(last, 'f')?.head.verdict).toBeUndefined()
  })

  test('of the part itself takes the place of one that came with its accounts', () => {
    const rings = [fraud(['a', 'b', 'c']), fraud(['d', 'e', 'f'])]
    const [before, apart] = lives([{ rings: [fraud(gang)] }, { rings }])
    if (!before || !apart) throw new Error('Nothing was published')
    const came = on(holding(before, 'a'), 'benign')
    const part = [...apart.rings.values()].find(({ bornVersion }) => bornVersion === 2)
    const own = on(part, 'confirm', { id: 'dec_2', at: 2 })
    const last = lives([
      { rings: [fraud(gang)] },
      { rings, decisions: [came] },
      { rings, decisions: [came, own] },
    ]).at(-1)

    expect(last?.changes).toMatchObject([{ ring: part?.id, kind: 'decided', cause: 'confirmed by anna' }])
  })

  test('of an active ring stays though what it absorbs brings a newer one', () => {
    const rings = [fraud(['a', 'b', 'c', 'd']), fraud(['e', 'f', 'g'])]
    const [before] = lives([{ rings }])
    const [own, other] = ['a', 'e'].map((account, i) =>
      on(holding(before, account), i === 0 ? 'confirm' : 'benign', {
        id: `dec_${i}`,
        at: i,
        core: ['d', 'e', 'f', 'g'],
      }),
    )
    if (!own || !other) throw new Error('Nothing was decided')
    const decisions = [own, other]
    const last = lives([{ rings }, { rings, decisions }, { rings: [fraud([...gang, 'g'])], decisions }]).at(
      -1,
    )

    expect(holding(last, 'a')?.head.verdict).toMatchObject({ decision: own.id })
  })

  test('is that of the ring its accounts were in meanwhile, where that is newer', () => {
    const rings = [fraud(['a', 'b', 'c', 'd']), fraud(['e', 'f', 'g'])]
    const together = [fraud([...gang, 'g'])]
    const [before, joined] = lives([{ rings }, { rings: together }])
    const absorbed = [...(joined?.rings.values() ?? [])].find(({ status }) => status === 'merged')
    if (!absorbed?.ended) throw new Error('None was absorbed')
    const own = on(before?.rings.get(absorbed.id), 'benign')
    const since = (at: number) =>
      on(joined?.rings.get(absorbed.movedTo ?? ''), 'confirm', {
        id: 'dec_2',
        at,
        core: ['c', 'd', 'e', 'f', 'g'],
      })
    const verdictAfter = (other: Decision) => {
      const decisions = [own, other]
      const points = [
        { rings },
        { rings, decisions: [own] },
        { rings: together, decisions },
        { rings, decisions },
      ]
      const back = lives(points).at(-1)?.rings.get(absorbed.id)
      expect(back?.status).toBe('active')
      return back?.head.verdict?.decision
    }

    expect(verdictAfter(since(own.at + 1))).toBe('dec_2')
    expect(verdictAfter(since(own.at - 1))).toBe(own.id)
  })

  test('on an absorbed ring does not whitewash what absorbed it', () => {
    const others = ['p', 'q', 'r', 's', 't', 'u', 'v', 'w']
    const last = decidedOn([fraud(gang), fraud(others)], benign, [fraud([...gang, ...others])]).at(-1)

    expect(holding(last, 'a')?.head).toMatchObject({ class: 'fraud_ring' })
    expect(holding(last, 'a')?.head.verdict).toBeUndefined()
  })
})

const everybody = Array.from({ length: 12 }, (_, i) => `acct${String(i).padStart(2, '0')}`)
const partitions = fc.array(
  fc.array(fc.nat(2), { minLength: everybody.length, maxLength: everybody.length }).map((labels) =>
    [0, 1, 2].flatMap((label) => {
      const own = everybody.filter((_, i) => labels[i] === label)
      return own.length < 3 ? [] : [fraud(own)]
    }),
  ),
  { minLength: 2, maxLength: 6 },
)

test('a benign ring is never larger than twice what was judged, holds half of it, and flags nobody', () => {
  fc.assert(
    fc.property(partitions, fc.nat(2), ([first = [], ...others], pick) => {
      const decide: Deciding = (published) =>
        activeOf(published)
          .slice(pick, pick + 1)
          .map((ring) => on(ring, 'benign'))
      const all = decidedOn(first, decide, ...others)
      const [decision] = decide(all[0] ?? { version: 0, asOf: 0, rings: new Map(), changes: [], active: [] })

      for (const published of all.slice(1)) {
        for (const ring of activeOf(published)) {
          const isBenign = ring.head.class === 'benign_shared'
          expect(isBenign).toBe(ring.head.verdict?.holds === true)
          expect(ring.members.some(({ flagged }) => flagged)).toBe(!isBenign)
          if (!isBenign || !decision) continue
          const judged = ring.members.filter(({ account }) => decision.core.includes(account)).length
          expect(judged * 2).toBeGreaterThanOrEqual(decision.core.length)
          expect(judged * 2).toBeGreaterThanOrEqual(ring.members.length)
        }
      }
    }),
    { numRuns: 150 },
  )
})
