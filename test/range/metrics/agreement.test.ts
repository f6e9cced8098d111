import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { agreement } from '../../../range/metrics/agreement.ts'

type Labels = readonly string[]

const labels = (length: number) =>
  fc.array(fc.constantFrom('x', 'y', 'z', 'w'), { minLength: length, maxLength: length })
const two = (most: number) =>
  fc.integer({ min: 1, max: most }).chain((length) => fc.tuple(labels(length), labels(length)))

/** Every order there is of a few items. */
const ordersOf = (items: Labels): readonly Labels[] =>
  items.length < 2
    ? [items]
    : items.flatMap((item, at) => ordersOf(items.toSpliced(at, 1)).map((rest) => [item, ...rest]))

const pairsTogether = (a: Labels, b: Labels) =>
  a.reduce((sum, _, x) => sum + a.filter((__, y) => x < y && a[x] === a[y] && b[x] === b[y]).length, 0)

function information(a: Labels, b: Labels): number {
  const share = (wanted: (at: number) => boolean) => a.filter((_, at) => wanted(at)).length / a.length
  let sum = 0
  for (const x of new Set(a)) {
    for (const y of new Set(b)) {
      const both = share((at) => a[at] === x && b[at] === y)
      if (both > 0) sum += both * Math.log(both / (share((at) => a[at] === x) * share((at) => b[at] === y)))
    }
  }
  return sum
}

/** By what the figures mean: what is reached beyond the average over all orders, of what could be. */
function slowAgreement(a: Labels, b: Labels) {
  const orders = ordersOf(b)
  const mean = (of: (shuffled: Labels) => number) =>
    orders.reduce((sum, shuffled) => sum + of(shuffled), 0) / orders.length
  const beyond = (of: (x: Labels, y: Labels) => number) => {
    const chance = mean((shuffled) => of(a, shuffled))
    const most = (of(a, a) + of(b, b)) / 2
    return { above: of(a, b) - chance, room: most - chance }
  }
  return { ari: beyond(pairsTogether), ami: beyond(information) }
}

test('agrees with dealing the labels out in every order', () => {
  fc.assert(
    fc.property(two(6), ([a, b]) => {
      const slow = slowAgreement(a, b)
      const found = agreement(a, b)

      // Without room every partition of these sizes is as good as the other.
      if (slow.ari.room > 1e-9) expect(found.ari).toBeCloseTo(slow.ari.above / slow.ari.room, 8)
      if (slow.ami.room > 1e-9) expect(found.ami).toBeCloseTo(slow.ami.above / slow.ami.room, 8)
    }),
    { numRuns: 200 },
  )
})

describe('both figures', () => {
  test('are 1 for the same partition under other names', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }).chain(labels), (a) => {
        const { ari, ami } = agreement(
          a,
          a.map((label) => `other ${label}`),
        )

        expect(ari).toBeCloseTo(1, 9)
        expect(ami).toBeCloseTo(1, 9)
      }),
    )
  })

  test('are the same from either side and in any order of items', () => {
    fc.assert(
      fc.property(two(30), ([a, b]) => {
        const { ari, ami } = agreement(a, b)
        const other = agreement(b.toReversed(), a.toReversed())

        expect(other.ari).toBeCloseTo(ari, 9)
        expect(other.ami).toBeCloseTo(ami, 9)
      }),
    )
  })

  test('are about 0 for one cluster of all, and for nobody in any', () => {
    const truth = ['p', 'p', 'p', 'q', 'q', 'q']

    expect(
      agreement(
        truth,
        truth.map(() => 'all'),
      ),
    ).toEqual({ ari: 0, ami: 0 })
    expect(agreement(truth, ['1', '2', '3', '4', '5', '6']).ari).toBe(0)
    expect(agreement(truth, ['1', '2', '3', '4', '5', '6']).ami).toBeCloseTo(0, 9)
  })
})
