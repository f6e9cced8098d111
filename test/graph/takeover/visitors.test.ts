import { describe, expect, test } from '@jest/globals'
import type { StoredEvent } from '../../../graph/model.ts'
import { communitiesOf } from '../../../graph/rings/community.ts'
import { groupAccounts } from '../../../graph/rings/group.ts'
import { visitorsOf } from '../../../graph/takeover/visitors.ts'
import { day, seen, start } from '../../support/core/states.ts'
import {
  communityLabels,
  kindOf,
  linksIn,
  nameOf,
  names,
  searchOf,
  tableOf,
} from '../../support/core/tables.ts'
import { attack, established, hour, townsfolk } from '../../support/core/takeovers.ts'

/** The visitors of the community that holds `ada`. */
async function visitorsIn(events: readonly StoredEvent[], asOf?: number) {
  const table = await tableOf(events)
  const search = { ...searchOf(table), ...(asOf !== undefined && { asOf }) }
  const grouping = groupAccounts(table, communityLabels(table), search)
  const communities = communitiesOf(table, linksIn(table), { ...grouping, kindOf })
  const community = communities.find(({ members }) => members.some((one) => nameOf(table, one) === 'ada'))
  if (!community) throw new Error('ada is in no community')
  const visitors = visitorsOf(table, community, search)
  return Object.fromEntries(
    [...visitors.values()].map(({ account, pivot, ...rest }) => [
      nameOf(table, account),
      { pivot: `${table.identifiers.kindAt(pivot)}:${table.identifiers.at(pivot)?.ref}`, ...rest },
    ]),
  )
}

/** People of one home, whose television ada and bob use too. */
const home = names(3, 'home').flatMap((account) => [
  seen(account, ['device:tv'], { type: 'signup', at: start - 300 * day }),
  seen(account, ['device:tv'], { at: start + 20 * day }),
])
const guest = (account: string, when: number): readonly StoredEvent[] => [
  ...established(account),
  seen(account, ['device:tv'], { at: start + when * day }),
]

describe('a visitor', () => {
  test('is a member that only came to what it shares: when, with how many, for how long', async () => {
    expect(await visitorsIn([...home, ...guest('ada', 0), ...guest('bob', 7)])).toEqual({
      ada: {
        pivot: 'device:tv',
        arrivedAt: start,
        together: 2,
        brief: true,
        sensitiveChange: false,
      },
      bob: {
        pivot: 'device:tv',
        arrivedAt: start + 7 * day,
        together: 2,
        brief: true,
        sensitiveChange: false,
      },
    })
    expect(await visitorsIn([...home, ...guest('ada', 0), ...guest('bob', 7.01)])).toMatchObject({
      ada: { together: 1 },
      bob: { together: 1 },
    })
  })

  test('is none who shares something from before', async () => {
    const tied = ['ada', 'home000'].map((account) => seen(account, ['email:both'], { at: start - 350 * day }))

    expect(await visitorsIn([...home, ...guest('ada', 0), ...tied])).toEqual({})
  })

  test('stays briefly or not, and something sensitive changes or not', async () => {
    const events = [
      ...home,
      ...guest('ada', 0),
      seen('ada', ['device:tv'], { at: start + 5 * day }),
      seen('ada', [], { type: 'credential_change', at: start + day }),
    ]

    expect(await visitorsIn(events)).toMatchObject({ ada: { brief: false, sensitiveChange: true } })
  })

  test('came to what most came to together', async () => {
    const events = [
      ...home,
      ...guest('ada', 0),
      ...guest('bob', 0),
      ...guest('carl', 0),
      // Much more evidence, of people who were there before.
      ...['home000', ...names(6, 'kin')].map((account) =>
        seen(account, ['device:a'], { type: 'signup', at: start - 300 * day }),
      ),
      ...['home000', ...names(6, 'kin')].map((account) =>
        seen(account, ['device:a'], { at: start + 20 * day }),
      ),
      seen('ada', ['device:a'], { at: start + 2 * day }),
    ]

    expect(await visitorsIn(events)).toMatchObject({ ada: { pivot: 'device:tv', together: 3 } })
  })
})

describe('a victim of a cohort', () => {
  const victims = ['ada', ...names(2, 'victim')]
  const people = [...townsfolk, ...victims.flatMap(established)]

  test('is a visitor whatever else ties it', async () => {
    const tied = ['ada', 'mule'].map((account) => seen(account, ['email:both'], { at: start - 350 * day }))
    const events = [
      ...people,
      ...attack(victims, 'device:x', { change: 'payout_change', paid: 'mule' }),
      ...tied,
    ]

    expect(Object.keys(await visitorsIn(events))).toEqual(victims)
    expect(await visitorsIn(events)).toMatchObject({
      ada: { pivot: 'device:x', arrivedAt: start, together: 3, brief: true, sensitiveChange: true },
    })
  })

  test('whose money went to a receiver has had a sensitive change, whose went to a shop has not', async () => {
    const paid = (to: string): readonly StoredEvent[] => [
      ...people,
      ...attack(victims.slice(1), 'device:x', { change: 'payout_change', paid: 'mule' }),
      ...attack(['ada'], 'device:x', { paid: to, at: start + 10 * hour }),
    ]

    expect(await visitorsIn(paid('mule'))).toMatchObject({ ada: { sensitiveChange: true } })
    expect(await visitorsIn(paid('shop'))).toMatchObject({ ada: { sensitiveChange: false } })
    expect(await visitorsIn(paid(''))).toMatchObject({ ada: { sensitiveChange: false } })
  })
})

test('what happens on the last days is brief until it is known to stay', async () => {
  const events = [...home, ...guest('ada', 20), seen('ada', ['device:tv'], { at: start + 29 * day })]
  const lately = [...home, ...guest('ada', 28), seen('ada', ['device:tv'], { at: start + 32.5 * day })]

  expect(await visitorsIn(events)).toMatchObject({ ada: { brief: false } })
  expect(await visitorsIn(lately, start + 32 * day)).toMatchObject({ ada: { brief: true } })
  expect(await visitorsIn(lately, start + 32 * day + 1)).toMatchObject({ ada: { brief: false } })
})
