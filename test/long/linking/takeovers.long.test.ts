/** Takeovers: attackers' pivots that a published cohort holds, and cohorts that are none. */
import { afterAll, describe, expect, test } from '@jest/globals'
import type { TruthLine } from '../../../range/truth.ts'
import { type Found, findIn } from './found.ts'
import { seeds, worlds } from './orders.ts'
import { plantedPivots } from './planted-pivots.ts'
import { figure, report, right, sum } from './report.ts'
import { wholeWorld } from './told-world.ts'

const accounts = 20_000
const foundMin = 0.9
const falseMax = 1

/** Who is robbed there for something else: docs/range.md, "Takeovers that count". */
const apart: ReadonlySet<string> = new Set(['account_resale', 'camouflage_hijacked'])
/** Other families, together. */
const counted = 'ALL THAT COUNT'

interface Tally {
  readonly attack: string
  /** Rings with three victims and more, and those of them that brought a pivot. */
  readonly rings: number
  readonly withPivot: number
  readonly pivots: number
  readonly found: number
}

interface WorldRow {
  readonly world: string
  readonly pivots: number
  readonly found: number
  readonly cohorts: number
  readonly false: number
}

const families: (Tally & { world: string })[] = []
const rows: WorldRow[] = []

describe.each(worlds)('%s of 20,000', (world) => {
  test('shows nine in ten pivots in a cohort, and a false cohort a world at most', async () => {
    const tallies: Tally[] = []
    const cohorts: { false: number; all: number }[] = []
    for (const seed of seeds) {
      const { state, truth } = await wholeWorld({ world, seed, accounts })
      const found = await findIn(state)
      tallies.push(...talliesOf(found, truth))
      cohorts.push(falseCohorts(found, truth))
    }

    const own = together(tallies)
    families.push(...own.map((tally) => ({ world, ...tally })))
    const total = own.find(({ attack }) => attack === counted)
    const row = {
      world,
      pivots: total?.pivots ?? 0,
      found: total?.found ?? 0,
      cohorts: sum(cohorts.map(({ all }) => all)) / seeds.length,
      false: sum(cohorts.map((one) => one.false)) / seeds.length,
    }
    rows.push(row)
    expect(row.pivots).toBeGreaterThan(0)
    expect(row.found / row.pivots).toBeGreaterThanOrEqual(foundMin)
    expect(row.false).toBeLessThanOrEqual(falseMax)
  })
})

function talliesOf(found: Found, truth: readonly TruthLine[]): readonly Tally[] {
  const cohorts = publishedVictims(found)
  const pivots = plantedPivots(found.table, truth)
  const victims = Map.groupBy(
    truth.filter(({ role }) => role === 'victim'),
    ({ ring }) => ring ?? '',
  )
  return [...victims]
    .filter(([, lines]) => lines.length >= 3)
    .map(([ring, lines]) => {
      const own = pivots.filter((pivot) => pivot.ring === ring)
      const held = own.filter((pivot) => cohorts.some((cohort) => holdsHalf(cohort, pivot.victims)))
      return {
        attack: lines[0]?.attack ?? '',
        rings: 1,
        withPivot: Number(own.length > 0),
        pivots: own.length,
        found: held.length,
      }
    })
}

const holdsHalf = (cohort: ReadonlySet<number>, victims: readonly number[]): boolean =>
  victims.filter((account) => cohort.has(account)).length * 2 >= victims.length

/** The victims of each cohort that stayed with it. */
const publishedVictims = ({ grouping: { labels, takeovers } }: Found): readonly ReadonlySet<number>[] =>
  [...takeovers].map(
    ([label, { victims }]) => new Set([...victims.keys()].filter((account) => labels[account] === label)),
  )

function falseCohorts(found: Found, truth: readonly TruthLine[]) {
  const robbed = new Set(truth.filter(({ role }) => role === 'victim').map(({ account }) => account))
  const cohorts = publishedVictims(found)
  const isTrue = (account: number): boolean => robbed.has(found.table.facts.idAt(account))
  const wrong = cohorts.filter((cohort) => [...cohort].filter(isTrue).length * 2 < cohort.size)
  return { false: wrong.length, all: cohorts.length }
}

/** By family, those that count together, and those that stand apart. */
function together(tallies: readonly Tally[]): readonly Tally[] {
  const added = (attack: string, own: readonly Tally[]): Tally => ({
    attack,
    rings: sum(own.map(({ rings }) => rings)),
    withPivot: sum(own.map(({ withPivot }) => withPivot)),
    pivots: sum(own.map(({ pivots }) => pivots)),
    found: sum(own.map(({ found }) => found)),
  })
  const byFamily = [...Map.groupBy(tallies, ({ attack }) => attack)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([attack, own]) => added(attack, own))
  const isApart = ({ attack }: Tally): boolean => apart.has(attack)
  return [
    ...byFamily.filter((tally) => !isApart(tally)),
    added(
      counted,
      tallies.filter((tally) => !isApart(tally)),
    ),
    ...byFamily.filter(isApart).map((tally) => ({ ...tally, attack: `apart: ${tally.attack}` })),
    added('all, those apart too', tallies),
  ]
}

const shareOf = ({ pivots, found }: { pivots: number; found: number }): string =>
  pivots === 0 ? '-' : figure(found / pivots)

afterAll(() => {
  report('Planted pivots by family', families, [
    { title: 'WORLD', text: ({ world }) => world },
    { title: 'FAMILY', text: ({ attack }) => attack },
    right('RINGS OF 3 VICTIMS', ({ rings }) => String(rings)),
    right('WITH A PIVOT', ({ withPivot }) => String(withPivot)),
    right('PIVOTS', ({ pivots }) => String(pivots)),
    right('FOUND', ({ found }) => String(found)),
    right('SHARE', shareOf),
  ])
  report('Takeover cohorts', rows, [
    { title: 'WORLD', text: ({ world }) => world },
    right('PIVOTS THAT COUNT', ({ pivots }) => String(pivots)),
    right('FOUND', shareOf),
    right('COHORTS A WORLD', ({ cohorts }) => figure(cohorts, 1)),
    right('FALSE A WORLD', (row) => figure(row.false, 1)),
  ])
})
