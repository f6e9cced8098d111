import { describe, expect, test } from '@jest/globals'
import type { Ring } from '../../../graph/ring.ts'
import { currentRing, lineageView } from '../../../src/views/lineage.ts'
import { found, lives, type Point, type Published } from '../../graph/rings/lineage/lives.ts'

const trio = (name: string): readonly string[] => [1, 2, 3].map((n) => `${name}${n}`)

function stored(points: readonly Point['rings'][]) {
  const all = lives(points.map((rings) => ({ rings })))
  const rings = all.at(-1)?.rings ?? new Map<string, Ring>()
  const store = {
    ring: async (id: string) => rings.get(id),
    kin: async (id: string) =>
      [...rings.values()]
        .flatMap(({ id: own, parent, movedTo }) =>
          [parent, movedTo].flatMap((other) => (own === id ? (other ?? []) : other === id ? own : [])),
        )
        .toSorted(),
    changes: async ({ ring, limit }: { ring?: string; limit: number }) =>
      all.flatMap(({ changes }) => changes.filter((row) => row.ring === ring)).slice(0, limit),
  }
  return { all, store, rings }
}

const holding = ({ rings }: Pick<Published, 'rings'>, account: string): Ring => {
  const ring = [...rings.values()].find(({ members }) => members.some((one) => one.account === account))
  if (!ring) throw new Error(`${account} is in no ring`)
  return ring
}
const at = (all: readonly Published[], i: number): Published =>
  all[i] ?? { version: 0, asOf: 0, rings: new Map(), changes: [], active: [] }

/** a is absorbed by b, and b by c. */
const chain = [
  [found(trio('a')), found([...trio('b'), 'b4']), found([...trio('c'), ...trio('d'), ...trio('e')])],
  [found([...trio('a'), ...trio('b'), 'b4']), found([...trio('c'), ...trio('d'), ...trio('e')])],
  [found([...trio('a'), ...trio('b'), 'b4', ...trio('c'), ...trio('d'), ...trio('e')])],
]

describe('an alias', () => {
  test('leads through every ring that absorbed the next to the one of today', async () => {
    const { all, store, rings } = stored(chain)
    const [a, b, c] = ['a1', 'b1', 'c1'].map((account) => holding(at(all, 0), account).id)

    expect(rings.get(a ?? '')?.movedTo).toBe(b)
    const last = await currentRing(store, rings.get(a ?? '') as Ring)
    expect(last).toMatchObject({ id: c, status: 'active' })
  })

  test('ends in a dissolved ring when that is what became of it', async () => {
    const { all, store, rings } = stored([...chain, []])
    const a = holding(at(all, 0), 'a1').id

    expect(await currentRing(store, rings.get(a) as Ring)).toMatchObject({ status: 'dissolved' })
  })
})

describe('the lineage of a ring', () => {
  test('shows all of its kin, each with what happened to it and how large it was then', async () => {
    const { all, store, rings } = stored(chain)
    const a = holding(at(all, 0), 'a1').id

    const { lanes, movedTo, truncated } = await lineageView(store, rings.get(a) as Ring)

    expect([movedTo, truncated]).toEqual([holding(at(all, 2), 'a1').id, false])
    expect(
      lanes.map(({ ring, size, changes }) => [ring, size, changes.map((row) => [row.kind, row.size])]),
    ).toEqual(
      [...at(all, 0).rings.keys()]
        .toSorted()
        .map((ring) => [
          ring,
          ring === movedTo ? 16 : 0,
          all
            .flatMap(({ changes }) => changes.filter((row) => row.ring === ring).map(({ kind }) => kind))
            .map((kind, i) => [kind, sizesOf(all, ring)[i]]),
        ]),
    )
  })

  test('says when there is more kin than it shows, and shows the nearest', async () => {
    const whole = Array.from({ length: 50 }, (_, n) => trio(`part${String(n).padStart(2, '0')}`))
    const { all, store } = stored([[found(whole.flat())], whole.map((part) => found(part))])
    const parent = holding(at(all, 0), 'part001')

    const { lanes, truncated } = await lineageView(store, parent)

    expect([lanes.length, truncated]).toEqual([40, true])
    expect(lanes[0]?.ring).toBe(parent.id)
  })
})

const sizesOf = (all: readonly Published[], id: string): readonly number[] =>
  all.flatMap(({ changes, rings }) =>
    changes.some(({ ring }) => ring === id) ? [rings.get(id)?.members.length ?? -1] : [],
  )
