/** What changed since a moment: enough to go on from what was known then. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { SeenIdentifier } from '../../graph/model.ts'
import { changeTable } from '../../graph/projection/change-table.ts'
import { inOrder } from '../../graph/projection/in-order.ts'
import { readLinkTable } from '../../graph/projection/link-table.ts'
import { label as labelArbitrary, storedEvents } from '../support/core/arbitraries.ts'
import { eventOf, seen } from '../support/core/events.ts'
import type { OpenStore } from './open-store.ts'

export function changeContract(open: OpenStore): void {
  test.each(['joined', 'news'] as const)(
    'what changed since a moment, %s, makes of the state then the state now',
    async (identifiers) => {
      await using store = await open()
      const [events = []] = fc.sample(storedEvents({ minLength: 60, maxLength: 60 }), { numRuns: 1, seed: 7 })
      const labels = fc.sample(labelArbitrary, { numRuns: 4, seed: 7 })
      const read = () => readLinkTable(store.scanAccounts(), store.scanIdentifiers())
      let [table, { changes }] = [await read(), await store.progress()]
      const steps = [
        () => store.record(events.slice(0, 40)),
        () => store.label(labels),
        () => store.record(events.slice(40)),
      ]
      for (const step of steps) {
        await step()
        const changed = await store.changedSince(changes, identifiers)
        const accounts = new Map(changed?.accounts.map((state) => [state.account, state]))
        table = changeTable(table, { accounts, identifiers: changed?.identifiers ?? [] }).table

        expect(changed?.accounts.length).toBeGreaterThan(0)
        expect(inOrder(table)).toEqual(inOrder(await read()))
        expect(await store.progress()).toMatchObject({ changes: changed?.changes })
        changes = changed?.changes ?? -1
      }

      expect(await store.changedSince(changes, identifiers)).toMatchObject({
        changes,
        accounts: [],
        identifiers: [],
      })
      expect(await store.changedSince(-1, identifiers)).toBeUndefined()
    },
  )

  test('identifiers are news when they are new or something is known of them anew, joined whenever they are seen', async () => {
    await using store = await open()
    const told = (id: string, ...identifiers: readonly SeenIdentifier[]) => eventOf({ id, identifiers })
    const [phone, card] = [seen('device', 'phone'), seen('payment', 'card')]
    const since = async (changes: number) => {
      const refs = async (identifiers: 'joined' | 'news') =>
        (await store.changedSince(changes, identifiers))?.identifiers.map(({ ref }) => ref).toSorted()
      return { joined: await refs('joined'), news: await refs('news') }
    }
    const { changes } = await store.progress()
    await store.record([told('e1', phone), told('e2', card)])
    expect(await since(changes)).toEqual({ joined: ['card', 'phone'], news: ['card', 'phone'] })

    const known = await store.progress()
    await store.record([told('e3', phone, card)])
    expect(await since(known.changes)).toEqual({ joined: ['card', 'phone'], news: [] })

    await store.record([
      told('e4', phone, seen('device', 'tablet'), seen('payment', 'card', { mask: '…42' })),
    ])
    const all = ['card', 'phone', 'tablet']
    expect(await since(known.changes)).toEqual({ joined: all, news: ['card', 'tablet'] })
    expect((await store.changedSince(known.changes))?.identifiers).toHaveLength(all.length)
  })
}
