/** What followed a takeover is what the account's events of the three days after show, and nothing else. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { aftermathOf, sumsOf } from '../../../graph/explain/aftermath.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { indexedState } from '../../support/core/indexed-state.ts'
import { day, seen, start, stateOf } from '../../support/core/states.ts'
import { tableOf } from '../../support/core/tables.ts'

const at = start + 10 * day
const pivot = { kind: 'device', ref: 'theirs' }

const event = fc
  .record({
    type: fc.constantFrom('login', 'payment', 'payout', 'credential_change'),
    outcome: fc.constantFrom('success', 'failure'),
    identifiers: fc.uniqueArray(
      fc.constantFrom('device:theirs', 'device:own', 'email:e1', 'email:e2', 'payout:p1', 'payout:p2'),
      { maxLength: 3 },
    ),
    // The ends of the three days, and a millisecond beyond each.
    when: fc.constantFrom(-day, -1, 0, 1, day, 3 * day, 3 * day + 1, 9 * day),
    session: fc.constantFrom('s1', 's2', 's3'),
    amount: fc.option(fc.constantFrom(0.1, 0.2, 10), { nil: undefined }),
    to: fc.option(fc.constantFrom('bob', 'cem'), { nil: undefined }),
  })
  .map(
    ({ type, outcome, identifiers, when, session, amount, to }): StoredEvent =>
      seen('ada', identifiers, {
        type: type as StoredEvent['type'],
        outcome: outcome as StoredEvent['outcome'],
        at: at + when,
        session,
        ...(amount !== undefined && { amount, currency: 'EUR' }),
        ...(to !== undefined && { relations: [{ account: to, relation: 'paid' as const }] }),
      }),
  )
const events = fc.uniqueArray(event, {
  selector: ({ at: when, type }) => `${when} ${type}`,
  minLength: 1,
  maxLength: 8,
})

test('its sessions, new addresses and moves of money are those of the events', async () => {
  await fc.assert(
    fc.asyncProperty(events, async (all) => {
      const [state] = await (await indexedState(stateOf(all))).accounts(['ada'])
      const table = await tableOf(all)
      const shows = (one: StoredEvent, key: string) =>
        one.identifiers.some(({ kind, ref }) => `${kind}:${ref}` === key)
      const isAfter = (when: number) => when >= at && when <= at + 3 * day
      const newOf = (kind: string) =>
        ['1', '2'].flatMap((n) => {
          const times = all.filter((one) => shows(one, `${kind}:${kind[0]}${n}`)).map((one) => one.at)
          return times.length > 0 && isAfter(Math.min(...times))
            ? [{ kind, ref: `${kind[0]}${n}`, mask: '' }]
            : []
        })
      const moves = all
        .filter(({ type, at: when }) => (type === 'payment' || type === 'payout') && isAfter(when))
        .map(({ type, at: when, outcome, amount, currency, relations: [relation] }) => ({
          what: type,
          at: when,
          outcome,
          ...(amount !== undefined && { amount, currency }),
          ...(relation && { to: relation.account }),
        }))

      const found = aftermathOf(state, { met: [pivot], at, table })

      expect(found.sessions).toBe(
        new Set(all.filter((one) => shows(one, 'device:theirs')).map(({ session }) => session)).size,
      )
      expect([found.emails, found.payouts]).toEqual([newOf('email'), newOf('payout')])
      expect(new Set(found.money)).toEqual(new Set(moves))
      expect(found.money.map((move) => move.at)).toEqual(
        moves.map((move) => move.at).toSorted((x, y) => x - y),
      )
      for (const { outcome, currency, amount, count } of sumsOf(found.money)) {
        const own = found.money.filter((move) => move.outcome === outcome && move.currency === currency)
        const cents = own.reduce((sum, move) => sum + Math.round((move.amount ?? 0) * 100), 0)
        expect([Math.round(amount * 100) / 100, count]).toEqual([amount, own.length])
        expect(amount * 100).toBeCloseTo(cents, 6)
      }
      const counted = sumsOf(found.money).reduce((sum, { count }) => sum + count, 0)
      expect(counted).toBe(found.money.filter(({ amount }) => amount !== undefined).length)
    }),
    { numRuns: 300 },
  )
})

test('of an account that could not be read nothing is told', async () => {
  expect(aftermathOf(undefined, { met: [pivot], at, table: await tableOf([]) })).toEqual({
    sessions: 0,
    emails: [],
    payouts: [],
    money: [],
  })
})
