/** What follows from an identifier's value is told of it, as far as the accounts that use it tell. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { assertedBy, nothingAsserted } from '../../../../graph/assertions/standing.ts'
import type { StoredEvent } from '../../../../graph/model.ts'
import { facetsView } from '../../../../src/views/reads/facets.ts'
import { holds } from '../../../support/core/assertions.ts'
import { indexedState } from '../../../support/core/indexed-state.ts'
import { day, seen, start, stateOf } from '../../../support/core/states.ts'
import { kindOf } from '../../../support/core/tables.ts'

const options = { kindOf, asserted: nothingAsserted }
const facetsOf = async (events: readonly StoredEvent[], ref: string, given = options) =>
  await facetsView(await indexedState(stateOf(events)), { kind: 'ip', ref }, given)

/** Addresses of which each two are of one network. */
const networkOf = (address: number): string => `ip24:n${address >> 1}`

const event = fc
  .record({
    account: fc.constantFrom('ada', 'bob', 'cem'),
    addresses: fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 2 }),
    type: fc.constantFrom('signup' as const, 'login' as const),
    dayOff: fc.nat(2),
  })
  .map(({ account, addresses, type, dayOff }) =>
    seen(
      account,
      ['device:d', ...addresses.map((one) => `ip:i${one}`), ...new Set(addresses.map(networkOf))],
      {
        type,
        at: start + dayOff * day,
      },
    ),
  )

test('what follows from it is among those told, and all who use it use those', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 12 }), fc.nat(5), async (events, address) => {
      const withIt = events.filter(({ identifiers }) => identifiers.some(({ ref }) => ref === `i${address}`))

      const told = await facetsOf(events, `i${address}`)

      const names = told.map(({ kind, ref }) => `${kind}:${ref}`)
      if (withIt.length > 0) expect(names).toContain(networkOf(address))
      for (const name of names)
        for (const { account, type, at } of withIt)
          expect(
            events.some(
              (one) =>
                one.account === account &&
                one.type === type &&
                one.at === at &&
                one.identifiers.some(({ kind, ref }) => `${kind}:${ref}` === name),
            ),
          ).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('another’s use of it tells apart what an account used besides, and most used come first', async () => {
  const alone = [seen('ada', ['ip:i0', 'ip:i2', 'ip24:n0', 'ip24:n1', 'asn:AS1', 'emailDomain:e'])]
  const both = [...alone, seen('bob', ['ip:i0', 'ip24:n0', 'asn:AS1']), seen('cem', ['ip24:n0'])]
  const shared = assertedBy([holds('shared_by_design', ['ip24:n0'])])

  expect((await facetsOf(alone, 'i0')).map(({ ref }) => ref)).toEqual(['AS1', 'n0', 'n1'])
  expect(await facetsOf(both, 'i0', { kindOf, asserted: shared })).toEqual([
    { kind: 'ip24', ref: 'n0', mask: '', accounts: 3, sharedByDesign: true },
    { kind: 'asn', ref: 'AS1', mask: '', accounts: 2, sharedByDesign: false },
  ])
  expect(await facetsOf(both, 'nobody')).toEqual([])
})
