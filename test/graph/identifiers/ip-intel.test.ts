/** Tables of real lists. They lie beside the repository where it is developed and in CI. */
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { buildFacetTables, type FacetSources } from '../../../graph/identifiers/facet-tables.ts'
import { ip as ipKind } from '../../../graph/identifiers/ip.ts'
import type { FacetTables } from '../../../graph/identifiers/kind.ts'
import { facetScan } from './facet-oracle.ts'

const folder = new URL('../../../../shared/data/ip-intel/', import.meta.url)
const linesOf = (name: string): readonly string[] =>
  gunzipSync(readFileSync(new URL(`${name}.gz`, folder)))
    .toString()
    .split('\n')
const describeLists = existsSync(folder) ? describe : describe.skip

describeLists('tables of real lists', () => {
  let sources: FacetSources
  let tables: FacetTables

  beforeAll(() => {
    sources = {
      version: 1,
      ip: [
        {
          class: 'datacenter',
          cidrs: [...linesOf('x4bnet/datacenter-ipv4.txt'), ...linesOf('x4bnet/datacenter-ipv6.txt')],
        },
        { class: 'vpn', cidrs: [...linesOf('x4bnet/vpn-ipv4.txt'), ...linesOf('x4bnet/vpn-ipv6.txt')] },
        { class: 'tor', cidrs: linesOf('misc/tor-exit-nodes.lst') },
        {
          class: 'relay',
          cidrs: [
            ...linesOf('lord-alfred/apple-proxy_ipv4_merged.txt'),
            ...linesOf('lord-alfred/apple-proxy_ipv6_merged.txt'),
          ],
        },
      ],
      asn: [],
      domains: [{ class: 'disposable', names: linesOf('misc/disposable_email_blocklist.conf') }],
    }
    tables = buildFacetTables(sources)
  })

  test('find what a scan finds, for listed addresses and any others', () => {
    const bases = sources.ip
      .flatMap(({ cidrs }) => [...cidrs])
      .filter((line) => line !== '' && !/\/(?:6[5-9]|[7-9]\d|1\d\d)$/.test(line))
    const listed = fc
      .sample(fc.constantFrom(...bases), { seed: 5, numRuns: 40 })
      .map((line) => line.replace(/\/.*$/, ''))
    const others = fc.sample(fc.oneof(fc.ipV4(), fc.ipV6()), { seed: 6, numRuns: 10 })
    const scan = facetScan({
      asn: [],
      ip: sources.ip.map(({ class: name, cidrs }) => ({
        class: name,
        cidrs: [...cidrs]
          .filter((line) => line !== '')
          .map((line) => (line.includes('/') ? line : `${line}/32`)),
      })),
    })

    for (const address of [...listed, ...others]) {
      expect([address, tables.ip(ipKind.normalise(address) ?? '')]).toEqual([address, scan(address)])
    }
  })

  test('know disposable domains', () => {
    expect(tables.emailDomain('mailinator.com')).toEqual({ class: 'disposable' })
    expect(tables.emailDomain('example.org')).toEqual({})
  })
})
