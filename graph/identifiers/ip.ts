import type { IdentifierClass } from '../model.ts'
import { networkOf } from './derived/ip24.ts'
import { readText } from './formats/canonical-text.ts'
import { ipMask, ipText, readCanonicalIp } from './formats/ip-text.ts'
import type { EvidencePolicy, IdentifierKind } from './kind.ts'

/** An address of IPv4, or the /64 of one of IPv6, as a login shows it. */
export const ip: IdentifierKind = {
  name: 'ip',
  family: 'network',
  evidence: { kappa: 0.25, halfLifeDays: 1, capNats: 1, links: 'weak', unit: 'day' },
  household: true,
  normalise(value) {
    const text = readText(value)
    const address = text === undefined ? undefined : readCanonicalIp(text)
    return address === undefined ? undefined : ipText(address)
  },
  mask(canonical) {
    const address = readCanonicalIp(canonical)
    return address === undefined ? '' : ipMask(address)
  },
  facets: (canonical, tables) => tables.ip(canonical),
  derives: ['ip24', 'asn'],
  derive(canonical, { asn }) {
    const address = readCanonicalIp(canonical)
    if (address === undefined) return []
    const network = { kind: 'ip24', text: networkOf(address) }
    return asn === undefined ? [network] : [network, { kind: 'asn', text: `AS${asn}` }]
  },
}

/** The address an account was created from, on that day: it alone may link. */
export const signupIpEvidence: EvidencePolicy = {
  kappa: 1,
  halfLifeDays: 2,
  capNats: 2,
  links: 'pairs',
  unit: 'day',
}

/** What a share of an address counts for by its class: strangers meet on carriers' and anonymisers' exits. */
export function ipClassWeight(ipClass: IdentifierClass | undefined): number {
  switch (ipClass) {
    case 'vpn':
    case 'tor':
    case 'relay':
      return 0.25
    case 'mobile':
      return 0.5
    default:
      return 1
  }
}
