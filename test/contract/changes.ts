/** What changed since a moment: enough to go on from what was known then. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { changeTable } from '../../graph/projection/change-table.ts'
import { readLinkTable } from '../../graph/projection/link-table.ts'
import { label as labelArbitrary, storedEvents } from '../support/core/arbitraries.ts'
import type { OpenStore } from './open-store.ts'

export function changeContract(open: OpenStore): void {
  test('what changed since a moment makes of the state then the state now', async () => {
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
      const changed = await store.changedSince(changes)
      const accounts = new Map(changed?.accounts.map((state) => [state.account, state]))
      table = changeTable(table, { accounts, identifiers: changed?.identifiers ?? [] }).table

      expect(changed?.accounts.length).toBeGreaterThan(0)
      expect(table).toEqual(await read())
      expect(await store.progress()).toMatchObject({ changes: changed?.changes })
      changes = changed?.changes ?? -1
    }

    expect(await store.changedSince(changes)).toMatchObject({ changes, accounts: [], identifiers: [] })
    expect(await store.changedSince(-1)).toBeUndefined()
  })
}
