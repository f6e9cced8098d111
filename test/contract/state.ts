/** The state: how events and labels join. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  batchesOf,
  deliveriesOf,
  label,
  runsFor,
  shuffled,
  storedEvents,
} from '../support/core/arbitraries.ts'
import { comparableOf, storedState } from '../support/core/compare-states.ts'
import { eventOf, labelOf, noon, readCases, type StateCase, seen } from '../support/core/events.ts'
import { expectedState } from '../support/core/oracle.ts'
import { inNewStore, type OpenStore } from './open-store.ts'

export const stateCases = readCases(readFileSync(new URL('../cases/state.json', import.meta.url), 'utf8'))

export function stateContract(open: OpenStore): void {
  describe('joins', () => joinContract(open))
  describe('labels', () => labelContract(open))
}

function joinContract(open: OpenStore): void {
  test.each(stateCases.map((one) => [one.name, one] as const))(
    '%s',
    async (_, { events, labels, accounts, identifiers }) => {
      const forward = await inNewStore(open, async (store) => {
        await store.record(events)
        await store.label(labels)
        return { ...(await storedCase(store, { accounts, identifiers })), digest: await store.digest() }
      })
      const backward = await inNewStore(open, async (store) => {
        for (const one of labels.toReversed()) await store.label([one])
        for (const event of events.toReversed()) await store.record([event])
        return await store.digest()
      })

      expect(forward).toMatchObject({ accounts, identifiers })
      expect(backward).toEqual(forward.digest)
    },
  )

  test('order, repeats and batches do not matter', async () => {
    const delivered = storedEvents({ minLength: 1, maxLength: 40 }).chain((events) =>
      fc.tuple(fc.constant(events), deliveriesOf(events).chain(batchesOf)),
    )
    await fc.assert(
      fc.asyncProperty(delivered, async ([events, batches]) => {
        const once = await inNewStore(open, async (store) => {
          await store.record(events)
          return await store.digest()
        })
        const often = await inNewStore(open, async (store) => {
          for (const batch of batches) await store.record(batch)
          return { digest: await store.digest(), state: await storedState(store) }
        })

        expect(often.digest).toEqual(once)
        expect(often.state).toEqual(comparableOf(expectedState(events)))
      }),
      runsFor(12),
    )
  })

  test('other events give another digest, and every part of the state is counted', async () => {
    await using store = await open()
    const paid = [{ account: 'bob', relation: 'paid' as const }]
    await store.record([eventOf({ id: 'e1', identifiers: [seen('device', 'd1')], relations: paid })])
    const before = await store.digest()

    await store.record([
      eventOf({ id: 'e2', type: 'payment', identifiers: [seen('ip', 'i1')], relations: paid }),
    ])
    await store.label([labelOf({ account: 'cyd' })])

    const after = await store.digest()
    expect(before).toMatchObject({ accounts: 2, identifiers: 1, uses: 1, relations: 1, labels: 0 })
    expect(after).toMatchObject({ accounts: 3, identifiers: 2, uses: 2, relations: 2, labels: 1 })
    expect(after.digest).not.toBe(before.digest)
  })
}

async function storedCase(
  store: Awaited<ReturnType<OpenStore>>,
  { accounts, identifiers }: Pick<StateCase, 'accounts' | 'identifiers'>,
) {
  const users = await store.users(identifiers, { usesMax: 0 })
  return {
    accounts: await store.accounts(accounts.map(({ account }) => account)),
    identifiers: users.map(({ identifier }) => identifier),
  }
}

function labelContract(open: OpenStore): void {
  test('every label gets its receipt, in order', async () => {
    await using store = await open()

    const receipts = await store.label([
      labelOf(),
      labelOf(),
      labelOf({ source: 'chargebacks' }),
      labelOf({ reason: 'spam' }),
      labelOf({ label: 'legit', at: noon + 1 }),
      labelOf({ label: 'legit', at: noon + 1 }),
    ])

    expect(receipts).toEqual(['accepted', 'duplicate', 'accepted', 'conflict', 'accepted', 'duplicate'])
    expect(await store.label([])).toEqual([])
  })

  test('a label of an unknown account makes the account known', async () => {
    await using store = await open()

    await store.label([labelOf({ account: 'nobody yet' })])

    expect(await store.accounts(['nobody yet'])).toEqual([
      {
        account: 'nobody yet',
        activities: [],
        uses: [],
        relations: [],
        labels: [labelOf({ account: 'nobody yet' })],
      },
    ])
  })

  test('order, repeats and ties of labels do not matter', async () => {
    const delivered = fc
      .array(label, { minLength: 2, maxLength: 12 })
      .chain((labels) => fc.tuple(fc.constant(labels), shuffled([...labels, ...labels]).chain(batchesOf)))
    await fc.assert(
      fc.asyncProperty(delivered, async ([labels, batches]) => {
        await using store = await open()

        for (const batch of batches) await store.label(batch)

        expect(await storedState(store)).toEqual(comparableOf(expectedState([], labels)))
      }),
      runsFor(25),
    )
  })
}
