import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { FoundRing, Member, Ring, RingChange } from '../../../graph/ring.ts'
import { bridgesOf } from '../../../graph/rings/articulation.ts'
import { ringAt } from '../../../graph/rings/history.ts'
import { updateRings } from '../../../graph/rings/publish.ts'

const member = (account: string, risk = 0.5): Member => ({
  account,
  role: 'core',
  membership: 0.9,
  risk,
  compromise: 0,
  flagged: false,
  reasons: [],
})

const found = (accounts: readonly string[], risk = 0.5): FoundRing => ({
  head: { class: 'uncertain', risk, firstSeen: 0, lastSeen: 1, topEvidence: [], reasons: [] },
  members: accounts.toSorted().map((account) => member(account, risk)),
})

/** Publishes one partition after the other; what is published then, and all change rows. */
function publishAll(partitions: readonly (readonly FoundRing[])[]): {
  rings: Map<string, Ring>
  changes: RingChange[]
} {
  const rings = new Map<string, Ring>()
  const changes: RingChange[] = []
  partitions.forEach((partition, i) => {
    const published = [...rings.values()].filter(({ status }) => status === 'active')
    const update = updateRings(partition, { published, version: i + 1 })
    for (const ring of update.rings) rings.set(ring.id, ring)
    changes.push(...update.changes)
  })
  return { rings, changes }
}

describe('a ring', () => {
  test('keeps its id as it grows and shrinks, and each change says why', () => {
    const { rings, changes } = publishAll([
      [found(['a', 'b', 'c'])],
      [found(['a', 'b', 'c', 'd'])],
      [found(['b', 'c', 'd'])],
    ])

    expect(rings.size).toBe(1)
    expect(changes.map(({ kind, cause }) => [kind, cause])).toEqual([
      ['born', '3 accounts linked'],
      ['grew', '1 account joined'],
      ['shrank', '1 account left'],
    ])
  })

  test('that did not change makes no row', () => {
    expect(publishAll([[found(['a', 'b', 'c'])], [found(['a', 'b', 'c'])]]).changes).toHaveLength(1)
  })

  test('that is absorbed leaves its id behind, pointing on', () => {
    const { rings, changes } = publishAll([
      [found(['a', 'b', 'c', 'd']), found(['x', 'y', 'z'])],
      [found(['a', 'b', 'c', 'd', 'x', 'y', 'z'])],
    ])

    const absorbed = [...rings.values()].find(({ status }) => status === 'merged')
    expect(rings.get(absorbed?.movedTo ?? '')?.members).toHaveLength(7)
    expect(changes.at(-1)?.ring === absorbed?.id || changes.at(-2)?.ring === absorbed?.id).toBe(true)
  })

  test('that comes apart keeps its id on the larger part; the other names its parent', () => {
    const { rings, changes } = publishAll([
      [found(['a', 'b', 'c', 'd', 'x', 'y', 'z'])],
      [found(['a', 'b', 'c', 'd']), found(['x', 'y', 'z'])],
    ])

    const [first] = changes
    expect(rings.get(first?.ring ?? '')?.members).toHaveLength(4)
    expect(changes.find(({ kind }) => kind === 'split')?.parent).toBe(first?.ring)
  })

  test('goes on where most of its accounts are', () => {
    const { rings } = publishAll([
      [found(['a', 'b', 'c', 'd', 'e', 'f', 'g'])],
      [found(['a', 'b', 'c']), found(['d', 'e', 'f', 'g', 'x', 'y', 'z', 'w', 'v'])],
    ])

    const [first] = [...rings.values()].filter(({ bornVersion }) => bornVersion === 1)
    expect(first?.members.map(({ account }) => account)).toContain('x')
  })

  test('whose accounts are no longer linked is dissolved', () => {
    const { rings, changes } = publishAll([[found(['a', 'b', 'c'])], []])

    expect([...rings.values()].map(({ status }) => status)).toEqual(['dissolved'])
    expect(changes.at(-1)).toMatchObject({ kind: 'dissolved', left: ['a', 'b', 'c'] })
  })
})

const partition = fc
  .array(fc.nat(4), { minLength: 12, maxLength: 12 })
  .chain((labels) => fc.record({ labels: fc.constant(labels), risk: fc.constantFrom(0.2, 0.5, 0.9) }))
  .map(({ labels, risk }) =>
    [0, 1, 2, 3]
      .map((label) =>
        labels.flatMap((one, i) => (one === label ? [`acct${String(i).padStart(2, '0')}`] : [])),
      )
      .filter((accounts) => accounts.length >= 3)
      .map((accounts) => found(accounts, risk)),
  )

test('every version of every ring can be made again from its change rows', () => {
  fc.assert(
    fc.property(fc.array(partition, { minLength: 1, maxLength: 6 }), (partitions) => {
      for (let version = 1; version <= partitions.length; version++) {
        const { rings, changes } = publishAll(partitions.slice(0, version))

        for (const ring of rings.values()) {
          expect(
            ringAt(
              ring.id,
              changes.filter((change) => change.ring === ring.id),
            ),
          ).toEqual(ring)
        }
      }
    }),
  )
})

test('active rings are exactly what was found, whatever came before', () => {
  fc.assert(
    fc.property(fc.array(partition, { minLength: 1, maxLength: 6 }), (partitions) => {
      const { rings } = publishAll(partitions)
      const active = [...rings.values()]
        .filter(({ status }) => status === 'active')
        .map(({ members }) => members)
      const last = (partitions.at(-1) ?? []).map(({ members }) => members)

      expect(new Set(active.map((members) => JSON.stringify(members)))).toEqual(
        new Set(last.map((members) => JSON.stringify(members))),
      )
    }),
  )
})

const link = fc.record({ a: fc.nat(9), b: fc.nat(9), evidence: fc.constant(1) }).filter(({ a, b }) => a < b)

test('bridges are the members without which two parts of two or more are left', () => {
  fc.assert(
    fc.property(fc.array(link, { maxLength: 16 }), (links) => {
      const accounts = Array.from({ length: 10 }, (_, i) => i)
      const parts = (removed: number): number[] => {
        const parent = new Map(accounts.filter((v) => v !== removed).map((v) => [v, v]))
        const root = (v: number): number => (parent.get(v) === v ? v : root(parent.get(v) ?? v))
        for (const { a, b } of links) if (a !== removed && b !== removed) parent.set(root(a), root(b))
        const near = new Set(
          links
            .filter(({ a, b }) => a === removed || b === removed)
            .map(({ a, b }) => root(a === removed ? b : a)),
        )
        return [...near].map((one) => [...parent.keys()].filter((v) => root(v) === one).length)
      }
      const expected = accounts.filter((v) => parts(v).filter((size) => size >= 2).length >= 2)

      expect([...bridgesOf(accounts, links)].toSorted((x, y) => x - y)).toEqual(expected)
    }),
    { numRuns: 500 },
  )
})
