import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Decision, Member, Reason, Ring, RingClass } from '../../../graph/ring.ts'
import { queueOf } from '../../../graph/rings/queue.ts'
import { queueWords } from '../../../src/views/queue.ts'

const member = (account: string, risk: number, compromise = 0): Member => ({
  account,
  role: 'core',
  membership: 0.9,
  risk,
  compromise,
  flagged: risk >= 0.9,
  reasons: [],
})

const ringOf = (
  id: string,
  ringClass: RingClass,
  members: readonly Member[],
  reasons: readonly Reason[] = [],
): Ring => ({
  id,
  status: 'active',
  bornVersion: 1,
  version: 1,
  head: { class: ringClass, risk: 0, firstSeen: 0, lastSeen: 0, topEvidence: [], reasons },
  members,
})

const decision = (ring: string, retractedAt?: number): Decision => ({
  id: `of_${ring}`,
  ring,
  ringVersion: 1,
  class: 'uncertain',
  core: [],
  verdict: 'confirm',
  author: 'eve',
  reason: 'looked',
  at: 1,
  ...(retractedAt !== undefined && { retractedAt }),
})

const gang = (size: number, risk: number): readonly Member[] =>
  Array.from({ length: size }, (_, at) => member(`a${at}`, risk))

describe('the queue', () => {
  test('shows a judged ring again when the verdict no longer holds, until somebody decides anew', () => {
    const asked = ringOf('r', 'fraud_ring', gang(3, 0.9))
    const standing = { decision: 'of_r', verdict: 'confirm' as const, holds: true }
    const judged = (holds: boolean): Ring => ({
      ...asked,
      head: { ...asked.head, verdict: { ...standing, holds } },
    })
    const anew = { ...decision('r'), id: 'anew', at: 2 }

    expect(queueOf([judged(true)], [decision('r')])).toEqual([])
    expect(queueOf([judged(false)], [decision('r')])).toHaveLength(1)
    expect(queueOf([judged(false)], [decision('r'), anew])).toEqual([])
    expect(queueOf([judged(true)], [decision('r', 9)])).toHaveLength(1)
    const brief = [{ ...decision('r'), expiresAt: 5 }]
    expect(queueOf([judged(true)], brief, 4)).toEqual([])
    expect(queueOf([judged(true)], brief, 5)).toHaveLength(1)
  })

  test('shows what is suspected and undecided, each once, the most harm a minute first', () => {
    const figure = fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 200)
    const ring = fc.record({
      ringClass: fc.constantFrom<RingClass[]>('fraud_ring', 'takeover_cluster', 'benign_shared', 'uncertain'),
      figures: fc.array(fc.tuple(figure, figure), { minLength: 1, maxLength: 8 }),
      verdict: fc.constantFrom('none', 'live', 'retracted'),
      isStrange: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(ring, { maxLength: 8 }), (rows) => {
        const rings = rows.map(({ ringClass, figures, isStrange }, at) =>
          ringOf(
            `r${at}`,
            ringClass,
            figures.map(([risk, taken], i) => member(`a${at}_${i}`, risk, taken)),
            isStrange ? [{ code: 'unlike_honest' }] : [],
          ),
        )
        const decisions = rows.flatMap(({ verdict }, at) =>
          verdict === 'none' ? [] : [decision(`r${at}`, verdict === 'retracted' ? 5 : undefined)],
        )

        const queue = queueOf(rings, decisions)

        const due = rings.filter(({ head, members }, at) => {
          const isSuspected = members.some(({ risk, compromise }) => risk + compromise >= 0.35)
          const isOdd = isSuspected || rows[at]?.isStrange
          return head.class !== 'benign_shared' && rows[at]?.verdict !== 'live' && isOdd
        })
        expect(queue.map((entry) => entry.ring.id).toSorted()).toEqual(due.map(({ id }) => id).toSorted())
        const order = queue.map(({ perMinute }) => perMinute)
        expect(order).toEqual(order.toSorted((a, b) => b - a))
        for (const { participants, taken, minutes, perMinute } of queue)
          expect(perMinute * minutes).toBeCloseTo(participants + taken, 9)
      }),
    )
  })

  test('puts a sure gang before a large crowd of doubtful company', () => {
    const crowd = [...gang(58, 0.02), member('x', 0.6), member('y', 0.6)]
    const queue = queueOf(
      [ringOf('crowd', 'uncertain', crowd), ringOf('gang', 'fraud_ring', gang(5, 0.95))],
      [],
    )

    expect(queue.map(({ ring }) => ring.id)).toEqual(['gang', 'crowd'])
  })

  test('says why in words', () => {
    const taken = [...gang(2, 0.8), member('v', 0.05, 0.9), member('w', 0.05, 0.9)]
    const words = queueOf(
      [
        ringOf('a', 'fraud_ring', gang(4, 0.95)),
        ringOf('b', 'takeover_cluster', taken),
        ringOf('c', 'uncertain', gang(4, 0.1), [{ code: 'unlike_honest' }]),
      ],
      [],
    ).map(queueWords)

    expect(words).toEqual([
      '4 of 4 accounts likely take part; 4 are flagged; some 5 minutes',
      '2 of 4 accounts likely take part, 2 likely are in other hands; none is flagged yet; some 5 minutes',
      'unlike any group known to be honest; none of its 4 accounts is suspected; some 5 minutes',
    ])
  })
})
