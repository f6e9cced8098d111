import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ipClassWeight, signupIpEvidence } from '../../../graph/identifiers/ip.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'

const normalise = (kind: string, value: string) => shippedKinds.get(kind)?.normalise(value)
const mask = (kind: string, value: string) => shippedKinds.get(kind)?.mask(normalise(kind, value) ?? '')

describe('spellings of one value give one canonical text', () => {
  test.each([
    ['ip', '203.0.113.7', [' 203.0.113.7 ', '::ffff:203.0.113.7', '::FFFF:cb00:7107']],
    [
      'ip',
      '2001:db8:0:1::/64',
      ['2001:DB8:0:1::9', '2001:0db8:0000:0001:ffff:0:0:1', '2001:db8:0:1:0:0:1.2.3.4'],
    ],
    ['ip', '::/64', ['::1', '::', '0:0:0:0:0:0:0:1']],
    ['ip24', '203.0.113.0/24', ['203.0.113.9/24']],
    ['ip24', '2001:db8:1::/48', ['2001:db8:1:2::/48']],
    ['email', 'jane@gmail.com', ['J.A.N.E+shop@GoogleMail.com', ' jane@gmail.com ', 'ja.ne@gmail.com.']],
    // Without its dot the accent meets the letter.
    ['email', '\u00e1@gmail.com', ['a.\u0301@gmail.com', 'a\u0301@gmail.com']],
    ['email', 'jane@outlook.com', ['Jane+x@outlook.com']],
    ['email', 'jane@hotmail.co.uk', ['jane+x+y@hotmail.co.uk']],
    ['email', 'ja.ne@icloud.com', ['ja.ne+1@iCloud.com']],
    ['email', 'jane@proton.me', ['jane+1@proton.me']],
    ['email', 'jane@fastmail.com', ['jane+1@fastmail.com']],
    ['email', 'jane@yahoo.co.uk', ['jane-shop@yahoo.co.uk']],
    ['email', 'jane@xn--mller-kva.de', ['jane@Müller.de', 'jane@mu\u0308ller.de']],
    ['email', 'ja.ne+x@example.org', ['Ja.Ne+X@EXAMPLE.ORG']],
    [
      'phone',
      '+442079460958',
      ['+44 20 7946 0958', '0044-20-7946-0958', '+44 (0)20 7946 0958', '（＋４４）２０７９４６０９５８'],
    ],
    ['phone', '+39061234567', ['+39 06 1234567', '+39 (0)6 1234567', 'tel:+39-06-1234567']],
    ['phone', '+12025550123', ['+1 (202) 555-0123', '+1.202.555.0123', '001 202 555 0123']],
    ['phone', 'n0301234567', ['030 1234567', '(030) 123-4567', '030/1234567', '٠٣٠١٢٣٤٥٦٧']],
    ['payout', 'DE89370400440532013000', ['de89 3704 0044 0532 0130 00', 'DE89-3704-0044-0532-0130-00']],
    ['payout', `0x${'ab'.repeat(20)}`, [`0x${'AB'.repeat(20)}`, `0X${'aB'.repeat(20)}`]],
    ['address', '12 high st berlin', ['12, High St.\nBerlin', '12 HIGH-ST (Berlin)']],
    ['address', 'straße 5', ['STRAßE 5']],
    ['document', 'AB1234567', ['ab 123-45.67', 'AB1234567']],
    ['promo', 'SAVE10', ['save10', ' Save10']],
    [
      'url',
      'https://shop.example/A?b=1',
      ['HTTPS://Shop.Example:443/A?utm_source=x&b=1&fbclid=2#top', 'shop.example/A?b=1'],
    ],
    [
      'url',
      'http://shop.example/',
      ['http://user:pass@shop.example:80', 'http://shop.example./?utm_medium=y'],
    ],
    ['image', 'abcdef0123456789', ['ABCDEF0123456789', '0xabcdef0123456789', '0XAbCdEf0123456789']],
    ['device', 'José', ['Jose\u0301', ' José ']],
    ['asn', 'AS3320', ['as3320', '3320']],
    ['emailDomain', 'example.org', ['Example.ORG.']],
    ['target', '["stream","track_12"]', ['[ "stream", "track_12 " ]']],
  ])('%s %s', (kind, canonical, spellings) => {
    for (const spelling of spellings) expect(normalise(kind, spelling)).toBe(canonical)
  })

  test('dots and tags never part two addresses of one gmail box', () => {
    const name = fc.string({ unit: fc.constantFrom(...'abc123'), minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(name, fc.array(fc.nat(11)), fc.string({ unit: 'grapheme-ascii' }), (local, dots, tag) => {
        const dotted = dots.reduce((text, at) => `${text.slice(0, at)}.${text.slice(at)}`, local)
        const tagged = `${dotted}+${tag.replaceAll(/[^a-z0-9+]/g, '')}@gmail.com`

        expect(normalise('email', tagged)).toBe(`${local}@gmail.com`)
      }),
    )
  })

  test('case tells opaque values apart', () => {
    for (const kind of ['device', 'cookie', 'fingerprint', 'payment', 'payout']) {
      expect(normalise(kind, 'aB')).not.toBe(normalise(kind, 'ab'))
    }
  })
})

describe('what cannot be of a kind is refused', () => {
  test.each([
    [
      'ip',
      [
        '1.2.3',
        '1.2.3.4.5',
        '01.2.3.4',
        '256.1.1.1',
        '0x7f.1',
        '2130706433',
        '1.2.3.4/32',
        '1.2.3.4:80',
        '[::1]',
      ],
    ],
    [
      'ip',
      [
        'fe80::1%eth0',
        '1::2::3',
        ':::',
        '1:2:3:4:5:6:7',
        '1:2:3:4:5:6:7::8:9',
        '12345::',
        '::1/48',
        '1.2.3.4::',
      ],
    ],
    [
      'email',
      [
        'jane',
        '@x.org',
        'jane@',
        'jane@localhost',
        'a b@x.org',
        'a@b@x.org',
        'a@-x.org',
        'a@x..org',
        'a@1.2.3.4',
      ],
    ],
    [
      'email',
      [
        'Jane <jane@x.org>',
        '"j d"@x.org',
        '+tag@gmail.com',
        '...@gmail.com',
        '***@x.org',
        'a@x.org/y',
        'a@x_y.org',
      ],
    ],
    [
      'phone',
      [
        '12345',
        '+0123456789',
        '+1234567890123456',
        '1-800-FLOWERS',
        '+49 30 1234 x5',
        'n',
        '+',
        '++491234567',
      ],
    ],
    [
      'url',
      [
        'x',
        'mailto:a@b.org',
        'javascript:alert(1)',
        'ftp://x.org/',
        'http://',
        'localhost/x',
        'http://a..',
        'a@b.org',
      ],
    ],
    ['asn', ['AS', 'AS-1', 'AS01', '4294967296', 'ASx']],
    ['imageBand', ['4:abcd', '0:ABCD', '0:abc', 'abcd']],
    ['target', ['stream', '["a"]', '["a","b","c"]', '["a",1]', '["a",""]', '{}']],
    ['document', ['--', '. .']],
    ['ip24', ['1.2.3.4', '1.2.3.4/23', '2001:db8::/64', '1.2.3.4/48']],
  ])('%s %j', (kind, values) => {
    for (const value of values) expect([value, normalise(kind, value)]).toEqual([value, undefined])
  })
})

test.each([
  ['ip', '203.0.113.7', '203.0.*.*'],
  ['ip', '2001:db8:1:2::3', '2001:db8:*'],
  ['ip24', '203.0.113.0/24', '203.0.*.*'],
  ['email', 'jane@example.org', '*@example.org'],
  ['phone', '+49 30 1234567', '+49 …'],
  ['phone', '+1 202 555 0123', '+1 …'],
  ['phone', '+358 9 1234567', '+358 …'],
  ['phone', '030 1234567', ''],
  ['payout', 'DE89370400440532013000', '…3000'],
  ['payout', '1234567', ''],
  ['payment', 'tok_4k', ''],
  ['device', 'd_9f', ''],
  ['asn', '3320', 'AS3320'],
  ['emailDomain', 'example.org', 'example.org'],
])('of %s %s people see %j', (kind, value, shown) => {
  expect(mask(kind, value)).toBe(shown)
})

test('a hash of 64 bits has four bands, and near hashes share one', () => {
  const image = shippedKinds.get('image')
  const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
  const bandsOf = (value: bigint) =>
    image?.derive?.(image.normalise(value.toString(16).padStart(16, '0')) ?? '', {}) ?? []
  fc.assert(
    fc.property(hash, fc.array(fc.bigInt({ min: 0n, max: 63n }), { maxLength: 3 }), (value, flips) => {
      const near = flips.reduce((bits, flip) => bits ^ (1n << flip), value)
      const texts = new Set(bandsOf(value).map(({ text }) => text))

      expect(texts.size).toBe(4)
      expect(bandsOf(near).some(({ text }) => texts.has(text))).toBe(true)
    }),
  )
})

test('a hash of another size has no bands', () => {
  const text = shippedKinds.get('text')

  expect(text?.derive?.('abcdef012345678', {})).toEqual([])
  expect(text?.normalise('ABCDEF')).toBe('ABCDEF')
})

test('IP evidence counts less where strangers meet', () => {
  const weights = ['residential', 'mobile', 'datacenter', 'vpn', 'tor', 'relay', undefined] as const

  expect(weights.map(ipClassWeight)).toEqual([1, 0.5, 1, 0.25, 0.25, 0.25, 1])
  expect(signupIpEvidence).toEqual({ kappa: 1, halfLifeDays: 2, capNats: 2, links: 'pairs', unit: 'day' })
})
