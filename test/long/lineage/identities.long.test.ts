/**
 * Ids a planted ring has over 30 daily runs. `LINEAGE_WORLDS=lives,town LINEAGE_SEEDS=1-3 LINEAGE_ACCOUNTS=2000` say
 * otherwise; seeds from 1,000 on are for reports.
 */
import { afterAll, describe, expect, test } from '@jest/globals'
import { familyOf } from '../../../range/attacks/lives/catalogue.ts'
import { type Identities, identities, idsPerRing } from '../../../range/metrics/identities.ts'
import { table } from '../../../src/cli/table.ts'
import { dailyRuns, publishedAt } from '../../support/daily-runs.ts'

const days = 30
const idsMax = 1.1
const worlds = (process.env['LINEAGE_WORLDS'] ?? 'lives,town').split(',')
const accounts = Number(process.env['LINEAGE_ACCOUNTS'] ?? 2_000)
const [firstSeed = 1, lastSeed = firstSeed] = (process.env['LINEAGE_SEEDS'] ?? '1-3').split('-').map(Number)
const seeds = Array.from({ length: lastSeed - firstSeed + 1 }, (_, n) => firstSeed + n)

interface Row {
  readonly world: string
  readonly what: string
  readonly families: readonly Identities[]
}
const rows: Row[] = []

describe.each(worlds)('%s', (world) => {
  test(`has at most ${idsMax} ids a ring over ${days} daily runs`, async () => {
    const all: Identities[] = []
    for (const seed of seeds) {
      const { runs, truth } = await dailyRuns({ world, seed, accounts }, days)
      const families = identities(runs.map(publishedAt), truth, world === 'lives' ? familyOf : undefined)
      rows.push({ world, what: `seed ${seed}`, families })
      all.push(...families)
    }
    for (const [attack, families] of Map.groupBy(all, (one) => one.attack))
      rows.push({ world, what: attack, families })
    rows.push({ world, what: 'all', families: all })

    expect(idsPerRing(all)).toBeLessThanOrEqual(idsMax)
  })
})

afterAll(() =>
  console.info(
    `Ids a ring over ${days} daily runs, worlds of ${accounts} accounts\n${table(
      rows,
      [
        { title: 'WORLD', text: ({ world }) => world },
        { title: 'WHAT', text: ({ what }) => what },
        { title: 'RINGS', text: ({ families }) => String(ringsOf(families)), align: 'right' },
        { title: 'IDS A RING', text: ({ families }) => idsPerRing(families).toFixed(3), align: 'right' },
      ],
      (text) => text,
    )}`,
  ),
)

const ringsOf = (families: readonly Identities[]): number =>
  families.reduce((sum, { rings }) => sum + rings, 0)
