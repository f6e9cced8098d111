import { expect, test } from '@jest/globals'
import { activeDays, fittingSaying, unsharedKinds } from '../../../graph/explain/compare.ts'
import { linksBetween } from '../../../graph/explain/strongest-links.ts'
import { isDerived } from '../../../graph/identifiers/registry.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { nothingPublic } from '../../../graph/projection/publicness.ts'
import { dayOf } from '../../../graph/time.ts'
import { indexedState } from '../../support/core/indexed-state.ts'
import { day, seen, start, stateOf } from '../../support/core/states.ts'
import { kindOf } from '../../support/core/tables.ts'

async function bothOf(events: readonly StoredEvent[]) {
  const state = await indexedState(stateOf(events))
  const [ada, bob] = await state.accounts(['ada', 'bob'])
  if (!ada || !bob) throw new Error('Two accounts are compared')
  const [link] = await linksBetween(state, [['ada', 'bob']], { kindOf, publicness: nothingPublic })
  return { ada, bob, link }
}

test('a kind of which they share one is not among those they share nothing of', async () => {
  const { ada, bob } = await bothOf([
    seen('ada', ['device:d1', 'payment:p1', 'payout:o1']),
    seen('bob', ['device:d1', 'device:d2', 'payment:p2']),
  ])

  const rows = unsharedKinds(ada, bob, { kindOf, isDerived })

  expect(rows.map(({ kind, a, b }) => [kind, a.told.length, b.told.length])).toEqual([
    ['payment', 1, 1],
    ['payout', 1, 0],
  ])
})

test('days are of the time asked for, and tell who did something, and who both in one minute', async () => {
  const { ada, bob } = await bothOf([
    seen('ada', ['device:d1'], { at: start }),
    seen('ada', ['device:d1'], { at: start + 40 * day }),
    seen('ada', ['device:d1'], { type: 'payment', at: start + 40 * day + 10_000 }),
    seen('bob', ['device:d1'], { at: start + 40 * day + 20_000 }),
    seen('bob', ['device:d1'], { at: start + 41 * day }),
  ])

  const days = activeDays(ada, bob, { asOf: start + 42 * day - 1, days: 30 })

  expect(days).toEqual([
    { day: dayOf(start) + 40, a: 2, b: 1, isSameMinute: true },
    { day: dayOf(start) + 41, a: 0, b: 1, isSameMinute: false },
  ])
})

test('what fits is a home where all that counts is of a home, one actor where it is more, else nothing', async () => {
  const fits = async (...shared: readonly string[]) => {
    const { link } = await bothOf([
      seen('ada', ['cookie:a', ...shared]),
      seen('bob', ['cookie:b', ...shared]),
    ])
    return link && fittingSaying(link, kindOf)
  }

  expect(await fits('address:home')).toBe('household')
  expect(await fits('cookie:c', 'payout:o', 'device:d')).toBe('same_actor')
  expect(await fits('payment:p')).toBeUndefined()
  expect(await fits('address:home', 'payment:p')).not.toBe('household')
  expect(await fits()).toBe('not_the_same')
})

test('links of many pairs come in the order asked, with nothing where a pair is not known', async () => {
  const state = await indexedState(stateOf([seen('ada', ['device:d1']), seen('bob', ['device:d1'])]))

  const links = await linksBetween(state, [undefined, ['ada', 'bob'], ['ada', 'nobody']], {
    kindOf,
    publicness: nothingPublic,
  })

  expect(links.map((link) => link && [link.a, link.b])).toEqual([undefined, ['ada', 'bob'], undefined])
})
