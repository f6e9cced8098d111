/** Which rings a ring came from and went to. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { RingChange } from '../../graph/ring.ts'
import { ringSets, runsFor } from '../support/core/arbitraries.ts'
import { publicationsOf, publishAll } from '../support/core/publications.ts'
import type { OpenStore } from './open-store.ts'

export function kinContract(open: OpenStore): void {
  test('the kin of a ring are those it ever absorbed or came from, and those it went to', async () => {
    const kinOf = (id: string, rows: readonly RingChange[]) =>
      rows
        .flatMap(({ ring: own, movedTo, parent }) =>
          [movedTo, parent].flatMap((other) => (own === id ? (other ?? []) : other === id ? own : [])),
        )
        .toSorted()
    await fc.assert(
      fc.asyncProperty(ringSets, async (sets) => {
        await using store = await open()
        const all = publicationsOf(sets)
        await publishAll(store, all)

        const rows = all.flatMap(({ publication }) => publication.changes)
        for (const id of [...(all.at(-1)?.rings.keys() ?? []), 'ring_q'])
          expect(await store.kin(id)).toEqual([...new Set(kinOf(id, rows))])
      }),
      runsFor(25),
    )
  })
}
