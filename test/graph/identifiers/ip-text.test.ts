import { isIP } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { ipText, readIp, readIpv4, readIpv6 } from '../../../graph/identifiers/formats/ip-text.ts'

const nearlyIp = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV4Extended(),
  fc.ipV4().map((address) => `::ffff:${address}`),
  fc
    .tuple(fc.ipV6(), fc.nat(40), fc.constantFrom(...'0:.f%g '))
    .map(([address, at, odd]) => address.slice(0, at) + odd + address.slice(at)),
  fc
    .tuple(fc.ipV4(), fc.nat(15), fc.constantFrom(...'0:.9x'))
    .map(([address, at, odd]) => address.slice(0, at) + odd + address.slice(at)),
  fc.string({ unit: fc.constantFrom(...'0123456789abcdefF:::....'), maxLength: 45 }),
)

/** `::1.2.3.4`, which ipaddr.js takes for IPv4 and RFC 4291 has retired. */
const isRetired = (text: string): boolean => /^::\d+\./.test(text)

describe('reading addresses', () => {
  test('takes exactly what Node takes, but no zones', () => {
    fc.assert(
      fc.property(nearlyIp, (text) => {
        expect(readIpv4(text) !== undefined).toBe(isIP(text) === 4)
        expect(readIpv6(text) !== undefined).toBe(isIP(text) === 6 && !text.includes('%'))
      }),
      { numRuns: 3000 },
    )
  })

  test('reads the numbers ipaddr.js reads', () => {
    fc.assert(
      fc.property(nearlyIp, (text) => {
        const ip = readIp(text)
        if (ip === undefined || isRetired(text)) return
        const expected = ipaddr.process(text)

        expect(ip.family).toBe(expected.kind() === 'ipv4' ? 4 : 6)
        expect(bytesOf(ip.high, ip.low).slice(0, ip.family === 4 ? 4 : 8)).toEqual(
          expected.toByteArray().slice(0, 8),
        )
      }),
      { numRuns: 3000 },
    )
  })

  test('writes the text ipaddr.js writes of the network', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        fc.pre(!isRetired(text))
        const ip = readIp(text)
        const expected = ipaddr.process(text)
        const network = [...expected.toByteArray().slice(0, 8), ...Array.from({ length: 8 }, () => 0)]
        const written =
          expected.kind() === 'ipv4'
            ? expected.toString()
            : `${new ipaddr.IPv6(network).toRFC5952String()}/64`

        expect(ip && ipText(ip)).toBe(written)
      }),
      { numRuns: 1000 },
    )
  })
})

function bytesOf(high: number, low: number): number[] {
  return [high, low].flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255])
}
