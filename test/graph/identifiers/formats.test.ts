import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { callingCodeOf } from '../../../graph/identifiers/formats/calling-codes.ts'
import { fitted } from '../../../graph/identifiers/formats/canonical-text.ts'
import { digitValue, withAsciiDigits } from '../../../graph/identifiers/formats/decimal-digits.ts'
import { readIban } from '../../../graph/identifiers/formats/iban.ts'

describe('decimal digits', () => {
  const decimals = Array.from({ length: 0x110000 }, (_, codePoint) => codePoint).filter(
    (codePoint) =>
      (codePoint < 0xd800 || codePoint > 0xdfff) && /\p{Nd}/u.test(String.fromCodePoint(codePoint)),
  )

  test('of every script count from zero to nine', () => {
    expect(decimals.length).toBeGreaterThan(600)
    expect(decimals.map(digitValue)).toEqual(decimals.map((_, index) => index % 10))
  })

  test('are found full width, circled and raised, and letters are none', () => {
    expect(Array.from('４④⁴₄𝟜٤', (character) => digitValue(character.codePointAt(0) ?? 0))).toEqual([
      4, 4, 4, 4, 4, 4,
    ])
    expect(Array.from('lO½⑫Ⅳ', (character) => digitValue(character.codePointAt(0) ?? 0))).toEqual([
      -1, -1, -1, -1, -1,
    ])
    expect(withAsciiDigits('+４９ x½')).toBe('+49 x½')
  })
})

describe('IBANs', () => {
  const published = [
    'GB82WEST12345698765432',
    'DE89370400440532013000',
    'FR1420041010050500013M02606',
    'FI2112345600000785',
    'NO9386011117947',
    'MT84MALT011000012345MTLCAST001S',
    'NL91ABNA0417164300',
    'DK5000400440116243',
  ]

  test.each(published)('%s reads in groups and lower case', (iban) => {
    const grouped = iban.toLowerCase().replaceAll(/(.{4})/g, '$1 ')

    expect(readIban(grouped)).toBe(iban)
  })

  test('no check digits make one of another length or country', () => {
    const checks = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))
    const made = checks.flatMap((check) => [`DE${check}3704004405320130`, `XX${check}370400440532013000`])

    expect(made.map(readIban).filter((iban) => iban !== undefined)).toEqual([])
  })

  test('one wrong or misplaced character is noticed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...published),
        fc.integer({ min: 2, max: 14 }),
        fc.nat(9),
        (iban, at, digit) => {
          const changed = `${iban.slice(0, at)}${digit}${iban.slice(at + 1)}`

          expect(readIban(changed)).toBe(changed === iban ? iban : undefined)
          expect(readIban(`${iban}0`)).toBeUndefined()
        },
      ),
    )
  })
})

test.each([
  ['12025550123', '1'],
  ['79161234567', '7'],
  ['493012345', '49'],
  ['35891234567', '358'],
  ['8613912345678', '86'],
  ['8801712345678', '880'],
  ['2109999999', undefined],
  ['9999999999', undefined],
])('the calling code of %s is %s', (digits, code) => {
  expect(callingCodeOf(digits)).toBe(code)
})

test('512 bytes of UTF-8 fit, and not one more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 100, maxLength: 300 }), (text) => {
      const canonical = text.normalize('NFC')

      expect(fitted(text)).toBe(Buffer.byteLength(canonical) <= 512 ? canonical : undefined)
    }),
  )
  expect(fitted('a'.repeat(512))).toBeDefined()
  expect(fitted('a'.repeat(513))).toBeUndefined()
  expect(fitted('é'.repeat(256))).toBeDefined()
  expect(fitted('€'.repeat(171))).toBeUndefined()
  expect(fitted('😀'.repeat(129))).toBeUndefined()
})
