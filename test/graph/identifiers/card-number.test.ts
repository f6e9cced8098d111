import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findCardNumber, looksLikeCardNumber } from '../../../graph/identifiers/card-number.ts'
import { cardNumber, testCardNumbers, withCheckDigit } from './arbitraries.ts'

const looseSeparator = fc.constantFrom(
  ' ',
  '-',
  '.',
  '\t',
  '\u00a0',
  '\u2009',
  '\u2011',
  '\u2013',
  '\u200b',
  '\u2212',
  ' - ',
)
const strictSeparator = fc.constantFrom(...',/_|:;\\+*~·•')
const scripts = fc.constantFrom(0x30, 0x660, 0x6f0, 0x966, 0xff10, 0x1d7ce)
/** Nothing here is a digit or a separator, so the number stays a number of its own. */
const prose = fc.string({ unit: fc.constantFrom(...'abcXYZäß"()[]{}<>=&%$#@!?\n'), maxLength: 30 })
const grouping = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 0, maxLength: 8 })

function split(digits: string, sizes: readonly number[]): readonly string[] {
  const parts: string[] = []
  let rest = digits
  for (const size of sizes) {
    if (size >= rest.length) break
    parts.push(rest.slice(0, size))
    rest = rest.slice(size)
  }
  return [...parts, rest]
}

