/** Places are given in the order asked for, never more than there are, and to nobody after the time. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { turnsOf } from '../../../src/pages/turns.ts'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

const visit = fc.record({ at: fc.integer({ min: 0, max: 40 }), stays: fc.integer({ min: 1, max: 12 }) })

/** When each would begin, one millisecond after the other; undefined where it is refused. */
function expected(
  visits: readonly { readonly at: number; readonly stays: number }[],
  { placesMax, waitersMax, waitMaxMs }: { placesMax: number; waitersMax: number; waitMaxMs: number },
): readonly (number | undefined)[] {
  const began = visits.map((): number | undefined => undefined)
  const endOf = (i: number): number => (began[i] ?? Infinity) + (visits[i]?.stays ?? 0)
  let queue: number[] = []
  for (let now = 0; now <= 400; now++) {
    const inside = () => visits.filter((_, i) => (began[i] ?? Infinity) <= now && endOf(i) > now).length
    const isLeft = (i: number): boolean => (visits[i]?.at ?? 0) + waitMaxMs > now
    while (queue.length > 0 && inside() < placesMax) began[queue.shift() ?? 0] = now
    queue = queue.filter(isLeft)
    visits.forEach(({ at }, i) => {
      if (at !== now) return
      if (inside() < placesMax) began[i] = now
      else if (queue.length < waitersMax) queue.push(i)
    })
  }
  return began
}

test('whoever asks is let in as early as one after the other allows, or refused', async () => {
  const options = fc.record({
    placesMax: fc.integer({ min: 1, max: 3 }),
    waitersMax: fc.integer({ min: 0, max: 4 }),
    waitMaxMs: fc.integer({ min: 1, max: 15 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(visit, { maxLength: 15 }), options, async (given, some) => {
      const visits = given.toSorted((a, b) => a.at - b.at)
      const turns = turnsOf(some)
      const began = visits.map((): number | undefined => undefined)
      let refused = 0
      let now = 0
      const ends = new Map<number, (() => void)[]>()

      for (; now <= 400; now++) {
        for (const giveBack of ends.get(now) ?? []) giveBack()
        await jest.advanceTimersByTimeAsync(0)
        await jest.advanceTimersByTimeAsync(now === 0 ? 0 : 1)
        visits.forEach(({ at, stays }, i) => {
          if (at !== now) return
          void turns.take().then(
            (giveBack) => {
              began[i] = now
              ends.set(now + stays, [...(ends.get(now + stays) ?? []), giveBack])
            },
            () => (refused += 1),
          )
        })
        await jest.advanceTimersByTimeAsync(0)
      }

      const answers = expected(visits, some)
      expect(began).toEqual(answers)
      expect(refused).toBe(answers.filter((at) => at === undefined).length)
    }),
    { numRuns: 60 },
  )
})

test('whose turn came leaves no clock running', async () => {
  const turns = turnsOf({ placesMax: 1, waitersMax: 1, waitMaxMs: 1_000 })
  const giveBack = await turns.take()
  const second = turns.take()

  giveBack()
  await second

  expect(jest.getTimerCount()).toBe(0)
})
