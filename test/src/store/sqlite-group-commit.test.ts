/** Callers that write at the same time share a commit, and get their own receipts. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Receipt } from '../../../graph/ports.ts'
import { runsFor } from '../../support/core/arbitraries.ts'
import { eventOf } from '../../support/core/events.ts'
import { openIn, openTempStore } from '../../support/stores/embedded.ts'
import { tempDir } from '../../support/temp-dir.ts'

/** The ledger, said a second time. */
function receiptsOf(batches: readonly (readonly StoredEvent[])[]): readonly (readonly Receipt[])[] {
  const known = new Map<string, Set<string>>()
  const receiptOf = ({ id, content }: StoredEvent): Receipt => {
    const contents = known.get(id) ?? new Set()
    const receipt = contents.has(content) ? 'duplicate' : contents.size > 0 ? 'conflict' : 'accepted'
    known.set(id, contents.add(content))
    return receipt
  }
  return batches.map((batch) => batch.map(receiptOf))
}

const event = fc
  .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 2 }))
  .map(([id, at]) => eventOf({ id: `e${id}`, at }))

test('callers at the same time get their own receipts, in order', async () => {
  const callers = fc.array(fc.array(event, { maxLength: 6 }), { minLength: 2, maxLength: 30, size: 'max' })
  await fc.assert(
    fc.asyncProperty(callers, async (batches) => {
      await using store = await openTempStore()

      const receipts = await Promise.all(batches.map((batch) => store.accept(batch)))

      expect(receipts).toEqual(receiptsOf(batches))
    }),
    runsFor(15),
  )
})

test('callers with more than one commit takes get their own receipts too', async () => {
  await using store = await openTempStore()
  const batches = [3_000, 1, 2_500, 6_000, 2].map((size, i) =>
    Array.from({ length: size }, (_, n) => eventOf({ id: `e${n}`, at: i % 2 })),
  )

  const receipts = await Promise.all(batches.map((batch) => store.accept(batch)))

  expect(receipts).toEqual(receiptsOf(batches))
})

test('a store that closes first says so to those who wait', async () => {
  using dir = tempDir()
  const store = openIn(dir.path)

  const waiting = expect(store.accept([eventOf({ id: 'e1' })])).rejects.toThrow()
  await store[Symbol.asyncDispose]()

  await waiting
  await using again = openIn(dir.path)
  expect(await again.waiting()).toBe(0)
})
