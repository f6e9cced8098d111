import { describe, expect, test } from '@jest/globals'
import { shippedKinds } from '../../../../graph/identifiers/registry.ts'
import type { SharedIdentifier } from '../../../../graph/rings/community.ts'
import { freshId } from '../../../../graph/rings/lineage/names.ts'
import { coreOf, isAnchor } from '../../../../graph/rings/lineage/traits.ts'
import { found, member } from './lives.ts'

const shared = (name: string, members: number, accounts = members): SharedIdentifier => {
  const kind = shippedKinds.get(name)
  if (!kind) throw new Error(`There is no kind ${name}`)
  return { identifier: 0, kind, members: Array.from({ length: members }, (_, i) => i), accounts, evidence: 1 }
}

describe('a ring is known again by', () => {
  test.each(['device', 'cookie', 'payment', 'payout', 'phone', 'email', 'document'])(
    'a %s of two members',
    (name) => {
      expect(isAnchor(shared(name, 2))).toBe(true)
    },
  )

  test.each(['address', 'ip'])('no %s, on which neighbours meet', (name) => {
    expect(isAnchor(shared(name, 9))).toBe(false)
  })

  test.each([
    [2, 198, false],
    [98, 198, false],
    [99, 198, true],
    [2, 197, true],
  ])('a device on which %i of its members are among %i accounts: %s', (members, accounts, isOne) => {
    expect(isAnchor(shared('device', members, accounts))).toBe(isOne)
  })

  test('the members that carry it, or all where those are fewer than half', () => {
    const crowd = [member('c', 0, 'bystander'), member('d', 0, 'associate')]

    expect(coreOf([member('a'), member('b', 0.5, 'victim'), ...crowd])).toEqual(['a', 'b'])
    expect(coreOf([member('a'), ...crowd])).toEqual(['a', 'c', 'd'])
  })
})

describe('a new id', () => {
  test('is made of the publish number and the least account that carries the ring', () => {
    const ring = (roles: Parameters<typeof found>[1]) => freshId(found(['a', 'b', 'c'], roles), 7, new Set())

    expect(ring({})).toMatch(/^ring_7_[0-9a-z]{12}$/)
    expect(ring({})).toBe(ring({ roles: { c: 'associate' } }))
    expect(ring({})).not.toBe(ring({ roles: { a: 'associate' } }))
    expect(freshId(found(['a', 'x', 'y']), 8, new Set())).toBe(ring({}).replace('ring_7_', 'ring_8_'))
  })

  test('gets an ordinal where it was given already', () => {
    const first = freshId(found(['a', 'b', 'c']), 1, new Set())

    expect(freshId(found(['a', 'b', 'c']), 1, new Set([first]))).toBe(`${first}_2`)
    expect(freshId(found(['a', 'b', 'c']), 1, new Set([first, `${first}_2`]))).toBe(`${first}_3`)
  })
})
