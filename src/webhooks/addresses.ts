/** Which addresses we may call: those of the public internet, and those that the operator allows. */
import { BlockList, isIP } from 'node:net'
import { AppError } from '../../graph/errors.ts'

/**
 * IPv4 that is nobody's server or somebody's inner network (IANA Special-Purpose Address Registry, RFC 6890), and
 * where clouds answer machines about themselves: 169.254.169.254, 100.100.100.200, 192.0.0.192 and 168.63.129.16.
 */
const refused4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]

/** Of IPv6 only global unicast may be called, without what carries an IPv4 address or is no server's. */
const global6 = ['2000::/3']
const refused6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']

export interface Reach {
  /** Whether this address, of text form, may be called. */
  mayCall(address: string): boolean
  /** Whether the operator named it: then also without TLS. */
  isAllowed(address: string): boolean
}

/** `allowed` are addresses and networks: `10.1.2.3`, `10.0.0.0/8`, `fd00::/8`. Throws `config_invalid`. */
export function reachOf(allowed: readonly string[]): Reach {
  const own = listOf(allowed)
  const isAllowed = (address: string): boolean => contains(own, address)
  return { isAllowed, mayCall: (address) => isAllowed(address) || isPublic(address) }
}

const [bad4, good6, bad6] = [listOf(refused4), listOf(global6), listOf(refused6)]

function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !contains(bad4, address)
  return contains(good6, address) && !contains(bad6, address)
}

function contains(list: BlockList, address: string): boolean {
  const family = isIP(address)
  return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address)
    const most = family === 4 ? 32 : 128
    const prefix = bits === undefined ? most : Number(bits)
    if (family === 0 || !/^\d{1,3}$/.test(bits ?? '0') || prefix > most)
      throw new AppError('config_invalid', 'is a list of addresses and networks such as 10.1.2.3,10.0.0.0/8')
    list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}
