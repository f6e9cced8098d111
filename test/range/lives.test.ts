/** A small world whose rings change from day to day, lived through; the long suite does it at size. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { familyOf } from '../../range/attacks/lives/catalogue.ts'
import { identities, idsPerRing } from '../../range/metrics/identities.ts'
import { dailyRuns, type LivedWorld, publishedAt } from '../support/daily-runs.ts'

let world: LivedWorld
beforeAll(async () => {
  world = await dailyRuns({ world: 'lives', seed: 6, accounts: 700 }, 6)
}, 120_000)

describe('through six daily runs', () => {
  test('rings that grow and change keep their ids', () => {
    const families = identities(world.runs.map(publishedAt), world.truth, familyOf)

    expect(families.length).toBeGreaterThanOrEqual(2)
    expect(idsPerRing(families)).toBeLessThanOrEqual(1.1)
  })

  test('most rings of honest people do not change their accounts, and none loses its id by that', () => {
    const rows = world.runs.slice(1).flatMap(({ changes }) => changes)
    const still = rows.filter(({ joined, left }) => joined.length + left.length === 0)

    expect(still.length / rows.length).toBeGreaterThan(0.8)
    expect(new Set(still.map(({ kind }) => kind))).toEqual(new Set(['continued', 'reclassified']))
  })
})
