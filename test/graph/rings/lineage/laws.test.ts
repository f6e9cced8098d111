/** What holds of rings through any sequence of publishes. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { FoundRing, Ring, RingChange } from '../../../../graph/ring.ts'
import { ringAt } from '../../../../graph/rings/lineage/history.ts'
import { type KnownRings, matchRings } from '../../../../graph/rings/lineage/match.ts'
import { traitsOf } from '../../../../graph/rings/lineage/traits.ts'
import { activeOf, found, lives, type Point, type Published } from './lives.ts'

const accounts = Array.from({ length: 14 }, (_, i) => `acct${String(i).padStart(2, '0')}`)
const devices = ['device:p', 'device:q', 'device:r', 'payout:s']

interface Cast {
  /** The ring of each account, of four; a fifth is none. */
  readonly labels: readonly number[]
  /** Devices of each ring. */
  readonly held: readonly (readonly string[])[]
  readonly risk: number
  readonly shown: readonly string[]
}

/** Accounts fall into some rings; each ring has two members or more on some of the devices, which others may have, too. */
const cast: fc.Arbitrary<Cast> = fc.record({
  labels: fc.array(fc.nat(4), { minLength: accounts.length, maxLength: accounts.length }),
  held: fc.array(fc.subarray(devices, { maxLength: 2 }), { minLength: 4, maxLength: 4 }),
  risk: fc.constantFrom(0.2, 0.9),
  shown: fc.subarray(accounts),
})

const ringsOf = ({ labels, held, risk, shown }: Cast): readonly FoundRing[] =>
  [0, 1, 2, 3].flatMap((label) => {
    const own = accounts.filter((_, i) => labels[i] === label)
    if (own.length < 3) return []
    const anchors = Object.fromEntries((held[label] ?? []).map((device) => [device, own.slice(0, 2)]))
    const roles = Object.fromEntries(shown.map((account) => [account, 'associate' as const]))
    return [found(own, { risk, anchors, roles })]
  })

const partition = cast.map(ringsOf)

const point: fc.Arbitrary<Point> = fc.record({
  rings: fc.oneof({ weight: 5, arbitrary: partition }, { weight: 1, arbitrary: fc.constant([]) }),
  days: fc.constantFrom(1, 1, 1, 30, 200),
})
const points = fc.array(point, { minLength: 1, maxLength: 8, size: 'max' })

const through = (check: (all: readonly Published[]) => void): void =>
  fc.assert(
    fc.property(points, (sequence) => check(lives(sequence))),
    { numRuns: 150 },
  )

const rowsOf = (all: readonly Published[], id: string): readonly RingChange[] =>
  all.flatMap(({ changes }) => changes.filter(({ ring }) => ring === id))

test('active rings are exactly what was found, and an id names one ring at a time', () => {
  fc.assert(
    fc.property(points, (sequence) => {
      lives(sequence).forEach((published, i) => {
        const bodies = activeOf(published).map(({ head, members }) => JSON.stringify([head, members]))
        const expected = sequence[i]?.rings.map(({ head, members }) => JSON.stringify([head, members]))
        expect(bodies.toSorted()).toEqual(expected?.toSorted())
        expect(new Set(published.changes.map(({ ring }) => ring)).size).toBe(published.changes.length)
        expect(new Map(published.active.map((ring) => [ring.id, ring]))).toEqual(
          new Map(activeOf(published).map((ring) => [ring.id, ring])),
        )
      })
    }),
    { numRuns: 150 },
  )
})

test('every version of every ring can be made again from its change rows', () =>
  through((all) => {
    all.forEach(({ rings }, i) => {
      for (const [id, ring] of rings) expect(ringAt(id, rowsOf(all.slice(0, i + 1), id))).toEqual(ring)
    })
  }))

test('an id never comes back for another ring', () =>
  through((all) => {
    all.slice(1).forEach((now, i) => {
      for (const ring of activeOf(now)) {
        const before = all[i]?.rings.get(ring.id)
        if (before) expect(isKnownBy(before, ring)).toBe(true)
      }
    })
  }))

