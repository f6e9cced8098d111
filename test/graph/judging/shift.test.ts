import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { detectRings, linkAccounts } from '../../../graph/detect.ts'
import { judgingInput } from '../../../graph/judging/features/input.ts'
import type { JudgingModels } from '../../../graph/judging/models.ts'
import { shiftOf } from '../../../graph/judging/shift.ts'
import { shippedModels } from '../../../graph/judging/shipped.ts'
import { publishedRings } from '../../../graph/rings/assemble.ts'
import { modelsFinding } from '../../../src/views/models-finding.ts'
import { seen, stateOf } from '../../support/core/states.ts'
import { kindOf, names } from '../../support/core/tables.ts'

const options = { expected: { flagged: 0.02, reviewed: 0.05 }, flagMin: 0.9, reviewMin: 0.35 }

describe('models that say too much', () => {
  test('are those that flag or have reviewed more than twice what they ever did', () => {
    const counts = fc.record({
      flagged: fc.nat(300),
      reviewed: fc.nat(300),
      plain: fc.integer({ min: 0, max: 2_000 }),
    })
    fc.assert(
      fc.property(counts, ({ flagged, reviewed, plain }) => {
        const risk = Float64Array.from([
          ...Array<number>(flagged).fill(0.95),
          ...Array<number>(reviewed).fill(0.5),
          ...Array<number>(plain).fill(0.01),
        ])
        const found = shiftOf(risk, options)
        const accounts = risk.length
        if (accounts === 0) return expect(found).toEqual({ flagged: 0, reviewed: 0, alarm: false })
        expect(found.flagged).toBeCloseTo(flagged / accounts, 12)
        expect(found.reviewed).toBeCloseTo((flagged + reviewed) / accounts, 12)
        const isFlagging = flagged >= 50 && flagged > 0.04 * accounts
        const isReviewing = flagged + reviewed >= 50 && flagged + reviewed > 0.1 * accounts
        expect(found.alarm).toBe(isFlagging || isReviewing)
      }),
    )
  })

  test('flag nobody and call nothing a ring, but go on linking and reviewing', async () => {
    const gangs = Array.from({ length: 20 }, (_, at) => names(5, `gang${at}_`))
    const state = stateOf(
      gangs.flatMap((gang, at) => gang.map((account) => seen(account, [`device:${at}`], { type: 'signup' }))),
    )
    const linking = { kindOf, method: 'cpm-leiden', onProgress: () => {} } as const
    const linked = await linkAccounts(state, linking)
    const input = judgingInput({ ...linked, kindOf })
    const sure = suspicious(shippedModels(), 30)
    const calm = { ...sure, expected: { flagged: 1, reviewed: 1 } }

    const quiet = publishedRings(input, { grouping: linked.grouping, models: calm })
    const alarmed = publishedRings(input, { grouping: linked.grouping, models: sure })
    const detected = await detectRings(state, { ...linking, models: sure })

    const flagged = (rings: typeof quiet.rings) =>
      rings.flatMap(({ members }) => members.filter((one) => one.flagged))
    expect(flagged(quiet.rings)).toHaveLength(100)
    expect(new Set(quiet.rings.map(({ head }) => head.class))).toEqual(new Set(['fraud_ring']))
    expect(flagged(alarmed.rings)).toEqual([])
    expect(new Set(alarmed.rings.map(({ head }) => head.class))).toEqual(new Set(['uncertain']))
    expect(alarmed.rings.map(({ members }) => members.map(({ account, risk }) => [account, risk]))).toEqual(
      quiet.rings.map(({ members }) => members.map(({ account, risk }) => [account, risk])),
    )
    expect(detected.shift).toEqual({ flagged: 1, reviewed: 1, alarm: true })
    expect(modelsFinding({ calibration: 'shipped', shift: detected.shift })).toMatchObject({
      state: 'wrong',
      detail: expect.stringContaining('would flag 100.0 % of accounts'),
    })
  })
})

/** The same models, by so many log-odds surer of everybody. */
const suspicious = (models: JudgingModels, logOdds: number): JudgingModels => ({
  ...models,
  second: {
    ...models.second,
    risk: { ...models.second.risk, base: models.second.risk.base + logOdds * 1e6 },
  },
})

test('doctor says whose models judge, and which cannot be read', () => {
  expect(modelsFinding({})).toMatchObject({ state: 'ok', detail: expect.stringContaining('as shipped') })
  expect(modelsFinding({ calibration: 'local', localModels: 'models_1' }).detail).toContain('models_1')
  expect(modelsFinding({ calibration: 'shipped', unreadableModels: 'models_1' })).toMatchObject({
    state: 'warning',
    detail: expect.stringContaining('models_1 were made by another version'),
  })
})
