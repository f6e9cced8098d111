/**
 * IP addresses, strictly: four decimal parts without leading zeros, or RFC 4291 text without a zone.
 * Of IPv6 only the network half counts, for the other half belongs to one machine and changes daily.
 */

/** An address as the numbers tables compare: IPv4 in `high`, the upper 64 bits of IPv6 in both. */
export interface IpNumber {
  readonly family: 4 | 6
  readonly high: number
  readonly low: number
}

const dot = 46
const digitZero = 48
const noPart = -1
const ipv4LengthMax = 15
const group = /^[0-9a-f]{1,4}$/i
/** Eight groups of four, a dotted tail of at most 15. */
const ipv6LengthMax = 45

/** The address a text spells; an IPv4-mapped one is IPv4. */
export function readIp(text: string): IpNumber | undefined {
  const address = readIpv4(text)
  if (address !== undefined) return { family: 4, high: address, low: 0 }
  const groups = readIpv6(text)
  if (groups === undefined) return undefined
  return isIpv4Mapped(groups) ? { family: 4, high: pair(groups, 6), low: 0 } : upperHalf(groups)
}

/** As `readIp`, and the /64 of IPv6 besides, which is how `ipText` writes it. */
export function readCanonicalIp(text: string): IpNumber | undefined {
  return text.endsWith('/64') ? readIpv6Network(text.slice(0, -3)) : readIp(text)
}

/** The upper 64 bits of IPv6, even of an IPv4-mapped address. */
export function readIpv6Network(text: string): IpNumber | undefined {
  const groups = readIpv6(text)
  return groups === undefined ? undefined : upperHalf(groups)
}

/** IPv4 as one number of 32 bits. */
export function readIpv4(text: string): number | undefined {
  if (text.length > ipv4LengthMax) return undefined
  let address = 0
  let part = noPart
  let parts = 1
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === dot && part !== noPart) {
      address = address * 256 + part
      part = noPart
      parts += 1
    } else {
      part = grownPart(part, unit - digitZero)
      if (Number.isNaN(part)) return undefined
    }
  }
  return parts === 4 && part !== noPart ? address * 256 + part : undefined
}

/** The part with one more digit; NaN when it may not have that one. */
function grownPart(part: number, digit: number): number {
  // Some read a leading zero as octal, so 010 could be ten or eight.
  if (digit < 0 || digit > 9 || part === 0) return Number.NaN
  const grown = part === noPart ? digit : part * 10 + digit
  return grown > 255 ? Number.NaN : grown
}

/** The eight 16-bit groups of IPv6. */
export function readIpv6(text: string): readonly number[] | undefined {
  if (text.length > ipv6LengthMax || !text.includes(':')) return undefined
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [left = '', right] = halves
  const before = readGroups(left, right === undefined)
  const after = right === undefined ? [] : readGroups(right, true)
  if (before === undefined || after === undefined) return undefined
  const missing = 8 - before.length - after.length
  // `::` stands for at least one group.
  if (right === undefined ? missing !== 0 : missing < 1) return undefined
  return [...before, ...Array.from({ length: missing }, () => 0), ...after]
}

/** Text of an address: dotted IPv4, or the /64 of IPv6. */
export function ipText(ip: IpNumber): string {
  return ip.family === 4 ? ipv4Text(ip.high) : ipv6PrefixText(ip, 64)
}

export function ipv4Text(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`
}

/** RFC 5952 text of the network an IPv6 address is in. */
export function ipv6PrefixText(ip: IpNumber, bits: 48 | 64): string {
  const groups = networkGroups(ip).slice(0, bits / 16)
  // The zeros at the end are always the longest run, so they are what `::` stands for.
  while (groups.at(-1) === 0) groups.pop()
  return `${groups.map((value) => value.toString(16)).join(':')}::/${bits}`
}

/** What people may see of an address: its first half, of IPv6 the first two groups. */
export function ipMask(ip: IpNumber): string {
  if (ip.family === 4) return `${ip.high >>> 24}.${(ip.high >>> 16) & 255}.*.*`
  const [first = 0, second = 0] = networkGroups(ip)
  return `${first.toString(16)}:${second.toString(16)}:*`
}

const networkGroups = ({ high, low }: IpNumber): number[] => [
  high >>> 16,
  high & 0xffff,
  low >>> 16,
  low & 0xffff,
]

const pair = (groups: readonly number[], at: number): number =>
  (((groups[at] ?? 0) << 16) | (groups[at + 1] ?? 0)) >>> 0

const upperHalf = (groups: readonly number[]): IpNumber => ({
  family: 6,
  high: pair(groups, 0),
  low: pair(groups, 2),
})

const isIpv4Mapped = (groups: readonly number[]): boolean =>
  groups[5] === 0xffff && groups.slice(0, 5).every((value) => value === 0)

function readGroups(text: string, mayEndDotted: boolean): readonly number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    if (group.test(part)) {
      groups.push(Number.parseInt(part, 16))
      continue
    }
    const tail = mayEndDotted && index === parts.length - 1 ? readIpv4(part) : undefined
    if (tail === undefined) return undefined
    groups.push(tail >>> 16, tail & 0xffff)
  }
  return groups
}
