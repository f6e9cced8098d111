import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Detection, detectAgain, detectRings } from '../../graph/detect.ts'
import { differencesOf } from '../support/core/detections.ts'
import { history, told, townHistory } from '../support/core/histories.ts'
import { kindOf } from '../support/core/tables.ts'
import { toldWorld } from '../support/core/town.ts'

const options = { kindOf, onProgress: () => {} }
const inFull = { ...options, method: 'cpm-leiden' } as const

test('detecting again after each change is detecting anew by the same statistics, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      let known: Detection | undefined
      for await (const { state, change } of told(steps)) {
        if (!known) {
          known = await detectRings(state, inFull)
          continue
        }
        const anew: Detection = await detectRings(state, { ...inFull, frozen: known.frozen })
        known = detectAgain(known, change, options).detection
        expect(differencesOf(known, anew)).toEqual([])
      }
    }),
    { numRuns: 40 },
  )
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
