import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { buildFacetTables, noFacetTables } from '../../../graph/identifiers/facet-tables.ts'
import {
  type RawIdentifier,
  type SeeOptions,
  seeIdentifiers,
} from '../../../graph/identifiers/pseudonymise.ts'
import { kindRegistry, shippedKinds } from '../../../graph/identifiers/registry.ts'
import { valueOf } from './arbitraries.ts'

const tables = buildFacetTables({
  version: 3,
  ip: [{ class: 'vpn', cidrs: ['203.0.113.0/24'] }],
  asn: [{ cidr: '203.0.0.0/16', asn: 3320 }],
  domains: [{ class: 'disposable', names: ['trash.example'] }],
})
/** Shows what it was asked for, so that tests can read it. */
const options: SeeOptions = {
  registry: shippedKinds,
  tables,
  masks: true,
  pseudonym: (domain, text) => `${domain}(${text})`,
}

function seen(kind: string, values: readonly RawIdentifier[], changes: Partial<SeeOptions> = {}) {
  const sight = seeIdentifiers(kind, values, { ...options, ...changes })
  if ('problem' in sight) throw new Error(sight.detail)
  return sight.seen
}

describe('seeing identifiers', () => {
  test('an address also shows its network and system, with what the tables say', () => {
    expect(seen('ip', ['203.0.113.7'])).toEqual([
      { kind: 'asn', ref: 'asn(AS3320)', mask: 'AS3320' },
      { kind: 'ip', ref: 'ip(203.0.113.7)', mask: '203.0.*.*', class: 'vpn', asn: 3320 },
      { kind: 'ip24', ref: 'ip24(203.0.113.0/24)', mask: '203.0.*.*' },
    ])
  })

  test('an e-mail also shows its domain, both of its class', () => {
    expect(seen('email', [{ value: 'Ada@Trash.example', display: 'Ada' }])).toEqual([
      {
        kind: 'email',
        ref: 'email(ada@trash.example)',
        mask: '*@trash.example',
        class: 'disposable',
        display: 'Ada',
      },
      { kind: 'emailDomain', ref: 'emailDomain(trash.example)', mask: 'trash.example', class: 'disposable' },
    ])
  })

  test('a hash also shows its four bands', () => {
    expect(seen('image', ['0xABCDEF0123456789']).map(({ ref }) => ref)).toEqual([
      'image(abcdef0123456789)',
      'imageBand(0:abcd)',
      'imageBand(1:ef01)',
      'imageBand(2:2345)',
      'imageBand(3:6789)',
    ])
  })

  test('with masks off nothing of a value is shown', () => {
    const masks = seen('ip', ['203.0.113.7'], { masks: false }).map(({ mask }) => mask)

    expect(masks).toEqual(['', '', ''])
  })

  test('without tables there is no class and no system', () => {
    expect(seen('ip', ['203.0.113.7'], { tables: noFacetTables })).toEqual([
      { kind: 'ip', ref: 'ip(203.0.113.7)', mask: '203.0.*.*' },
      { kind: 'ip24', ref: 'ip24(203.0.113.0/24)', mask: '203.0.*.*' },
    ])
  })

  test('a kind of a policy has pseudonyms of its own', () => {
    const registry = kindRegistry([{ name: 'wallet', like: 'payout' }])

    expect(seen('wallet', ['0001 2345'], { registry })).toEqual([
      { kind: 'wallet', ref: 'wallet(0001 2345)', mask: '…2345' },
    ])
  })

  test('neither order nor repetition changes what is seen', () => {
    const kinds = ['ip', 'email', 'device', 'image', 'phone', 'url']
    const raw = (kind: string) =>
      fc.record({
        value: valueOf(kind).filter((value) => shippedKinds.get(kind)?.normalise(value) !== undefined),
        display: fc.constantFrom('', 'a', 'b'),
      })
    const sample = fc
      .constantFrom(...kinds)
      .chain((kind) => fc.tuple(fc.constant(kind), fc.array(raw(kind), { minLength: 1, maxLength: 12 })))
      .chain(([kind, values]) =>
        fc.tuple(
          fc.constant(kind),
          fc.constant(values),
          fc.shuffledSubarray([...values, ...values], { minLength: values.length * 2 }),
        ),
      )
    fc.assert(
      fc.property(sample, ([kind, values, shuffled]) => {
        const once = seen(kind, values)
        const keys = once.map((identifier) => JSON.stringify([identifier.kind, identifier.ref]))

        expect(seen(kind, shuffled)).toEqual(once)
        expect(new Set(keys).size).toBe(keys.length)
        expect(once).toEqual(
          once.toSorted((a, b) => (a.kind < b.kind || (a.kind === b.kind && a.ref < b.ref) ? -1 : 1)),
        )
      }),
      { numRuns: 300 },
    )
  })

  test('of spellings with and without a text for people one with it is kept, the lesser of two', () => {
    const values = ['D1', { value: ' D1', display: 'phone B' }, { value: 'D1 ', display: 'phone A' }]

    expect(seen('device', values)).toEqual([
      { kind: 'device', ref: 'device(D1)', mask: '', display: 'phone A' },
    ])
  })

  test('what was seen before is seen alike, and with a text for people by itself', () => {
    const kinds = fc.constantFrom('device', 'ip', 'email', 'image', 'phone')
    const asks = kinds.chain((kind) => {
      const given = fc.oneof(valueOf(kind), fc.constantFrom('a', 'a '))
      const shown = given.map((value) => ({ value, display: 'A' }))
      return fc.tuple(fc.constant(kind), fc.array(fc.oneof(given, shown), { maxLength: 3 }))
    })
    fc.assert(
      fc.property(fc.array(asks, { maxLength: 12 }), (all) => {
        const known: NonNullable<SeeOptions['known']> = new Map()

        for (const [kind, values] of [...all, ...all])
          expect(seeIdentifiers(kind, values, { ...options, known })).toEqual(
            seeIdentifiers(kind, values, options),
          )
      }),
    )
  })

  test('what was seen before is not hashed again', () => {
    const asked: string[] = []
    const pseudonym = (domain: string, text: string) => `${domain}(${asked.push(text)})`
    const once = { ...options, pseudonym, known: new Map() }

    const [first, again] = [1, 2].map(() => seeIdentifiers('ip', ['203.0.113.7'], once))

    expect(again).toEqual(first)
    expect(asked).toEqual(['203.0.113.7', '203.0.113.0/24', 'AS3320'])
  })

  test('a value that cannot be of the kind is told by its place', () => {
    expect(seeIdentifiers('ip', ['1.2.3.4', 'nowhere'], options)).toEqual({
      problem: 1,
      detail: 'is not a valid ip',
    })
  })

  test('64 values are taken and one more is not', () => {
    const values = Array.from({ length: 65 }, (_, index) => `d${index}`)

    expect(seen('device', values.slice(1))).toHaveLength(64)
    expect(seeIdentifiers('device', values, options)).toMatchObject({ problem: 64 })
  })

  test('a kind that is not in the registry is a mistake of ours', () => {
    expect(() => seeIdentifiers('toString', ['a'], options)).toThrow('No such kind')
  })
})
