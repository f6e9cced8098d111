import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Batch, together } from '../../../src/cli/ingesting/batches.ts'

const itemsMax = 5
const lists = fc.array(fc.tuple(fc.array(fc.nat(), { maxLength: 4 }), fc.nat(3)), { maxLength: 12 })

test('batches stored together hold what came, in order, before what ended them', async () => {
  await fc.assert(
    fc.asyncProperty(lists, fc.boolean(), async (all, breaks) => {
      async function* batches(): AsyncGenerator<Batch<number>> {
        for (const [place, [items, skipped]] of all.entries())
          yield { items, skipped, bytes: { done: place, of: all.length } }
        if (breaks) throw new Error('half a file')
      }
      const came: Batch<number>[] = []

      const failure = await (async () => {
        for await (const batch of together(batches(), itemsMax)) came.push(batch)
      })().catch((error: unknown) => error)

      expect(came.flatMap(({ items }) => items)).toEqual(all.flatMap(([items]) => items))
      expect(sum(came.map(({ skipped }) => skipped))).toBe(sum(all.map(([, skipped]) => skipped)))
      expect(came.at(-1)?.bytes.done).toBe(all.length > 0 ? all.length - 1 : undefined)
      expect(came.filter(({ items }) => items.length > itemsMax)).toEqual([])
      expect(came.length).toBeLessThanOrEqual(
        1 + Math.floor((2 * sum(all.map(([items]) => items.length))) / (itemsMax + 1)),
      )
      expect(failure).toEqual(breaks ? new Error('half a file') : undefined)
    }),
  )
})

const sum = (figures: readonly number[]): number => figures.reduce((all, one) => all + one, 0)
