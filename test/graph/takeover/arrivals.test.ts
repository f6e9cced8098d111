import { describe, expect, test } from '@jest/globals'
import type { EventType, StoredEvent } from '../../../graph/model.ts'
import { tieOf } from '../../../graph/projection/uses/of.ts'
import { arrivalsIn, changedAfter, isArrival, isBrief, paidAfter } from '../../../graph/takeover/arrivals.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { identifierOf, kindOf, numberOf, searchOf, tableOf } from '../../support/core/tables.ts'
import { hour } from '../../support/core/takeovers.ts'

/** Whether ada's first sight of this identifier is an arrival. */
async function arrives(events: readonly StoredEvent[], text = 'device:new'): Promise<boolean> {
  const table = await tableOf(events)
  const account = numberOf(table, 'ada')
  const tie = tieOf(table, account, identifierOf(table, text))
  if (!tie) throw new Error(`ada never met ${text}`)
  return isArrival(table, { account, tie }, kindOf)
}

const when = (days: number, identifiers: readonly string[], type: EventType = 'login'): StoredEvent =>
  seen('ada', identifiers, { type, at: start + days * day })

const signup = (days: number): StoredEvent => when(days, ['email:ada'], 'signup')
const ownPhone = when(-10, ['device:phone'])
const visit = when(0, ['device:new'])

describe('an arrival', () => {
  test('is an established account with a phone on something it never used', async () => {
    expect(await arrives([signup(-300), ownPhone, visit])).toBe(true)
    expect(await arrives([signup(-300), ownPhone, when(0, ['payout:new'])], 'payout:new')).toBe(true)
  })

  test('needs an account of thirty days', async () => {
    expect(await arrives([signup(-30), ownPhone, visit])).toBe(true)
    expect(await arrives([signup(-29.99), ownPhone, visit])).toBe(false)
  })

  test('needs other hardware before: an e-mail is none, nor is the device itself', async () => {
    expect(await arrives([signup(-300), visit])).toBe(false)
    expect(await arrives([signup(-300), visit, when(9, ['device:new'])])).toBe(false)
    expect(await arrives([signup(-300), when(0, ['device:new', 'device:phone'])])).toBe(false)
  })

  test('is not one of hardware that came after it', async () => {
    expect(await arrives([signup(-300), visit, when(1, ['device:phone'])])).toBe(false)
  })
})

test('hardware that an account met in passing is told by time, and nothing that stayed or is no hardware', async () => {
  const stayed = [0, 20].map((days) => when(days, ['device:stays']))
  const passing = [when(7, ['device:a']), when(3, ['device:b', 'payout:mule']), when(5, ['device:c'])]
  const later = seen('bob', ['device:bobs'], { at: start + 60 * day })
  const table = await tableOf([signup(-300), ownPhone, ...stayed, ...passing, later])

  const met = arrivalsIn(table, searchOf(table)).hardwareOf(numberOf(table, 'ada'))

  expect(met.map(({ identifier, at }) => [table.identifiers.refAt(identifier), at])).toEqual([
    ['b', start + 3 * day],
    ['c', start + 5 * day],
    ['a', start + 7 * day],
  ])
})

describe('where the data begins with the visit', () => {
  /** Of another account, so that the data holds sign-ups and ada is older than it. */
  const others = [seen('bob', ['device:bobs'], { type: 'signup', at: start - 300 * day })]
  const sharers = (count: number): readonly StoredEvent[] =>
    Array.from({ length: count }, (_, i) => seen(`kin${i}`, ['device:phone'], { at: start + 2 * day }))

  test('a phone of one’s own that comes after it tells as much', async () => {
    expect(await arrives([...others, visit, when(1, ['device:phone'])])).toBe(true)
    expect(await arrives([...others, when(-3, ['email:ada']), visit, when(1, ['device:phone'])])).toBe(true)
    expect(await arrives([...others, when(-3.01, ['email:ada']), visit, when(1, ['device:phone'])])).toBe(
      false,
    )
  })

  test('the phone may be the family’s, not a crowd’s', async () => {
    expect(await arrives([...others, visit, when(1, ['device:phone']), ...sharers(2)])).toBe(true)
    expect(await arrives([...others, visit, when(1, ['device:phone']), ...sharers(3)])).toBe(false)
  })

  test('the phone must outlast the visit', async () => {
    expect(await arrives([...others, visit, when(1, ['device:phone']), when(1, ['device:new'])])).toBe(false)
  })
})

describe('a stay', () => {
  const tie = (days: number) => ({
    kind: 'device',
    ref: 'new',
    firstAt: start,
    lastAt: start + days * day,
    days: [],
    times: [],
  })

  test('is brief up to four days, or while four days are not over', () => {
    expect(isBrief(tie(0), start + 90 * day)).toBe(true)
    expect(isBrief(tie(4), start + 90 * day)).toBe(true)
    expect(isBrief(tie(4.01), start + 90 * day)).toBe(false)
    expect(isBrief(tie(30), start + 4 * day)).toBe(true)
    expect(isBrief(tie(30), start + 4.01 * day)).toBe(false)
  })
})

describe('the aftermath', () => {
  const changing = (days: number, type: EventType): readonly StoredEvent[] => [visit, when(days, [], type)]
  const paying = (days: number, relation: 'paid' | 'gifted' | 'messaged', to = 'thief'): StoredEvent =>
    seen('ada', [], { type: 'payment', at: start + days * day, relations: [{ account: to, relation }] })

  test('is three days in which credentials or payout details change', async () => {
    const changed = async (events: readonly StoredEvent[]) => {
      const table = await tableOf(events)
      return changedAfter(table, numberOf(table, 'ada'), start)
    }

    expect(await changed(changing(0, 'credential_change'))).toBe(true)
    expect(await changed(changing(3, 'payout_change'))).toBe(true)
    expect(await changed(changing(3.01, 'payout_change'))).toBe(false)
    expect(await changed(changing(-0.01, 'payout_change'))).toBe(false)
    expect(await changed(changing(1, 'payout'))).toBe(false)
  })

  test('is three days in which money goes to somebody for the first time', async () => {
    const paid = async (events: readonly StoredEvent[]) => {
      const table = await tableOf([visit, ...events])
      return paidAfter(table, numberOf(table, 'ada'), start)
    }

    expect(
      await paid([paying(1, 'paid'), paying(0, 'gifted', 'zed'), paying(1, 'messaged', 'friend')]),
    ).toEqual(['thief', 'zed'])
    expect(await paid([paying(3, 'paid')])).toEqual(['thief'])
    expect(await paid([paying(3.01, 'paid')])).toEqual([])
    expect(await paid([paying(-hour / day, 'paid'), paying(1, 'paid')])).toEqual([])
    expect(await paid([paying(1, 'paid'), paying(1, 'gifted')])).toEqual(['thief'])
  })
})
