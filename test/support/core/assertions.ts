/** What people may hold to be true of small populations. */
import fc from 'fast-check'
import type { Assertion, StoredEvent } from '../../../graph/model.ts'
import { day, start } from './states.ts'
import { names } from './tables.ts'

const account = fc.constantFrom(...names(32, 'a'))
export const thing = fc.constantFrom(
  ...names(8, '').flatMap((_, home) => [`device:0${home}`, `ip:home${home}`]),
  'ip:i0',
)

/** Facets of the addresses of `history`: each two, of different households, are of one. */
export const network = fc.constantFrom(...names(4, '').map((_, n) => `ip24:n${n}`))

export const withNetworks = (event: StoredEvent): StoredEvent => {
  const numbers = event.identifiers.flatMap(({ kind, ref }) =>
    kind === 'ip' ? [Number(ref.replace(/\D/g, '')) >> 1] : [],
  )
  const networks = [...new Set(numbers)].map((n) => ({ kind: 'ip24', ref: `n${n}`, mask: '' }))
  return { ...event, identifiers: [...event.identifiers, ...networks] }
}

const said = fc
  .record({
    kind: fc.constantFrom('same_actor', 'not_the_same', 'shared_by_design'),
    accounts: fc.uniqueArray(account, { minLength: 2, maxLength: 4 }),
    thing,
    at: fc.nat(9),
    expiresAt: fc.option(fc.constantFrom(start - day, start + 90 * day), { nil: undefined }),
    isRetracted: fc.boolean(),
  })
  .map(
    ({ kind, accounts, thing: key, at, expiresAt, isRetracted }): Omit<Assertion, 'id'> => ({
      kind: kind as Assertion['kind'],
      subjects: kind === 'shared_by_design' ? [key] : accounts,
      author: 'eve',
      reason: 'seen on camera',
      at,
      ...(expiresAt !== undefined && { expiresAt }),
      ...(isRetracted && at % 3 === 0 && { retractedAt: at + 1 }),
    }),
  )
/** Of the accounts and identifiers of `history`. */
export const assertions = fc
  .array(said, { minLength: 2, maxLength: 8 })
  .map((all) => all.map((one, place): Assertion => ({ id: `as_${place}`, ...one })))

export const holds = (kind: Assertion['kind'], subjects: readonly string[], at = 0): Assertion => ({
  id: `as_${kind}_${at}`,
  kind,
  subjects,
  author: 'eve',
  reason: 'seen on camera',
  at,
})
