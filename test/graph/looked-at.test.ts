import { expect, test } from '@jest/globals'
import { detectAgain, detectRings } from '../../graph/detect.ts'
import { limitsOf } from '../support/core/looked-at.ts'
import { manyTowns } from '../support/core/many-towns.ts'
import { kindOf } from '../support/core/tables.ts'

const options = { kindOf, onProgress: () => {} }

test('one event makes only what hangs together with its account be solved, of however many', async () => {
  const { state, late, tell } = await manyTowns(3, { late: 12 })
  let known = await detectRings(state, { ...options, method: 'cpm-leiden' })
  const accounts = known.table.facts.length
  const sums = { accountsSolved: 0, weeksCounted: 0, suspectsSolved: 0 }
  for (const event of late) {
    const change = await tell(event)
    const { detection, work } = detectAgain(known, change, options)
    const touched = detection.table.facts.findIndex(({ account }) => change.accounts.has(account))
    const limits = limitsOf(known, detection, touched)

    expect(work.accountsChanged).toBe(1)
    for (const name of ['accountsSolved', 'weeksCounted', 'suspectsSolved'] as const) {
      expect([event.id, name, Math.max(work[name], limits[name])]).toEqual([event.id, name, limits[name]])
      sums[name] += work[name]
    }
    expect(work.accountsJudged).toBeLessThan(accounts / 4)
    known = detection
  }
  expect(accounts).toBeGreaterThan(5_000)
  for (const sum of Object.values(sums)) expect(sum).toBeGreaterThan(0)
})