describe('a card number is found', () => {
  test.each(testCardNumbers)('%s', (number) => {
    expect(looksLikeCardNumber(number)).toBe(true)
  })

  test('anywhere, in any script, whatever loose separators part its digits', () => {
    const separators = fc.array(looseSeparator, { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(
        cardNumber,
        grouping,
        separators,
        scripts,
        prose,
        prose,
        (number, sizes, between, zero, before, after) => {
          const spelled = split(number, sizes)
            .map((part, index) => (index === 0 ? part : between[index - 1] + part))
            .join('')
            .replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)))

          expect(looksLikeCardNumber(before + spelled + after)).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('between other numbers and words', () => {
    fc.assert(
      fc.property(cardNumber, fc.nat(999), fc.nat(9999), (number, before, after) => {
        expect(looksLikeCardNumber(`order ${before} ${number} ${after}, cvc ${before}`)).toBe(true)
        expect(looksLikeCardNumber(`${number.slice(0, 4)}-${number.slice(4)} 12/27`)).toBe(true)
      }),
    )
  })

  test('in groups of four with one other separator throughout', () => {
    fc.assert(
      fc.property(strictSeparator, (separator) => {
        expect(looksLikeCardNumber(['4111', '1111', '1111', '1111'].join(separator))).toBe(true)
      }),
    )
  })

  test('in the track 2 text of a chip, which is hexadecimal', () => {
    expect(looksLikeCardNumber('4111111111111111D25122011234567890F')).toBe(true)
    expect(looksLikeCardNumber(';4111111111111111=25122011234567890?')).toBe(true)
  })
})

describe('a number that is none is let through', () => {
  test('when its check digit is wrong', () => {
    fc.assert(
      fc.property(cardNumber, fc.integer({ min: 1, max: 9 }), (number, step) => {
        const wrong = number.slice(0, -1) + ((Number(number.at(-1)) + step) % 10)

        expect(looksLikeCardNumber(wrong)).toBe(false)
      }),
    )
  })

  test('when its parts are far apart or joined in different ways', () => {
    expect(looksLikeCardNumber(['4111', '1111', '1111', '1111'].join('    '))).toBe(false)
    expect(looksLikeCardNumber(['4111', '1111', '1111', '1111'].join(',/'))).toBe(false)
    expect(looksLikeCardNumber('4111,1111/1111,1111')).toBe(false)
  })

  test('when it is part of a longer run of digits', () => {
    expect(looksLikeCardNumber('94111111111111111000')).toBe(false)
    expect(looksLikeCardNumber('00004111111111111111')).toBe(false)
    expect(looksLikeCardNumber('1234111111111111111199')).toBe(false)
  })

  test.each([
    ['Visa of 13 digits', withCheckDigit('411111111111')],
    ['Mastercard of 15', withCheckDigit('51111111111111')],
    ['American Express of 16', withCheckDigit('371111111111111')],
    ['the old end of Mastercard', withCheckDigit('222011111111111')],
    ['past the end of Mastercard', withCheckDigit('272111111111111')],
    ['JCB before its range', withCheckDigit('352711111111111')],
    ['an IMEI', '356938035643809'],
    ['a UUID', '00000000-0000-4111-8111-111111111112'],
  ])('%s: %s', (_, number) => {
    expect(looksLikeCardNumber(number)).toBe(false)
  })

  test('an IBAN, whose digits pass once in forty', () => {
    // 16 digits that are a Mastercard number by length, range and check digit.
    const ibans = ['FI', 'DK'].flatMap((country) => fc.sample(ibanOf(country), { seed: 3, numRuns: 2000 }))
    const alarming = ibans.filter((iban) => looksLikeCardNumber(iban.slice(2)))

    expect(alarming.length).toBeGreaterThan(10)
    expect(alarming.filter((iban) => looksLikeCardNumber(iban))).toEqual([])
    expect(alarming.filter((iban) => looksLikeCardNumber(iban.replaceAll(/(.{4})/g, '$1 ')))).toEqual([])
  })

  test('coordinates, times, hashes and addresses', () => {
    const hashes = Array.from({ length: 5000 }, (_, index) =>
      createHash('sha256').update(`${index}`).digest('hex'),
    )
    const uuids = hashes.map((hash) => hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'))
    const times = hashes.map((_, index) =>
      new Date(1.5e12 + index * 7_654_321).toISOString().replace('T', ' '),
    )
    const places = hashes.map(
      (_, index) => `${(51 + index / 1000).toFixed(6)},${(13 + index / 777).toFixed(6)}`,
    )
    const lists = hashes.map((_, index) =>
      Array.from({ length: 12 }, (_, step) => (index * step) % 97).join(','),
    )
    const texts = [...hashes, ...uuids, ...times, ...places, ...lists]

    expect(texts.filter((text) => looksLikeCardNumber(text))).toEqual([])
  })

  test('about one in forty of random 16-digit numbers passes, no more', () => {
    const sixteen = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 16, maxLength: 16 })
    const numbers = fc.sample(sixteen, { seed: 4, numRuns: 20_000 })
    const share = numbers.filter((number) => looksLikeCardNumber(number)).length / numbers.length

    expect(share).toBeGreaterThan(0.02)
    expect(share).toBeLessThan(0.035)
  })
})

describe('of kind phone', () => {
  test('a number of E.164 is spared, and nothing longer', () => {
    const amex = '378282246310005'

    expect(looksLikeCardNumber(`+${amex}`)).toBe(true)
    expect(looksLikeCardNumber(`+${amex}`, { kind: 'phone' })).toBe(false)
    expect(looksLikeCardNumber(` +37 828 2246-310005`, { kind: 'phone' })).toBe(false)
    expect(looksLikeCardNumber(amex, { kind: 'phone' })).toBe(true)
    expect(looksLikeCardNumber('+4111111111111111', { kind: 'phone' })).toBe(true)
    expect(looksLikeCardNumber(`+49301234567 ${amex}`, { kind: 'phone' })).toBe(true)
  })
})

describe('64 KiB of anything takes a moment', () => {
  test.each([
    ['digits apart', '4 '.repeat(32_768)],
    ['groups of four', '4111-'.repeat(13_107)],
    ['one long run', '4'.repeat(65_536)],
    ['separators only', '-. '.repeat(21_845)],
    ['full-width digits', '４'.repeat(65_536)],
    ['hexadecimal', 'a4'.repeat(32_768)],
    ['half-made UUIDs', '44444444-4444-4444-'.repeat(3400)],
    ['phones that end badly', `+${'1 '.repeat(32_767)}x`],
    ['digits of N’Ko, marks between', '\u07c4\u0300'.repeat(32_768)],
  ])('%s', (_, text) => {
    const startedAt = performance.now()
    looksLikeCardNumber(text, { kind: 'phone' })

    // Quadratic work on such a text takes seconds; the rest is slack for a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(500)
  })
})

describe('finding one in JSON', () => {
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<unknown>(null, true, 1, 12.5, 'a', '0049', 1e15 + 0.5),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'b/c', 'd~e', ''), tie('tree'), { maxKeys: 3 }),
    ),
  }))
  const step = fc.oneof(fc.nat(3), fc.constantFrom('planted', 'x/y', 'x~y', ''))

  test('a tree without one has none', () => {
    fc.assert(fc.property(tree, (value) => expect(findCardNumber(value)).toBeUndefined()))
  })

  test('a planted one is found where it is, as text and as number', () => {
    fc.assert(
      fc.property(cardNumber, fc.array(step, { maxLength: 8 }), tree, (number, path, beside) => {
        const asNumber = Number(number)
        const leaves = Number.isSafeInteger(asNumber) ? [number, asNumber, `no. ${number}!`] : [number]
        for (const leaf of leaves) expect(findCardNumber(planted(path, leaf, beside))).toBe(pointerOf(path))
      }),
    )
  })

  test('one in a key is told by what holds it, and not repeated', () => {
    fc.assert(
      fc.property(cardNumber, fc.array(step, { maxLength: 8 }), tree, (number, path, beside) => {
        const pointer = findCardNumber(planted(path, { a: 1, [`k ${number}`]: { [number]: number } }, beside))

        expect(pointer).toBe(pointerOf(path))
        expect(pointer).not.toContain(number)
      }),
    )
  })

  test('one in a key alone is found', () => {
    fc.assert(
      fc.property(cardNumber, (number) => {
        expect(findCardNumber({ a: [{ b: { [number]: 1 } }] })).toBe('/a/0/b')
        expect(findCardNumber({ [number]: null })).toBe('')
      }),
    )
  })

  test('a fraction is none, however many digits it has', () => {
    expect(looksLikeCardNumber(String(41_111_111_111_111.11))).toBe(true)
    expect(findCardNumber([41_111_111_111_111.11, 0.4111111111111111, -1e300])).toBeUndefined()
  })

  test('keys that spell one together are not repeated either', () => {
    expect(findCardNumber({ 4111: { 1111: { 1111: { 1111: '4111111111111111' } } } })).toBe('/4111/1111/1111')
  })

  test('depth is no trouble', () => {
    let deep: unknown = '4111111111111111'
    for (let level = 0; level < 100_000; level += 1) deep = level % 2 === 0 ? [deep] : { a: deep }

    expect(findCardNumber(deep)).toHaveLength(200_000)
  })

  test('phones are spared under their key, alone, listed and with display', () => {
    const phone = '+378282246310005'

    expect(
      findCardNumber({ phone, identifiers: { phone: [phone, { value: phone, display: 'home' }] } }),
    ).toBeUndefined()
    expect(findCardNumber({ identifiers: { phone: { display: phone } } })).toBe('/identifiers/phone/display')
    expect(findCardNumber({ device: phone })).toBe('/device')
    expect(findCardNumber({ mobile: phone }, { phoneKeys: new Set(['mobile']) })).toBeUndefined()
  })
})

/** A tree of the steps of a path, the leaf at its end, other values beside. */
function planted(path: readonly (string | number)[], leaf: unknown, beside: unknown): unknown {
  return path.reduceRight<unknown>((inner, at) => {
    if (typeof at === 'number') return [...Array.from({ length: at }, () => beside), inner, beside]
    return { 'set beside': beside, [at]: inner, 'also beside': beside }
  }, leaf)
}

const pointerOf = (path: readonly (string | number)[]): string =>
  path.map((at) => `/${String(at).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** IBANs of a country with 14 digits of account, check digits found by trying. */
function ibanOf(country: string): fc.Arbitrary<string> {
  const account = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 14, maxLength: 14 })
  return account.map((digits) => {
    const numbers = Array.from(country, (letter) => letter.charCodeAt(0) - 55).join('')
    const check = 98n - (BigInt(`${digits}${numbers}00`) % 97n)
    return `${country}${String(check).padStart(2, '0')}${digits}`
  })
}
