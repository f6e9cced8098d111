import { expect, test } from '@jest/globals'
import { tiesOf } from '../../../graph/evidence/account-facts.ts'
import { isToldAlready } from '../../../graph/evidence/seen-through.ts'
import { indexedState } from '../../support/core/indexed-state.ts'
import { day, seen, start, stateOf } from '../../support/core/states.ts'

type Visit = readonly [session: string | undefined, identifiers: readonly string[], day: number]

/** Through what an account showed an identifier, by its visits. */
async function throughOf(identifier: string, visits: readonly Visit[]) {
  const events = visits.map(([session, what, dayOff]) =>
    seen('ada', what, { at: start + dayOff * day, ...(session !== undefined && { session }) }),
  )
  const [state] = (await indexedState(stateOf(events))).states
  return tiesOf(state ?? { uses: [] }).find(({ kind, ref }) => `${kind}:${ref}` === identifier)?.through
}

test('a line is seen through the devices in all of its sessions', async () => {
  expect(
    await throughOf('ip:home', [
      ['s1', ['device:tablet', 'cookie:c', 'ip:home'], 0],
      ['s2', ['device:tablet', 'ip:home'], 1],
      ['s3', ['device:phone'], 2],
    ]),
  ).toEqual(['device:tablet'])
})

test('nothing is said of a line with a session of its own, or a day that no session tells of', async () => {
  const onTablet = ['s1', ['device:tablet', 'ip:home'], 0] as const

  expect(await throughOf('ip:home', [onTablet, ['s2', ['ip:home'], 0]])).toBeUndefined()
  expect(await throughOf('ip:home', [onTablet, [undefined, ['ip:home'], 1]])).toBeUndefined()
  expect(await throughOf('ip:home', [[undefined, ['device:tablet', 'ip:home'], 0]])).toBeUndefined()
})

test('only the newest sessions are kept, so a long use is never told away', async () => {
  const sessions = Array.from({ length: 12 }, (_, n) => [`s${n}`, ['device:tablet', 'ip:home'], n] as const)

  expect(await throughOf('ip:home', sessions.slice(0, 8))).toEqual(['device:tablet'])
  expect(await throughOf('ip:home', sessions)).toBeUndefined()
})

test('money, addresses and devices speak for themselves', async () => {
  const visit = [['s1', ['device:tablet', 'payment:card', 'address:home'], 0]] as const

  for (const identifier of ['payment:card', 'address:home', 'device:tablet'])
    expect(await throughOf(identifier, visit)).toBeUndefined()
})

test('two accounts are told by the same carrier, not by one each', async () => {
  const through = (...carriers: string[]) => ({ through: carriers })

  expect(isToldAlready(through('device:a', 'device:b'), through('device:b'))).toBe(true)
  expect(isToldAlready(through('device:a'), through('device:b'))).toBe(false)
  expect(isToldAlready(through('device:a'), {})).toBe(false)
})
