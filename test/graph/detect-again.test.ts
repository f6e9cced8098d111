import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Detection, detectAgain, detectRings } from '../../graph/detect.ts'
import type { AccountState, IdentifierState } from '../../graph/model.ts'
import { differencesOf } from '../support/core/detections.ts'
import { history, told } from '../support/core/histories.ts'
import { stateOf } from '../support/core/states.ts'
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

test('in a town with gangs one late event makes only what it touches be looked at, and nothing is found otherwise', async () => {
  const { events, labels } = await toldWorld({ world: 'town', seed: 5, accounts: 600 })
  const late = events.filter((_, at) => at % 97 === 0).slice(0, 4)
  const heard = events.filter((event) => !late.includes(event))
  let known = await detectRings(stateOf(heard, labels), inFull)
  for (const event of late) {
    heard.push(event)
    const state = stateOf(heard, labels)
    const { detection, work } = detectAgain(known, await changeOf(state, event.account), options)

    const anew = await detectRings(state, { ...inFull, frozen: known.frozen })
    expect(differencesOf(detection, anew)).toEqual([])
    expect(work.accountsChanged).toBe(1)
    expect(work.accountsSolved).toBeLessThan(0.05 * detection.table.facts.length)
    known = detection
  }
  expect(known.rings.length).toBeGreaterThan(10)
})

/** One account as it is now, and all identifiers: those that are as they were change nothing. */
async function changeOf(state: ReturnType<typeof stateOf>, account: string) {
  const accounts = new Map<string, AccountState>()
  for await (const batch of state.scanAccounts())
    for (const one of batch) if (one.account === account) accounts.set(account, one)
  const identifiers: IdentifierState[] = []
  for await (const batch of state.scanIdentifiers()) identifiers.push(...batch)
  return { accounts, identifiers }
}
