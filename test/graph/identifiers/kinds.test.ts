import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { noFacetTables } from '../../../graph/identifiers/facet-tables.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { validValueOf, valueOf } from './arbitraries.ts'

/** Features whose canonical text names nobody, so people may see all of it. */
const shownWhole = new Set(['asn', 'emailDomain'])
/** All masks there are; most kinds have the empty one. */
const maskShape = /^(?:\*@.+|…[0-9A-Za-z]{4}|\+\d{1,3} …|[0-9.]+\.\*\.\*|[0-9a-f]+:[0-9a-f]+:\*|)$/

describe.each([...shippedKinds.values()].map((kind) => [kind.name, kind] as const))(
  'kind %s',
  (name, kind) => {
    test('normalising what is canonical changes nothing', () => {
      fc.assert(
        fc.property(valueOf(name), (value) => {
          const canonical = kind.normalise(value)
          if (canonical === undefined) return

          expect(kind.normalise(canonical)).toBe(canonical)
        }),
        { numRuns: 500 },
      )
    })

    test('takes what it is made for', () => {
      const taken = fc
        .sample(validValueOf(name), { seed: 1, numRuns: 200 })
        .filter((value) => kind.normalise(value))

      expect(taken.length).toBeGreaterThan(100)
    })

    test('a canonical text is clean and short', () => {
      fc.assert(
        fc.property(valueOf(name), (value) => {
          const canonical = kind.normalise(value)
          if (canonical === undefined) return

          expect(Buffer.byteLength(canonical)).toBeLessThanOrEqual(512)
          expect(canonical).not.toBe('')
          expect(canonical).toBe(canonical.normalize('NFC'))
          expect(canonical).not.toMatch(/\0|\p{Surrogate}/u)
        }),
      )
    })

    test('refuses NUL, half a surrogate pair, nothing and too much', () => {
      for (const valid of fc.sample(validValueOf(name), { seed: 2, numRuns: 20 })) {
        for (const spoilt of [`${valid}\0`, `a${valid}\ud800`, `\udc00${valid}a`]) {
          expect(kind.normalise(spoilt)).toBeUndefined()
        }
      }
      expect(kind.normalise('')).toBeUndefined()
      expect(kind.normalise(' \t ')).toBeUndefined()
      expect(kind.normalise('é'.repeat(257))).toBeUndefined()
    })

    test('its mask tells a stranger nothing', () => {
      fc.assert(
        fc.property(fc.oneof(validValueOf(name), valueOf(name)), (value) => {
          const canonical = kind.normalise(value)
          if (canonical === undefined) return
          const mask = kind.mask(canonical)

          if (shownWhole.has(name)) expect(mask).toBe(canonical)
          else {
            expect(mask).not.toContain(canonical)
            expect(mask).toMatch(maskShape)
          }
        }),
        { numRuns: 300 },
      )
    })

    test('what follows from it is canonical of a shipped kind', () => {
      fc.assert(
        fc.property(validValueOf(name), (value) => {
          const canonical = kind.normalise(value)
          if (canonical === undefined) return

          const facets = { ...kind.facets?.(canonical, noFacetTables), asn: 3320 }
          for (const { kind: coarser, text } of kind.derive?.(canonical, facets) ?? []) {
            expect(shippedKinds.get(coarser)?.normalise(text)).toBe(text)
            expect(kind.derives).toContain(coarser)
          }
        }),
      )
    })

    test('its evidence follows the rules of its table', () => {
      const { links, kappa, capNats, halfLifeDays } = kind.evidence

      expect(halfLifeDays).toBeGreaterThan(0)
      if (links !== 'never') expect(Math.min(kappa, capNats)).toBeGreaterThan(0)
    })
  },
)

test('the figures are those of the evidence table', () => {
  const figures = Object.fromEntries(
    [...shippedKinds.values()].map(({ name, evidence, household }) => [
      name,
      [evidence.kappa, evidence.halfLifeDays, evidence.capNats, evidence.links, evidence.unit, household],
    ]),
  )

  expect(figures).toEqual({
    cookie: [20, 60, 9, 'pairs', 'value', false],
    email: [8, 180, 9, 'pairs', 'value', false],
    document: [8, 180, 9, 'pairs', 'value', false],
    payout: [6, 60, 9, 'pairs', 'value', false],
    phone: [5, 90, 9, 'pairs', 'value', false],
    device: [4, 30, 9, 'pairs', 'value', false],
    payment: [3, 60, 9, 'pairs', 'value', false],
    fingerprint: [1.5, 14, 3, 'pairs', 'value', false],
    address: [1, 60, 1, 'pairs', 'value', true],
    ip: [0.25, 1, 1, 'weak', 'day', true],
    ip24: [0.05, 1, 0.5, 'weak', 'day', true],
    image: [1, 14, 1, 'weak', 'value', false],
    text: [1, 14, 1, 'weak', 'value', false],
    url: [1, 14, 1, 'weak', 'value', false],
    promo: [1, 14, 1, 'weak', 'value', false],
    imageBand: [0.1, 7, 0.5, 'weak', 'band', false],
    textBand: [0.1, 7, 0.5, 'weak', 'band', false],
    asn: [0, 1, 0, 'never', 'value', false],
    emailDomain: [0, 1, 0, 'never', 'value', false],
    target: [0.3, 1, 1, 'weak', 'moment', false],
  })
  expect(shippedKinds.get('fingerprint')?.evidence.accountsMax).toBe(10)
})
