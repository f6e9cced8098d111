/** The same attacks in ever larger populations: what is found must not fade as honest people join. */
import { afterAll, describe, expect, test } from '@jest/globals'
import { ringSizeMin } from '../../../graph/rings/community.ts'
import { type RingTally, ringFigures, ringTallies } from '../../../range/metrics/ring-tallies.ts'
import { findIn, groupsOf } from './found.ts'
import { seeds, worlds } from './orders.ts'
import { figure, report, right } from './report.ts'
import { type GrowingWorld, growing } from './told-world.ts'

const attacked = 3_000
const sizes = [3_000, 6_000, 12_000, 24_000, 48_000]
const fallMax = 0.05

const rows: { world: string; size: number; rings: number; recall: number; precision: number }[] = []

describe.each(worlds)('%s', (world) => {
  test('loses no rings and no precision to sixteen times as many honest accounts', async () => {
    const tallies = new Map<number, RingTally[]>(sizes.map((size) => [size, []]))
    for (const seed of seeds) {
      const order = { world, seed, accounts: attacked, crowd: 48_000 - attacked }
      await growing(order, sizes, async (size, told) => {
        tallies.get(size)?.push(...(await talliesIn(told)))
      })
    }

    const found = sizes.map((size) => ({ size, ...ringFigures(tallies.get(size) ?? []) }))
    for (const { size, recall50, pairPrecision } of found) {
      const rings = tallies.get(size)?.length ?? 0
      rows.push({ world, size, rings, recall: recall50, precision: pairPrecision })
    }
    const falls = (of: (one: (typeof found)[number]) => number) =>
      Math.max(...found.map((one) => (found[0] ? of(found[0]) : 0) - of(one)))
    expect(falls(({ recall50 }) => recall50)).toBeLessThanOrEqual(fallMax)
    expect(falls(({ pairPrecision }) => pairPrecision)).toBeLessThanOrEqual(fallMax)
  })
})

/** Groups as links make them, before anybody is judged. */
async function talliesIn({ state, truth }: GrowingWorld): Promise<readonly RingTally[]> {
  const { table, grouping } = await findIn(state)
  const published = groupsOf(grouping.labels, ringSizeMin).flatMap((accounts, ring) =>
    accounts.map((number) => ({
      account: table.facts.idAt(number),
      ring: String(ring),
      role: 'core',
      flagged: false,
    })),
  )
  return ringTallies(published, truth)
}

afterAll(() =>
  report('Growth round the same attacks', rows, [
    { title: 'WORLD', text: ({ world }) => world },
    right('ACCOUNTS', ({ size }) => String(size)),
    right('RINGS', ({ rings }) => String(rings)),
    right('RECALL .5', ({ recall }) => figure(recall)),
    right('PAIR P', ({ precision }) => figure(precision)),
  ]),
)
