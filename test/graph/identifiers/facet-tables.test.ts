import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { AppError } from '../../../graph/errors.ts'
import {
  buildFacetTables,
  type FacetSources,
  noFacetTables,
} from '../../../graph/identifiers/facet-tables.ts'
import { ip as ipKind } from '../../../graph/identifiers/ip.ts'
import { ipClasses } from '../../../graph/model.ts'
import { facetScan } from './facet-oracle.ts'

const build = (sources: Partial<FacetSources>) =>
  buildFacetTables({ version: 1, ip: [], asn: [], domains: [], ...sources })
const canonical = (address: string): string => ipKind.normalise(address) ?? ''

/** Not `::1.2.3.4`, which ipaddr.js takes for IPv4 and RFC 4291 has retired. */
const ipV6 = fc.ipV6().filter((address) => !/^::\d+\./.test(address))
/** Few distinct addresses, so that prefixes nest, touch and coincide. */
const crowdedV4 = fc
  .tuple(
    fc.constantFrom(0, 10, 203, 255),
    fc.constantFrom(0, 1, 255),
    fc.constantFrom(0, 128, 255),
    fc.nat(255),
  )
  .map((parts) => parts.join('.'))
const crowdedV6 = fc
  .tuple(
    fc.constantFrom('0', '2001', 'ffff'),
    fc.constantFrom('0', 'db8', 'ffff'),
    fc.constantFrom('0', '8000', 'ffff'),
    fc.constantFrom('0', '1', 'ffff'),
  )
  .map((groups) => `${groups.join(':')}::1`)
const cidr = fc.oneof(
  fc.tuple(crowdedV4, fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(crowdedV6, fc.integer({ min: 0, max: 64 })).map(([address, bits]) => `${address}/${bits}`),
)

describe('facets of addresses', () => {
  test('are those a scan of all prefixes finds', () => {
    const lists = fc.array(
      fc.record({ class: fc.constantFrom(...ipClasses), cidrs: fc.array(cidr, { maxLength: 12 }) }),
      { maxLength: 6 },
    )
    const systems = fc.array(fc.record({ cidr, asn: fc.integer({ min: 1, max: 5 }) }), { maxLength: 12 })
    const addresses = fc.array(fc.oneof(crowdedV4, crowdedV6, fc.ipV4(), ipV6), {
      minLength: 30,
      maxLength: 30,
    })
    fc.assert(
      fc.property(lists, systems, addresses, (ip, asn, asked) => {
        const tables = build({ ip, asn })
        const scan = facetScan({ ip, asn })
        for (const address of asked) {
          expect([address, tables.ip(canonical(address))]).toEqual([address, scan(address)])
        }
      }),
      { numRuns: 300 },
    )
  })

  test('the ends of a prefix are in it, their neighbours are not', () => {
    fc.assert(
      fc.property(crowdedV4, fc.integer({ min: 8, max: 32 }), (address, bits) => {
        const tables = build({ ip: [{ class: 'tor', cidrs: [`${address}/${bits}`] }] })
        const first = ipaddr.IPv4.networkAddressFromCIDR(`${address}/${bits}`)
          .toByteArray()
          .reduce((sum, byte) => sum * 256 + byte, 0)
        const last = first + 2 ** (32 - bits) - 1

        expect([first, last].map((at) => tables.ip(dotted(at)))).toEqual([{ class: 'tor' }, { class: 'tor' }])
        if (first > 0) expect(tables.ip(dotted(first - 1))).toEqual({})
        if (last < 2 ** 32 - 1) expect(tables.ip(dotted(last + 1))).toEqual({})
      }),
    )
  })

  test('lines may be blank or commented, addresses bare, IPv4 written in IPv6', () => {
    const cidrs = [
      '# list',
      '',
      '  ',
      '192.0.2.1 # exit',
      '198.51.100.7/24;x',
      '::ffff:203.0.113.0/120',
      '2001:db8::5',
    ]
    const tables = build({ ip: [{ class: 'tor', cidrs }] })
    const asked = [
      '192.0.2.1',
      '192.0.2.2',
      '198.51.100.255',
      '203.0.113.9',
      '203.0.114.0',
      '2001:db8::77',
      '2001:db8:0:1::',
    ]

    expect(asked.map((address) => tables.ip(canonical(address)).class === 'tor')).toEqual([
      true,
      false,
      true,
      true,
      false,
      true,
      false,
    ])
  })

  test.each([
    [
      'ip',
      {
        ip: [
          { class: 'tor', cidrs: ['1.2.3.4'] },
          { class: 'vpn', cidrs: ['#', '1.2.3.4/33'] },
        ],
      },
      '/ip/1/cidrs/1',
    ],
    ['ip', { ip: [{ class: 'tor', cidrs: ['1.2.3/24'] }] }, '/ip/0/cidrs/0'],
    ['ip', { ip: [{ class: 'tor', cidrs: ['::1/129'] }] }, '/ip/0/cidrs/0'],
    ['ip', { ip: [{ class: 'tor', cidrs: ['1.2.3.4/'] }] }, '/ip/0/cidrs/0'],
    ['ip', { ip: [{ class: 'tor', cidrs: ['1.2.3.4/08'] }] }, '/ip/0/cidrs/0'],
    [
      'asn',
      {
        asn: [
          { cidr: '1.0.0.0/8', asn: 1 },
          { cidr: 'x', asn: 2 },
        ],
      },
      '/asn/1/cidr',
    ],
    ['asn', { asn: [{ cidr: '1.0.0.0/8', asn: 0 }] }, '/asn/0/asn'],
    [
      'domains',
      { domains: [{ class: 'free', names: ['ok.example', 'no domain at all'] }] },
      '/domains/0/names/1',
    ],
  ] as [string, Partial<FacetSources>, string][])(
    'a bad line of %s is named and not repeated',
    (_, sources, pointer) => {
      const failure = thrownBy(() => build(sources))

      expect(failure.code).toBe('config_invalid')
      expect(failure.issues.map((issue) => issue.pointer)).toEqual([pointer])
      expect(failure.message).toContain(pointer)
      expect(failure.message).not.toContain('no domain')
    },
  )
})

describe('facets of domains', () => {
  test('hold for subdomains, and disposable wins over free', () => {
    const tables = build({
      domains: [
        { class: 'disposable', names: ['# list', 'Trash.example.', 'both.example'] },
        { class: 'free', names: ['free.example', 'both.example'] },
      ],
    })
    const asked = [
      'trash.example',
      'a.b.trash.example',
      'nottrash.example',
      'free.example',
      'both.example',
      'example',
    ]

    expect(asked.map((domain) => tables.emailDomain(domain).class)).toEqual([
      'disposable',
      'disposable',
      undefined,
      'free',
      'disposable',
      undefined,
    ])
  })
})

test('without lists every answer is empty and the version 0', () => {
  expect(noFacetTables.version).toBe(0)
  expect(noFacetTables.ip('203.0.113.7')).toEqual({})
  expect(noFacetTables.emailDomain('trash.example')).toEqual({})
})

const dotted = (at: number): string => [24, 16, 8, 0].map((shift) => (at >>> shift) & 255).join('.')

function thrownBy(act: () => unknown): AppError {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error
  }
  throw new Error('nothing of ours was thrown')
}
