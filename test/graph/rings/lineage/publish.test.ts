import { describe, expect, test } from '@jest/globals'
import type { Ring } from '../../../../graph/ring.ts'
import { activeOf, found, lives, type Point, type Published } from './lives.ts'

const published = (...points: readonly Point['rings'][]): readonly Published[] =>
  lives(points.map((rings) => ({ rings })))

const after = (...points: readonly Point['rings'][]): Published => {
  const last = published(...points).at(-1)
  if (!last) throw new Error('Nothing was published')
  return last
}

const rowsOf = (all: readonly Published[]) => all.flatMap(({ changes }) => changes)
const ringOf = ({ rings }: Published, account: string): Ring | undefined =>
  [...rings.values()].find(({ members }) => members.some((one) => one.account === account))

const family = ['a', 'b', 'c']
const farm = ['f1', 'f2', 'f3', 'f4']
const again = ['g1', 'g2', 'g3', 'g4']
const onPhone = (accounts: readonly string[]) => found(accounts, { anchors: { 'device:phone': accounts } })

describe('a ring', () => {
  test('keeps its id as it grows and shrinks, and each change says why', () => {
    const all = published([found(family)], [found([...family, 'd'])], [found(['b', 'c', 'd'])])

    expect(all.at(-1)?.rings.size).toBe(1)
    expect(rowsOf(all).map(({ kind, cause }) => [kind, cause])).toEqual([
      ['born', '3 accounts linked'],
      ['grew', '1 account joined'],
      ['shrank', '1 account left'],
    ])
  })

  test('that did not change makes no row', () => {
    expect(after([found(family)], [found(family)]).changes).toEqual([])
  })

  test('that only looks otherwise continues', () => {
    const { changes } = after([found(family)], [found(family, { risk: 0.9 })])

    expect(changes).toMatchObject([
      { kind: 'continued', cause: 'figures changed', flow: { unicity: 1, identity: 1, outflow: 0 } },
    ])
  })

  test('whose accounts are replaced one by one is the same ring all the way', () => {
    const accounts = Array.from({ length: 12 }, (_, i) => `r${String(i).padStart(2, '0')}`)
    const all = published(...accounts.slice(3).map((_, day) => [found(accounts.slice(day, day + 4))]))

    expect(all.at(-1)?.rings.size).toBe(1)
    expect(rowsOf(all).at(-1)).toMatchObject({ kind: 'continued', cause: '1 account joined; 1 account left' })
  })

  test('that replaces all accounts at once and keeps its device keeps its id, and the row names the device', () => {
    const all = published([onPhone(farm)], [onPhone([...again, 'g5'])])

    expect(all.at(-1)?.rings.size).toBe(1)
    expect(rowsOf(all).at(-1)).toMatchObject({ kind: 'grew', cause: '5 accounts joined; 4 accounts left' })
    expect(after([onPhone(farm)], [onPhone([...farm, 'f5'])]).changes).toMatchObject([
      { cause: '1 account joined by device phone' },
    ])
  })

  test('that replaces its accounts and its device is another ring', () => {
    const { rings } = after([onPhone(farm)], [found(again, { anchors: { 'device:tablet': again } })])

    expect([...rings.values()].map(({ status }) => status)).toEqual(['dissolved', 'active'])
  })

  test('does not go on in those it leaves behind, though they know its device, and comes back with it', () => {
    const bystanders = ['x1', 'x2', 'x3']
    const roles = Object.fromEntries(bystanders.map((account) => [account, 'bystander' as const]))
    const all = [...farm, ...bystanders]
    const withCrowd = found(all, { roles, anchors: { 'device:phone': all } })

    const last = after([withCrowd], [onPhone(bystanders)], [onPhone(bystanders), onPhone(again)])

    expect(ringOf(last, 'x1')).toMatchObject({ bornVersion: 2 })
    expect(ringOf(last, 'g1')).toMatchObject({ bornVersion: 1 })
  })

  test('is known again by the accounts that carry it, where they are the greater part', () => {
    const bystanders = ['x1', 'x2', 'x3']
    const roles = Object.fromEntries(bystanders.map((account) => [account, 'bystander' as const]))
    const withCrowd = found([...farm, ...bystanders], { roles })

    const { rings } = after([withCrowd], [found(farm), found(bystanders)])

    expect(ringOf({ rings } as Published, 'f1')).toMatchObject({ bornVersion: 1 })
    expect(ringOf({ rings } as Published, 'x1')).toMatchObject({ bornVersion: 2 })
    expect(ringOf({ rings } as Published, 'x1')?.parent).toBeUndefined()
  })
})

