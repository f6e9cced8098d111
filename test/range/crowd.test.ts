import { describe, expect, test } from '@jest/globals'
import { placeSizes } from '../../range/order.ts'
import { generateWorld } from '../../range/world.ts'
import { makeWorld } from './made-world.ts'

describe.each(['town', 'bazaar'])('a crowd that joins %s', (world) => {
  const order = { world, seed: 5, accounts: 3_000 }
  const made = Promise.all([makeWorld(order), makeWorld({ ...order, crowd: 3_000 })])

  test('is honest, and told last', async () => {
    const [, grown] = await made

    expect(grown.truth).toHaveLength(6_000)
    expect(grown.truth.slice(3_000).filter(({ role }) => role !== 'benign')).toEqual([])
  })

  test('changes nothing of who robs whom', async () => {
    const [alone, grown] = await made
    const ringed = ({ truth }: typeof alone) =>
      truth.flatMap(({ account, ring, attack, role }) =>
        ring === null ? [] : [[account, ring, attack, role]],
      )

    expect(ringed(alone).length).toBeGreaterThan(100)
    expect(ringed(grown)).toEqual(ringed(alone))
  })

  test('meets the others on nothing but what strangers share', async () => {
    const [, { truth, events }] = await made
    const before = new Set(truth.slice(0, 3_000).map(({ account }) => account))
    const kindsOf = new Map<string, { kind: string; sides: Set<boolean> }>()
    for (const { account, identifiers = {} } of events) {
      for (const [kind, value] of Object.entries(identifiers)) {
        const known = kindsOf.get(`${kind} ${value}`) ?? { kind, sides: new Set() }
        known.sides.add(before.has(account))
        kindsOf.set(`${kind} ${value}`, known)
      }
    }
    const both = [...kindsOf].filter(([, { sides }]) => sides.size === 2)

    // Addresses of carriers, models of browsers, campaigns, pictures and texts that everybody sends.
    const common = ['ip', 'promo', 'image', 'text', 'fingerprint']
    const others = both.filter(([, { kind }]) => !common.includes(kind)).map(([key]) => key)

    expect(others.filter((key) => !key.startsWith('device '))).toEqual([])
    // Models of phones, and what stands on a campus.
    expect(others.filter((key) => !key.startsWith('device d_model')).length).toBeLessThan(10)
    expect(both.length).toBeGreaterThan(10)
  })
})

test('places are about as large as usual, and those of a crowd as large as the others', () => {
  const sizes = placeSizes({ accounts: 3_000, crowd: 45_000 }, 2_000)

  expect(new Set(sizes.map(({ accounts }) => accounts))).toEqual(new Set([1_500]))
  expect(sizes.map(({ isCrowd }) => isCrowd).indexOf(true)).toBe(2)
  expect(placeSizes({ accounts: 20_001, crowd: 7 }, 2_000).map(({ accounts }) => accounts)).toEqual([
    ...Array.from({ length: 9 }, () => 2_000),
    2_001,
    7,
  ])
})

test.each([-1, 0.5, Number.NaN])('no crowd has %s accounts', async (crowd) => {
  const sink = { events: async () => {}, labels: async () => {}, truth: async () => {} }

  await expect(generateWorld({ world: 'town', seed: 1, accounts: 500, crowd }, sink)).rejects.toThrow(
    RangeError,
  )
})
