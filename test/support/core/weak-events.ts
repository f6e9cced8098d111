/** Events that make weak evidence, and worlds of them. */
import fc from 'fast-check'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { day, seen, start } from './states.ts'

/** A device that nobody else uses: ln 5 between its two users. */
export const linked = (...accounts: readonly string[]): readonly StoredEvent[] =>
  accounts.map((account) => seen(account, [`device:of ${accounts.join()}`]))
/** Its evidence in nats, as detection rounds it. */
export const device = Math.round(Math.log(5) * 1e6) / 1e6

export const did = (account: string, at: number, more: Parameters<typeof seen>[2] = {}): StoredEvent =>
  seen(account, ['target:song'], { type: 'other', at, ...more })

/** Bands of a hash as they are stored; here in clear. */
export const bandsOf = (hash: string, kind = 'image'): readonly string[] =>
  shippedKinds
    .get(kind)
    ?.derive?.(hash, {})
    .map((band) => `${band.kind}:${band.text.replace(':', ' ')}`) ?? []

export const showed = (account: string, hash: string, at = start): StoredEvent =>
  seen(account, bandsOf(hash), { type: 'other', at })

const word = fc.constantFrom('0000', '1111', '2222', '3333', 'ffff')
export const hash = fc.tuple(word, word, word, word).map((words) => words.join(''))

const account = fc.constantFrom('ada', 'bob', 'cem', 'dora', 'eve')
const strong = fc.constantFrom('device:d1', 'device:d2', 'payment:p1', 'fingerprint:f1')
const strongEvent = fc
  // After 400 days a share says nothing any more, and nothing weak revives it.
  .record({ who: account, what: strong, dayOff: fc.constantFrom(0, 5, 20, 400) })
  .map(({ who, what, dayOff }) => seen(who, [what], { at: start + dayOff * day }))
const weakEvent = fc
  .record({
    who: account,
    targets: fc.uniqueArray(fc.constantFrom('target:t1', 'target:t2', 'ip:i1'), { maxLength: 2 }),
    hashes: fc.array(hash, { maxLength: 2 }),
    type: fc.constantFrom('other' as const, 'payment' as const, 'login_failed' as const),
    halves: fc.nat(6),
    dayOff: fc.nat(2),
  })
  .map(({ who, targets, hashes, type, halves, dayOff }) =>
    seen(who, [...new Set([...targets, ...hashes.flatMap((one) => bandsOf(one))])], {
      type,
      at: start + dayOff * day + halves * 4 * 60_000,
    }),
  )
export const world = fc.record({
  strong: fc.array(strongEvent, { minLength: 2, maxLength: 12 }),
  weak: fc.array(weakEvent, { minLength: 4, maxLength: 30 }),
})
