/** Facets as anybody would find them: every prefix is tried, by ipaddr.js. */
import ipaddr from 'ipaddr.js'
import type { FacetSources } from '../../../graph/identifiers/facet-tables.ts'
import type { Facets } from '../../../graph/identifiers/kind.ts'

const winners = ['tor', 'vpn', 'relay', 'datacenter', 'mobile', 'residential']

/** Looks addresses up; knows prefixes of at most 64 bits. */
export function facetScan({ ip, asn }: Pick<FacetSources, 'ip' | 'asn'>): (address: string) => Facets {
  const classes = ip.flatMap(({ class: name, cidrs }) =>
    [...cidrs].map((cidr) => ({ range: ipaddr.parseCIDR(cidr), value: name })),
  )
  const systems = [...asn].map(({ cidr, asn: value }) => ({ range: ipaddr.parseCIDR(cidr), value }))
  return (address) => {
    const [ipClass] = longest(classes, address).toSorted((a, b) => winners.indexOf(a) - winners.indexOf(b))
    const [system] = longest(systems, address).toSorted((a, b) => a - b)
    return { ...(ipClass && { class: ipClass }), ...(system && { asn: system }) }
  }
}

type Range = ReturnType<typeof ipaddr.parseCIDR>

/** Values of the longest prefixes that hold the address. */
function longest<T>(prefixes: readonly { range: Range; value: T }[], address: string): readonly T[] {
  const asked = ipaddr.process(address)
  const holding = prefixes.filter(({ range }) => range[0].kind() === asked.kind() && asked.match(range))
  const bits = Math.max(...holding.map(({ range }) => range[1]))
  return holding.filter(({ range }) => range[1] === bits).map(({ value }) => value)
}
