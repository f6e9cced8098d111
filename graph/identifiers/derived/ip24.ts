import {
  type IpNumber,
  ipMask,
  ipv4Text,
  ipv6PrefixText,
  readIpv4,
  readIpv6Network,
} from '../formats/ip-text.ts'
import type { IdentifierKind } from '../kind.ts'

const network = /^(.+)\/(24|48)$/

/** The neighbourhood of an `ip`: its /24, of IPv6 its /48. */
export const ip24: IdentifierKind = {
  name: 'ip24',
  family: 'network',
  evidence: { kappa: 0.05, halfLifeDays: 1, capNats: 0.5, links: 'weak', unit: 'day' },
  household: true,
  normalise(value) {
    const address = readNetwork(value)
    return address === undefined ? undefined : networkOf(address)
  },
  mask(canonical) {
    const address = readNetwork(canonical)
    return address === undefined ? '' : ipMask(address)
  },
}

/** Text of the neighbourhood an address is in. */
export function networkOf(ip: IpNumber): string {
  return ip.family === 4 ? `${ipv4Text((ip.high & 0xffffff00) >>> 0)}/24` : ipv6PrefixText(ip, 48)
}

function readNetwork(text: string): IpNumber | undefined {
  const [, address = '', bits] = network.exec(text) ?? []
  if (bits === '24') {
    const high = readIpv4(address)
    return high === undefined ? undefined : { family: 4, high, low: 0 }
  }
  return bits === '48' ? readIpv6Network(address) : undefined
}
