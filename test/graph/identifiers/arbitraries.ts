/** Values as senders spell them, by kind. Half are anything at all, for a kind must survive that too. */
import fc from 'fast-check'

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ maxLength: 600 }),
)
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: length, maxLength: length })
const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength })

const providers = [
  'gmail.com',
  'GoogleMail.com',
  'outlook.com',
  'hotmail.co.uk',
  'live.nl',
  'icloud.com',
  'fastmail.fm',
  'proton.me',
  'yahoo.de',
  'example.org',
  'müller.example',
]
const local = fc.string({ unit: fc.constantFrom(...'abZé09.+-_*\u0130'), minLength: 1, maxLength: 20 })

const spelledByKind: Readonly<Record<string, fc.Arbitrary<string>>> = {
  ip: fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.ipV4().map((address) => `::ffff:${address}`),
  ),
  ip24: fc.oneof(
    fc.ipV4().map((address) => `${address}/24`),
    fc.ipV6().map((address) => `${address}/48`),
  ),
  asn: fc.nat().map((number) => `as${number}`),
  email: fc.tuple(local, fc.constantFrom(...providers)).map(([name, domain]) => `${name}@${domain}`),
  emailDomain: fc.oneof(fc.domain(), fc.constantFrom(...providers)),
  phone: fc
    .tuple(fc.constantFrom('+', '00', '', 'tel:+', 'n', '+44 (0)'), digits(5, 16))
    .map(([prefix, number]) => `${prefix}${number}`),
  payout: fc.oneof(
    hex(40).map((address) => `0x${address}`),
    digits(1, 24),
    fc.constant('gb82 WEST 1234 5698 7654 32'),
  ),
  image: fc.oneof(
    hex(16),
    hex(16).map((hash) => `0x${hash}`),
    hex(12),
  ),
  text: fc.oneof(hex(16), hex(32)),
  imageBand: fc.tuple(fc.nat(3), hex(4)).map(([index, band]) => `${index}:${band.toLowerCase()}`),
  textBand: fc.tuple(fc.nat(3), hex(4)).map(([index, band]) => `${index}:${band.toLowerCase()}`),
  url: fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.tuple(fc.domain(), anyText).map(([host, rest]) => `https://${host}/?utm_source=a&${rest}`),
    fc.tuple(fc.domain(), anyText).map(([host, rest]) => `${host}${rest}`),
  ),
  target: fc.tuple(anyText, anyText).map((pair) => JSON.stringify(pair)),
}

/** A value somebody might send as one of a kind. */
export function valueOf(kind: string): fc.Arbitrary<string> {
  const spelled = spelledByKind[kind]
  return spelled === undefined ? anyText : fc.oneof(spelled, anyText)
}

/** A value that a kind cannot refuse. */
export function validValueOf(kind: string): fc.Arbitrary<string> {
  return spelledByKind[kind] ?? fc.string({ unit: 'grapheme-ascii', minLength: 1 }).map((text) => `a${text}`)
}

/** Published test numbers, one an issuer and length. */
export const testCardNumbers = [
  '4111111111111111',
  '4242424242424242',
  '4000056655665556',
  '5555555555554444',
  '2223003122003222',
  '378282246310005',
  '341111111111111',
  '6011111111111117',
  '6011000990139424',
  '36227206271667',
  '30569309025904',
  '38520000023237',
  '3056930009020004',
  '3530111333300000',
  '3566002020360505',
  '6200000000000005',
  '6205500000000000004',
  '6759649826438453',
  '2200000000000004',
] as const

/** Issuers' prefixes with a length each; the rest of the digits is drawn and the last is Luhn's. */
const issued = fc.constantFrom<readonly [string, number]>(
  ['4', 16],
  ['4', 19],
  ['51', 16],
  ['55', 16],
  ['2221', 16],
  ['2720', 16],
  ['34', 15],
  ['37', 15],
  ['6011', 16],
  ['644', 16],
  ['65', 19],
  ['36', 14],
  ['300', 16],
  ['3528', 16],
  ['3589', 17],
  ['62', 16],
  ['62', 18],
  ['5018', 16],
  ['6763', 19],
)

export const cardNumber = fc
  .tuple(issued, digits(19, 19))
  .map(([[prefix, length], filler]) => withCheckDigit((prefix + filler).slice(0, length - 1)))

/** The digits and the one that makes their Luhn sum a multiple of ten, found by trying. */
export function withCheckDigit(body: string): string {
  for (let check = 0; check < 10; check += 1)
    if (luhnSum(`${body}${check}`) % 10 === 0) return `${body}${check}`
  throw new Error('one of ten digits always fits')
}

function luhnSum(number: string): number {
  return Array.from(number)
    .toReversed()
    .map((digit, index) => (index % 2 === 0 ? Number(digit) : Number(digit) * 2))
    .flatMap((product) => Array.from(String(product), Number))
    .reduce((sum, digit) => sum + digit, 0)
}
