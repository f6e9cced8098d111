import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Detection, detectAgain, detectRings, detectTable } from '../../graph/detect.ts'
import type { JudgingModels } from '../../graph/judging/models.ts'
import { shippedModels } from '../../graph/judging/shipped.ts'
import { changeTable } from '../../graph/projection/change-table.ts'
import type { KindLookup } from '../../graph/projection/entities.ts'
import type { Decision } from '../../graph/ring.ts'
import { changes } from '../support/core/changes.ts'
import { differencesOf } from '../support/core/detections.ts'
import { decided, history, told, townHistory } from '../support/core/histories.ts'
import { day, seen, start } from '../support/core/states.ts'
import { kindOf as shippedKind } from '../support/core/tables.ts'
import { toldWorld } from '../support/core/town.ts'
import { activeOf, lives, type Point } from './rings/lineage/lives.ts'

/** Cards are forgotten after a while here. */
const kindOf: KindLookup = (name) => {
  const kind = shippedKind(name)
  return kind && name === 'payment' ? { ...kind, keepDays: 30 } : kind
}
const options = { kindOf, onProgress: () => {} }
const inFull = { ...options, method: 'cpm-leiden' } as const

test('detecting again after each change is detecting anew by the same statistics, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      let known: Detection | undefined
      let decisions: readonly Decision[] = []
      const points: Record<'again' | 'anew', Point[]> = { again: [], anew: [] }
      for await (const { state, change, verdicts } of told(steps)) {
        const anew: Detection = await detectRings(state, {
          ...inFull,
          ...(known && { frozen: known.frozen }),
        })
        known = known ? detectAgain(known, change, options).detection : anew
        expect(differencesOf(known, anew)).toEqual([])
        points.again.push({ rings: known.rings, decisions })
        points.anew.push({ rings: anew.rings, decisions })
        const published = lives(points.again).at(-1)
        decisions = decided(decisions, published ? activeOf(published) : [], verdicts)
      }
      expect(lives(points.again)).toEqual(lives(points.anew))
    }),
    { numRuns: 25 },
  )
})

test('in full on what is remembered and changed is in full on what is read, whatever happened', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      let known: Detection | undefined
      let isAgain = false
      for await (const { state, change } of told(steps)) {
        const read: Detection = await detectRings(state, inFull)
        const full: Detection = known ? detectTable(changeTable(known.table, change).table, inFull) : read
        expect(differencesOf(full, read)).toEqual([])
        // Runs after a change come between.
        known = known && isAgain ? detectAgain(known, change, options).detection : full
        isAgain = !isAgain
      }
    }),
    { numRuns: 15 },
  )
})

test('the first sign-up there is is known of a table that changed', async () => {
  const step = { labels: [], erased: [] }
  const steps = [
    { ...step, events: ['ada', 'bob'].map((who) => seen(who, ['device:den'])) },
    { ...step, events: [seen('cyd', ['device:den'], { type: 'signup' })] },
  ]
  let known: Detection | undefined
  const births: boolean[] = []
  for await (const { state, change } of told(steps)) {
    const read: Detection = await detectRings(state, inFull)
    known = known ? detectTable(changeTable(known.table, change).table, inFull) : read
    expect(differencesOf(known, read)).toEqual([])
    births.push(known.table.dataHasSignups)
  }
  expect(births).toEqual([false, true])
})

test.each(changes)('$name: detected again as anew', async ({ steps }) => {
  let known: Detection | undefined
  for await (const { state, change } of told(steps)) {
    const anew: Detection = await detectRings(state, { ...inFull, ...(known && { frozen: known.frozen }) })
    known = known ? detectAgain(known, change, options).detection : anew
    expect(differencesOf(known, anew)).toEqual([])
  }
})

/** Models that look at an account's own record alone, so that nothing else makes them say otherwise. */
const aloof: JudgingModels = {
  ...shippedModels(),
  ...Object.fromEntries(
    (['first', 'second'] as const).map((round) => [
      round,
      {
        risk: {
          features: ['labelledFraud', 'payoutChanges'],
          base: -5_000_000,
          trees: [
            [0, 0, 'left', 0, 7_000_000, 0],
            [1, 0, 'left', 0, 6_000_000, 0],
          ],
        },
        compromise: { features: [], base: -8_000_000, trees: [] },
      },
    ]),
  ),
}

test('whoever is judged otherwise for what another is suspected of has a ring made anew', async () => {
  const longAgo = start - 1_000 * day
  const family = ['ada', 'bob', 'cyd'].map((who) =>
    seen(who, ['address:mill'], { createdAt: longAgo - 90 * day }),
  )
  const visit = (['login', 'payout_change'] as const).map((type) =>
    seen('ada', ['device:crook'], { type, at: longAgo }),
  )
  const step = { events: [], labels: [], erased: [] }
  const steps = [
    { ...step, events: [...family, ...visit, seen('crook', ['device:crook'])] },
    { ...step, labels: [{ account: 'crook', label: 'fraud', source: 'desk', at: start } as const] },
  ]
  let known: Detection | undefined
  for await (const { state, change } of told(steps)) {
    const frozen = known && { frozen: known.frozen }
    const anew: Detection = await detectRings(state, { ...inFull, ...frozen, models: aloof })
    const before = known
    known = known ? detectAgain(known, change, { ...options, models: aloof }).detection : anew
    expect(differencesOf(known, anew)).toEqual([])
    if (before) expect(known.rings).not.toEqual(before.rings)
  }
})

test('in a town with gangs little is looked at again, and nothing is found otherwise', async () => {
  const town = await toldWorld({ world: 'town', seed: 5, accounts: 500 })
  let known: Detection | undefined
  for await (const { state, change } of told(townHistory(town, 9))) {
    if (!known) {
      known = await detectRings(state, inFull)
      continue
    }
    const { detection, work } = detectAgain(known, change, options)
    const anew = await detectRings(state, { ...inFull, frozen: known.frozen })
    expect(differencesOf(detection, anew)).toEqual([])
    expect(work.accountsSolved).toBeLessThan(0.3 * detection.table.facts.length)
    known = detection
  }
  expect(known?.rings.length).toBeGreaterThan(10)
})