/** The thresholds, said a second time. */
function isKnownBy(before: Ring, now: Pick<Ring, 'head' | 'members'>): boolean {
  const [old, found] = [traitsOf(before), traitsOf(now)]
  const isEnough = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
    const common = a.intersection(b).size
    return common > 0 && (common / a.size >= 0.3 || common / b.size >= 0.5)
  }
  const shown = new Set(before.members.map(({ account }) => account)).difference(old.accounts)
  const isLeftOver = found.accounts.intersection(shown).size > found.accounts.intersection(old.accounts).size
  return isEnough(old.accounts, found.accounts) || (isEnough(old.anchors, found.anchors) && !isLeftOver)
}

test('every alias leads through ever later rings to one that was not absorbed', () =>
  through((all) => {
    const rings = all.at(-1)?.rings ?? new Map<string, Ring>()
    for (const { movedTo, version } of rings.values()) {
      let [next, last] = [movedTo, version]
      while (next !== undefined) {
        const ring = rings.get(next)
        expect(ring).toBeDefined()
        if (ring?.status === 'merged') expect(ring.version).toBeGreaterThan(last)
        next = ring?.status === 'merged' ? ring.movedTo : undefined
        last = ring?.version ?? 0
      }
    }
  }))

test('an absorbed ring leads to the ring that absorbed it until it comes apart from it', () =>
  through((all) => {
    all.slice(1).forEach(({ rings, changes }, i) => {
      for (const ring of all[i]?.rings.values() ?? []) {
        const row = changes.find(({ ring: id }) => id === ring.id)
        if (ring.status !== 'merged') continue
        if (row) expect([row.kind, rings.get(ring.id)?.movedTo]).toEqual(['revived', undefined])
        else expect(rings.get(ring.id)).toEqual(ring)
      }
    })
  }))

test('every ring that ended has a last row that says so; every other is active in its last row', () =>
  through((all) => {
    for (const [id, ring] of all.at(-1)?.rings ?? []) {
      const last = rowsOf(all, id).at(-1)
      expect(last).toMatchObject({ status: ring.status, version: ring.version })
      expect(last?.ended).toEqual(ring.ended)
      if (ring.status !== 'active') expect(last?.kind).toBe(ring.status)
    }
  }))

test('whoever takes a ring in, or loses a part, is active then', () =>
  through((all) => {
    for (const { changes, rings } of all) {
      for (const { movedTo, parent } of changes)
        for (const id of [movedTo, parent]) if (id !== undefined) expect(rings.get(id)?.status).toBe('active')
    }
  }))

test('flows are shares of one', () =>
  through((all) => {
    for (const { flow } of all.flatMap(({ changes }) => changes))
      for (const share of Object.values(flow ?? { none: -1 })) {
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }
  }))

test('the same sequence gives the same ids and rows, however rings are laid out', () => {
  fc.assert(
    fc.property(points, fc.infiniteStream(fc.nat()), (sequence, numbers) => {
      const shuffled = <T>(list: readonly T[]): readonly T[] =>
        list
          .map((one) => ({ one, at: Number(numbers.next().value) }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ one }) => one)

      expect(changesOf(lives(sequence, shuffled))).toEqual(changesOf(lives(sequence)))
    }),
    { numRuns: 150 },
  )
})

const changesOf = (all: readonly Published[]) => all.map(({ changes }) => changes)

