/** Facts the operator's lists hold of addresses and domains, built once and asked for every event. */
import { AppError } from '../errors.ts'
import type { emailClasses, ipClasses } from '../model.ts'
import { readDomain } from './formats/domain.ts'
import { type IpNumber, readCanonicalIp, readIp, readIpv6Network } from './formats/ip-text.ts'
import { type Prefix, type PrefixTable, prefixTable } from './formats/prefix-table.ts'
import type { Facets, FacetTables } from './kind.ts'
import { placeText } from './place.ts'

type IpClass = (typeof ipClasses)[number]
type EmailClass = (typeof emailClasses)[number]

/** Lists as read from files: lines may be blank or end in a comment. */
export interface FacetSources {
  /** Above 0, and higher than that of any tables used before. */
  readonly version: number
  readonly ip: readonly { readonly class: IpClass; readonly cidrs: Iterable<string> }[]
  readonly asn: Iterable<{ readonly cidr: string; readonly asn: number }>
  /** Degrees. */
  readonly places?: Iterable<{ readonly cidr: string; readonly latitude: number; readonly longitude: number }>
  readonly domains: readonly { readonly class: EmailClass; readonly names: Iterable<string> }[]
}

/** What is used when the operator supplied no lists. */
export const noFacetTables: FacetTables = { version: 0, ip: () => ({}), emailDomain: () => ({}) }

/** Of lists that name the same prefix the first here wins: what hides most, says most. */
const precedence = [
  'tor',
  'vpn',
  'relay',
  'datacenter',
  'mobile',
  'residential',
] as const satisfies readonly IpClass[]

/** Of two prefixes that hold an address the longer wins, whatever its class. */
export function buildFacetTables({ version, ip, asn, places = [], domains }: FacetSources): FacetTables {
  const classes = tableOf(classPrefixes(ip))
  const systems = tableOf(systemPrefixes(asn))
  const located = placePrefixes(places)
  const where = tableOf(located.prefixes)
  const classOfDomain = domainClasses(domains)
  return {
    version,
    ip(canonical) {
      const address = readCanonicalIp(canonical)
      if (address === undefined) return {}
      const place = located.texts[where.find(address) - 1]
      return { ...ipFacets(classes.find(address), systems.find(address)), ...(place && { place }) }
    },
    emailDomain(domain) {
      const found = classOfDomainOrParent(classOfDomain, domain)
      return found === undefined ? {} : { class: found }
    },
  }
}

function ipFacets(rank: number, asn: number): Facets {
  const found = precedence[rank - 1]
  return { ...(found !== undefined && { class: found }), ...(asn !== 0 && { asn }) }
}

/** A prefix and the family it belongs to. */
interface FamilyPrefix extends Prefix {
  readonly family: 4 | 6
}

interface AddressTable {
  find(address: IpNumber): number
}

function tableOf(prefixes: readonly FamilyPrefix[]): AddressTable {
  const byFamily: Record<4 | 6, PrefixTable> = {
    4: prefixTable(prefixes.filter(({ family }) => family === 4)),
    6: prefixTable(prefixes.filter(({ family }) => family === 6)),
  }
  return { find: ({ family, high, low }) => byFamily[family].find(high, low) }
}

function classPrefixes(lists: FacetSources['ip']): readonly FamilyPrefix[] {
  const prefixes: FamilyPrefix[] = []
  for (const [list, { class: name, cidrs }] of lists.entries()) {
    const value = precedence.indexOf(name) + 1
    let entry = 0
    for (const line of cidrs) {
      const text = withoutComment(line)
      if (text !== '') prefixes.push(readCidr(text, value) ?? refuse(`/ip/${list}/cidrs/${entry}`, 'a CIDR'))
      entry += 1
    }
  }
  return prefixes
}

