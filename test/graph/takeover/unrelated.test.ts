import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { unrelatedGroups } from '../../../graph/takeover/unrelated.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { identifierOf, kindOf, names, numberOf, tableOf } from '../../support/core/tables.ts'

const visitors = names(6, 'visitor')

/** Small worlds of what six visitors used before they met at a kiosk. */
const before = fc.array(
  fc.record({
    visitor: fc.nat(5),
    identifier: fc.constantFrom(
      'ip:a',
      'ip:b',
      'device:c',
      'fingerprint:d',
      'email:e',
      'text:f',
      'asn:g',
      'unheard:h',
    ),
    when: fc.constantFrom(-40, -4, -3, -2.99, 0),
  }),
  { maxLength: 12 },
)

test('visitors fall into as many groups as connect by what relates people, three days before the first visit', async () => {
  await fc.assert(
    fc.asyncProperty(before, async (uses) => {
      const table = await tableOf([
        ...visitors.map((account, i) => seen(account, ['device:kiosk'], { at: start + i * day })),
        // Used before too, which must not relate everybody at the kiosk.
        ...visitors.map((account) => seen(account, [`device:of-${account}`], { at: start - 60 * day })),
        ...uses.map(({ visitor, identifier, when }) =>
          seen(visitors[visitor] ?? '', [identifier], { at: start + when * day }),
        ),
      ])
      const groups = visitors.map((account) => new Set([account]))
      for (const identifier of ['ip:a', 'ip:b', 'device:c', 'fingerprint:d', 'email:e']) {
        const users = uses
          .filter((use) => use.identifier === identifier && use.when <= -3)
          .map(({ visitor }) => visitors[visitor] ?? '')
        const joined = groups.filter((group) => users.some((account) => group.has(account)))
        if (joined.length < 2) continue
        for (const group of joined) groups.splice(groups.indexOf(group), 1)
        groups.push(new Set(joined.flatMap((group) => [...group])))
      }

      const count = unrelatedGroups(
        table,
        visitors.map((account, i) => ({ account: numberOf(table, account), at: start + i * day })),
        { pivot: identifierOf(table, 'device:kiosk'), kindOf },
      )

      expect(count).toBe(groups.length)
    }),
    { numRuns: 300 },
  )
})

test('the pivot itself relates nobody, nor does a hub', async () => {
  const crowd = (count: number) =>
    names(count, 'crowd').map((account) => seen(account, ['device:hub'], { at: start }))
  const events = (hubUsers: number) => [
    ...visitors.map((account) => seen(account, ['device:kiosk', 'device:hub'], { at: start - 90 * day })),
    ...crowd(hubUsers - 6),
  ]
  const groups = async (hubUsers: number) => {
    const table = await tableOf(events(hubUsers))
    return unrelatedGroups(
      table,
      visitors.map((account) => ({ account: numberOf(table, account), at: start })),
      { pivot: identifierOf(table, 'device:kiosk'), kindOf },
    )
  }

  expect(await groups(197)).toBe(1)
  expect(await groups(198)).toBe(6)
})