describe('rings that become one', () => {
  const two = [found(['a', 'b', 'c', 'd']), found(['x', 'y', 'z'])]
  const one = [found(['a', 'b', 'c', 'd', 'x', 'y', 'z'])]

  test('leave one id behind, pointing on, and both rows say so', () => {
    const last = after(two, one)
    const absorbed = [...last.rings.values()].find(({ status }) => status === 'merged')
    const [ring] = activeOf(last)

    expect(absorbed).toMatchObject({ movedTo: ring?.id, members: [], ended: { core: ['x', 'y', 'z'] } })
    expect(last.changes.find(({ ring: id }) => id === absorbed?.id)).toMatchObject({
      kind: 'merged',
      cause: `absorbed by ${ring?.id}`,
      flow: { unicity: 1, outflow: 0 },
    })
    expect(last.changes.find(({ ring: id }) => id === ring?.id)).toMatchObject({
      kind: 'grew',
      cause: `absorbed ${absorbed?.id}; 3 accounts joined`,
      flow: { unicity: expect.closeTo(1 / 7, 5), identity: 1, outflow: 0 },
    })
  })

  test('and come apart again have the ids they had', () => {
    const [first, last] = [after(two), after(two, one, two)]
    const [kept, back] = [ringOf(last, 'a'), ringOf(last, 'x')]

    expect([kept?.id, back?.id]).toEqual([ringOf(first, 'a')?.id, ringOf(first, 'x')?.id])
    expect(back).not.toHaveProperty('movedTo')
    expect(last.changes.find(({ ring: id }) => id === back?.id)).toMatchObject({
      kind: 'revived',
      cause: `its accounts are linked again; split off ${kept?.id}`,
    })
  })
})

describe('a ring that comes apart', () => {
  const whole = ['a', 'b', 'c', 'd', 'x', 'y', 'z']

  test('keeps its id on the larger part; the other names its parent', () => {
    const last = after([found(whole)], [found(whole.slice(0, 4)), found(whole.slice(4))])
    const [parent, child] = [ringOf(last, 'a'), ringOf(last, 'x')]

    expect(parent?.bornVersion).toBe(1)
    expect(child).toMatchObject({ bornVersion: 2, parent: parent?.id })
    expect(last.changes.find(({ kind }) => kind === 'split')).toMatchObject({
      ring: child?.id,
      parent: parent?.id,
      cause: `split off ${parent?.id}`,
      flow: { unicity: 1, identity: expect.closeTo(3 / 7, 5), outflow: 0 },
    })
    expect(last.changes.find(({ kind }) => kind === 'shrank')?.cause).toBe(
      `${child?.id} split off; 3 accounts left`,
    )
  })

  test('goes on where most of its accounts are', () => {
    const last = after(
      [found(['a', 'b', 'c', 'd', 'e', 'f', 'g'])],
      [found(['a', 'b', 'c']), found(['d', 'e', 'f', 'g', 'x', 'y', 'z', 'w', 'v'])],
    )

    expect(ringOf(last, 'x')?.bornVersion).toBe(1)
  })

  test('is the parent of a part that another ring gave fewer accounts to', () => {
    const last = after(
      [found(['a', 'b', 'c', 'd', 'e', 'f', 'g']), found(['v', 'w', 'x', 'y', 'z'])],
      [found(['a', 'b', 'c', 'd']), found(['x', 'y', 'z']), found(['e', 'f', 'g', 'v', 'w'])],
    )

    expect(ringOf(last, 'e')).toMatchObject({ bornVersion: 2, parent: ringOf(last, 'a')?.id })
  })

  test('is absorbed by the ring that took most of it', () => {
    const [left, right] = [
      ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'],
      ['b1', 'b2', 'b3', 'b4', 'b5', 'b6'],
    ] as const
    const last = after(
      [found(left), found(right), found(['o1', 'o2', 'o3', 'o4', 'o5'])],
      [found([...left, 'o1', 'o2']), found([...right, 'o3', 'o4', 'o5'])],
    )

    const absorbed = [...last.rings.values()].find(({ status }) => status === 'merged')
    expect(absorbed?.movedTo).toBe(ringOf(last, 'b1')?.id)
  })

  test('is no parent of a ring that only holds its device', () => {
    const last = after([onPhone(farm)], [onPhone(farm), onPhone(again)])

    expect(ringOf(last, 'g1')).toMatchObject({ bornVersion: 2 })
    expect(ringOf(last, 'g1')?.parent).toBeUndefined()
  })
})

describe('a ring whose accounts are no longer linked', () => {
  test('is dissolved, and what it was known by is kept', () => {
    const last = after([found(family)], [])

    expect([...last.rings.values()]).toMatchObject([
      { status: 'dissolved', members: [], ended: { at: last.asOf, core: family } },
    ])
    expect(last.changes).toMatchObject([{ kind: 'dissolved', left: family, flow: { outflow: 1 } }])
  })

  test('comes back under its id with its accounts', () => {
    const last = after([found(family)], [], [found([...family, 'd'])])

    expect(activeOf(last)).toMatchObject([{ bornVersion: 1, version: 3 }])
    expect(last.changes).toMatchObject([{ kind: 'revived', cause: 'its accounts are linked again' }])
  })

  test('comes back with its device when its accounts are gone', () => {
    const last = after([onPhone(farm)], [], [onPhone(again)])

    expect(activeOf(last)).toMatchObject([{ bornVersion: 1, version: 3 }])
    expect(last.changes).toMatchObject([{ kind: 'revived', cause: 'other accounts came by device phone' }])
  })

  test.each([
    [180, 1],
    [181, 2],
  ])('is waited for 180 days: after %i a ring of its accounts counts as number %i', (days, rings) => {
    const all = lives([{ rings: [found(family)] }, { rings: [] }, { rings: [found(family)], days }])

    expect(all.at(-1)?.rings.size).toBe(rings)
  })

  test('does not take the place of an active ring, whatever it held', () => {
    const last = after(
      [found(['a', 'b', 'c', 'd'])],
      [found(['x', 'y', 'z'])],
      [found(['a', 'b', 'c', 'd', 'x', 'y', 'z'])],
    )

    expect(activeOf(last)).toMatchObject([{ bornVersion: 2 }])
  })
})