/** An account or a device goes from one ring to another at a time, and all other rings are the very ones they were. */
const drift: fc.Arbitrary<readonly Point[]> = fc
  .tuple(
    cast,
    fc.array(fc.tuple(fc.nat(accounts.length - 1), fc.nat(4), fc.nat(3), fc.subarray(devices)), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([first, moves]) => {
    const made = new Map<string, FoundRing>()
    const again = (ring: FoundRing): FoundRing => {
      const name = JSON.stringify([ring.head, ring.members])
      const known = made.get(name) ?? ring
      made.set(name, known)
      return known
    }
    const casts = [first]
    for (const [account, label, ring, own] of moves) {
      const last = casts.at(-1) ?? first
      casts.push({ ...last, labels: last.labels.with(account, label), held: last.held.with(ring, own) })
    }
    return casts.map((one) => ({ rings: ringsOf(one).map(again) }))
  })

test('rings that are the very ones they were are published as their copies are', () => {
  fc.assert(
    fc.property(drift, (sequence) => {
      const copies = sequence.map(({ rings }) => ({ rings: rings.map((ring) => structuredClone(ring)) }))

      const ofCopies = lives(copies)
      expect(changesOf(lives(sequence))).toEqual(changesOf(ofCopies))
      ofCopies.forEach(({ active }, i) => {
        const members = (rings: readonly Pick<Ring, 'members'>[]) =>
          new Set(rings.map((ring) => ring.members))
        expect(members(active).symmetricDifference(members(copies[i]?.rings ?? [])).size).toBe(0)
      })
    }),
    { numRuns: 300 },
  )
})

test('a ring of the same members is another where another holds what they were known by', () => {
  const anchors = Object.fromEntries(['p', 'q', 'r', 's'].map((device) => [device, ['b1', 'b2']]))
  const gang = found(['a1', 'a2', 'a3'], { anchors })
  const [first] = lives([{ rings: [gang] }])
  const others = found(['b1', 'b2', 'b3'], { anchors })
  const without = { ...gang, head: { ...gang.head, anchors: [] } }

  const { matches } = matchRings([without, others], { active: first?.active ?? [], ended: [] })

  expect(matches.map(({ continues }) => continues?.id)).toEqual([undefined, first?.active[0]?.id])
})

test('rings are matched as by looking at all pairs again and again', () => {
  fc.assert(
    fc.property(points, partition, (sequence, next) => {
      const rings = [...(lives(sequence).at(-1)?.rings.values() ?? [])]
      const known = {
        active: rings.filter(({ status }) => status === 'active'),
        ended: rings.filter(({ status }) => status !== 'active'),
      }

      const { matches } = matchRings(next, known)

      const idOf = (ring: FoundRing) => matches.find((one) => one.found === ring)?.continues?.id
      expect(next.map(idOf)).toEqual(next.map((ring) => pairedSlowly(next, known).get(ring)))
    }),
    { numRuns: 150 },
  )
})

/** The oracle: the best pair there is, until there is none; among active rings first. */
function pairedSlowly(next: readonly FoundRing[], known: KnownRings): ReadonlyMap<FoundRing, string> {
  const pairs = new Map<FoundRing, string>()
  for (const rings of [known.active, known.ended]) {
    for (;;) {
      const free = next.filter((ring) => !pairs.has(ring))
      const left = rings.filter(({ id }) => ![...pairs.values()].includes(id))
      const possible = left
        .flatMap((old) => free.filter((ring) => isKnownBy(old, ring)).map((ring) => ({ old, ring })))
        .toSorted((a, b) => compare(rankOf(a.old, a.ring), rankOf(b.old, b.ring)))
      const [best] = possible
      if (!best) break
      pairs.set(best.ring, best.old.id)
    }
  }
  return pairs
}

type Rank = readonly (number | string)[]

function rankOf(old: Ring, ring: FoundRing): Rank {
  const all = (of: Ring | FoundRing): ReadonlySet<string> => {
    const { accounts: own, anchors } = traitsOf(of)
    return new Set([...own, ...anchors])
  }
  const [a, b] = [all(old), all(ring)]
  const common = a.intersection(b).size
  return [-common, -common / a.union(b).size, old.bornVersion, old.id, ring.members[0]?.account ?? '']
}

function compare(a: Rank, b: Rank): number {
  const at = a.findIndex((part, i) => part !== b[i])
  const [one, other] = [a[at], b[at]]
  return one === undefined || other === undefined ? 0 : one < other ? -1 : 1
}
