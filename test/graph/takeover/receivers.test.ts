import { describe, expect, test } from '@jest/globals'
import { poissonTail } from '../../../graph/evidence/chance.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { coincidenceOf, paidPivots, payersByReceiver } from '../../../graph/takeover/receivers.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { identifierOf, nameOf, names, numberOf, tableOf } from '../../support/core/tables.ts'
import { established } from '../../support/core/takeovers.ts'

const four = names(4, 'victim')

const payment = (
  account: string,
  to: string,
  days: number,
  relation: 'paid' | 'gifted' | 'reviewed' = 'paid',
) => seen(account, [], { type: 'payment', at: start + days * day, relations: [{ account: to, relation }] })

/** Receivers that three paid after meeting a device of their own on day i. */
async function receiversIn(events: readonly StoredEvent[], visitors: readonly string[] = four) {
  const table = await tableOf([
    ...four.flatMap(established),
    ...four.map((account, i) => seen(account, [`device:burner${i}`], { at: start + i * day })),
    ...events,
  ])
  const arrivals = visitors.map((account, i) => ({
    account: numberOf(table, account),
    at: start + i * day,
    identifier: identifierOf(table, `device:burner${i}`),
  }))
  const coincidence = coincidenceOf(table, arrivals)
  const hardwareOf = (account: number) => arrivals.filter((one) => one.account === account)
  return paidPivots(table, hardwareOf, { visitorsMin: 3, coincidence }).map(
    ({ receiver, visits, ...figures }) => ({
      receiver: nameOf(table, receiver),
      visitors: visits.map(({ account }) => nameOf(table, account)),
      ...figures,
    }),
  )
}

describe('who several paid within days of meeting new hardware', () => {
  test('is named with them by time, and with the chance of so many', async () => {
    const events = [3, 0, 2, 1].map((i) => payment(four[i] ?? '', 'mule', i + 1))
    const others = names(6, 'other').map((account) => payment(account, 'mule', -50))

    const [found] = await receiversIn([...events, ...others])

    expect(found).toMatchObject({ receiver: 'mule', visitors: four })
    // Ten payers; of eleven accounts four meet something in the thirty days to the newest event.
    expect(found?.expected).toBeCloseTo(10 * (4 / 11 / 10), 12)
    expect(found?.p).toBe(poissonTail(found?.expected ?? 0, 4))
  })

  test('needs three of them, each counted once', async () => {
    const twice = [payment('victim000', 'mule', 1), payment('victim000', 'mule', 2, 'gifted')]

    expect(await receiversIn([...twice, payment('victim001', 'mule', 2)])).toEqual([])
    expect(
      await receiversIn([...twice, payment('victim001', 'mule', 2), payment('victim002', 'mule', 2)]),
    ).toHaveLength(1)
  })

  test('is not who was paid too late, before, or not at all', async () => {
    const late = (i: number, days: number) => payment(four[i] ?? '', 'mule', days)

    expect(await receiversIn([late(0, 1), late(1, 2), late(2, 5)])).toHaveLength(1)
    expect(await receiversIn([late(0, 1), late(1, 2), late(2, 5.01)])).toEqual([])
    expect(await receiversIn([late(0, 1), late(1, 2), late(2, 1.99)])).toEqual([])
    expect(await receiversIn([late(0, 1), late(1, 2), payment('victim002', 'mule', 3, 'reviewed')])).toEqual(
      [],
    )
  })

  test('is nobody where nobody met anything', async () => {
    expect(
      await receiversIn(
        four.map((account, i) => payment(account, 'mule', i + 1)),
        [],
      ),
    ).toEqual([])
  })
})

test('payers are accounts, each counted once however it gave', async () => {
  const table = await tableOf([
    payment('ada', 'mule', 0),
    payment('ada', 'mule', 1, 'gifted'),
    payment('bob', 'mule', 2),
    payment('bob', 'shop', 2),
    payment('eve', 'mule', 2, 'reviewed'),
  ])

  expect(Object.fromEntries(payersByReceiver(table))).toEqual({ mule: 2, shop: 1 })
})