function systemPrefixes(systems: FacetSources['asn']): readonly FamilyPrefix[] {
  const prefixes: FamilyPrefix[] = []
  let entry = 0
  for (const { cidr, asn } of systems) {
    const isNumber = Number.isInteger(asn) && asn > 0 && asn <= 0xffff_ffff
    if (!isNumber) refuse(`/asn/${entry}/asn`, 'a number of an autonomous system')
    const text = withoutComment(cidr)
    if (text !== '') prefixes.push(readCidr(text, asn) ?? refuse(`/asn/${entry}/cidr`, 'a CIDR'))
    entry += 1
  }
  return prefixes
}

/** Values are numbers of texts, counted from 1. */
function placePrefixes(places: NonNullable<FacetSources['places']>) {
  const numberOf = new Map<string, number>()
  const prefixes: FamilyPrefix[] = []
  let entry = 0
  for (const { cidr, latitude, longitude } of places) {
    const place =
      placeText(latitude, longitude) ?? refuse(`/places/${entry}`, 'a latitude and a longitude in degrees')
    const value = numberOf.get(place) ?? numberOf.size + 1
    numberOf.set(place, value)
    const text = withoutComment(cidr)
    if (text !== '') prefixes.push(readCidr(text, value) ?? refuse(`/places/${entry}/cidr`, 'a CIDR'))
    entry += 1
  }
  return { prefixes, texts: [...numberOf.keys()] }
}

function domainClasses(lists: FacetSources['domains']): ReadonlyMap<string, EmailClass> {
  const classOf = new Map<string, EmailClass>()
  for (const [list, { class: name, names }] of lists.entries()) {
    let entry = 0
    for (const line of names) {
      const text = withoutComment(line)
      const domain =
        text === '' ? '' : (readDomain(text) ?? refuse(`/domains/${list}/names/${entry}`, 'a domain'))
      // A domain on both lists is disposable.
      if (domain !== '' && classOf.get(domain) !== 'disposable') classOf.set(domain, name)
      entry += 1
    }
  }
  return classOf
}

/** Whoever owns a domain owns all below it: disposable providers hand out subdomains. */
function classOfDomainOrParent(
  classOf: ReadonlyMap<string, EmailClass>,
  domain: string,
): EmailClass | undefined {
  for (let name = domain; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) {
    const found = classOf.get(name)
    if (found !== undefined) return found
  }
  return undefined
}

const withoutComment = (line: string): string => line.replace(/[#;].*$/, '').trim()

function refuse(pointer: string, what: string): never {
  const detail = `is not ${what}`
  throw new AppError('config_invalid', `${pointer} ${detail}; correct or remove it`, {
    issues: [{ pointer, detail }],
  })
}

/** A CIDR, or an address as the prefix of itself. */
function readCidr(text: string, value: number): FamilyPrefix | undefined {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  const ip = readIp(address)
  if (ip === undefined) return undefined
  const written = address.includes(':') ? 128 : 32
  const bits = slash < 0 ? written : readBits(text.slice(slash + 1), written)
  if (bits === undefined) return undefined
  if (ip.family === 4) return ipv4Prefix(ip, { bits: bits - (written - 32), address, value })
  // An address is known only by its /64, so a longer prefix speaks for the whole of it.
  return { ...ip, bits: Math.min(bits, 64), value }
}

/** IPv4 may be written in IPv6; a prefix shorter than the mapping's own 96 bits is IPv6 after all. */
function ipv4Prefix(
  ip: IpNumber,
  { bits, address, value }: { bits: number; address: string; value: number },
): FamilyPrefix | undefined {
  if (bits >= 0) return { ...ip, bits, value }
  const network = readIpv6Network(address)
  return network === undefined ? undefined : { ...network, bits: Math.min(bits + 96, 64), value }
}

function readBits(text: string, max: number): number | undefined {
  const bits = /^(?:0|[1-9]\d{0,2})$/.test(text) ? Number(text) : max + 1
  return bits <= max ? bits : undefined
}
