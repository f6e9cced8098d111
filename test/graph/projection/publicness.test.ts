import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { type StoredEvent } from '../../../graph/model.ts'
import { entitiesOf } from '../../../graph/projection/entities.ts'
import { linkable } from '../../../graph/projection/link-table.ts'
import { measurePublicness, publicnessOf } from '../../../graph/projection/publicness.ts'
import { eventOracle } from '../../support/core/event-oracle.ts'
import { seen } from '../../support/core/states.ts'
import { names, tableOf } from '../../support/core/tables.ts'

const kindOf = (kind: string) => shippedKinds.get(kind)
const linkingKinds = ['device', 'cookie', 'payment', 'phone'] as const

async function measured(events: readonly StoredEvent[]) {
  const table = await tableOf(events)
  const factors = measurePublicness(
    entitiesOf(linkable(table), kindOf, { asOf: table.newestAt }),
    linkable(table),
  )
  return (key: string) => {
    const [kind = '', ref = ''] = key.split(':')
    return publicnessOf(factors)({ kind, ref })
  }
}

const otherFamilies = (kind: string) =>
  linkingKinds.filter((other) => kindOf(other)?.family !== kindOf(kind)?.family)

test('is what its formula says, for any population', async () => {
  const identifier = fc.constantFrom(
    ...linkingKinds.flatMap((kind) => ['1', '2', '3'].map((ref) => `${kind}:${ref}`)),
  )
  const event = fc
    .record({ who: fc.nat(9), what: fc.uniqueArray(identifier, { minLength: 1, maxLength: 4 }) })
    .map(({ who, what }) => seen(`a${who}`, what))
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 6, maxLength: 40 }), async (events) => {
      const publicness = await measured(events)
      const truth = eventOracle(events)

      for (const kind of linkingKinds) {
        for (const key of truth.allOf(kind)) {
          expect(publicness(key)).toBeCloseTo(truth.publicness(key, otherFamilies(kind)), 2)
        }
      }
    }),
  )
})

test('a shop’s tablet counts less, a gang’s phone more', async () => {
  const gang = names(5, 'gang').map((who) => seen(who, ['device:gang', 'payment:gang']))
  const guests = names(9, 'guest').map((who) => seen(who, ['device:tablet']))

  const publicness = await measured([...gang, ...guests])

  expect(publicness('device:tablet')).toBeLessThan(0.3)
  expect(publicness('device:gang')).toBeGreaterThan(1.5)
})

test('a device says nothing more of its own cookies', async () => {
  const shop = names(6, 'guest').map((who) => seen(who, ['device:tablet', 'cookie:tablet']))
  const friends = names(3, 'friend').map((who) => seen(who, ['device:theirs', 'phone:theirs']))

  const publicness = await measured([...shop, ...friends])

  expect(publicness('cookie:tablet')).toBe(1)
  expect(publicness('device:tablet')).toBeLessThan(0.5)
})

test('nothing is told of an identifier of two, or where nobody shares a second thing', async () => {
  const pair = names(2, 'pair').map((who) => seen(who, ['device:pair', 'payment:pair']))
  const crowd = names(6, 'guest').map((who) => seen(who, ['phone:desk']))

  const publicness = await measured([...pair, ...crowd])

  expect(['device:pair', 'payment:pair', 'phone:desk'].map(publicness)).toEqual([1, 1, 1])
})
