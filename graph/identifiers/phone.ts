import { callingCodeOf } from './formats/calling-codes.ts'
import { readText } from './formats/canonical-text.ts'
import { withAsciiDigits } from './formats/decimal-digits.ts'
import type { IdentifierKind } from './kind.ts'

/** Digits with what people put between them, after a plus or our own mark of a national number. */
const spelled = /^(?:tel:)?\(?([+n]?)((?:[\s().\-/\p{Pd}\p{Cf}]*[0-9])+)[\s().\-/\p{Pd}\p{Cf}]*$/u
const spelledMax = 64
const notDigits = /[^0-9]+/g
/** "+44 (0)20 ...": this zero is dialled only inside the country. */
const trunkZero = /\(\s*0\s*\)/
/** Italy dials its zero from abroad as well. */
const keepsTrunkZero = /^(?:00)?39/
const exitCode = /^00/
/** E.164: a country's first digit is never 0, and there are 15 digits at most. */
const international = /^[1-9][0-9]{6,14}$/
const national = /^[0-9]{7,15}$/

/** A phone number: `+digits` as in E.164, or `n` and its digits when its country is not told. */
export const phone: IdentifierKind = {
  name: 'phone',
  family: 'contact',
  evidence: { kappa: 5, halfLifeDays: 90, capNats: 9, links: 'pairs', unit: 'value' },
  household: false,
  normalise(value) {
    const text = readText(value)
    if (text === undefined || text.length > spelledMax) return undefined
    const [, mark = '', body = ''] = spelled.exec(withAsciiDigits(text.normalize('NFKC'))) ?? []
    const digits = body.replaceAll(notDigits, '')
    if (mark === '+') return internationalText(dialledAbroad(body, digits))
    if (mark === '' && exitCode.test(digits)) {
      return internationalText(dialledAbroad(body, digits).replace(exitCode, ''))
    }
    return national.test(digits) ? `n${digits}` : undefined
  },
  mask(canonical) {
    const code = canonical.startsWith('+') ? callingCodeOf(canonical.slice(1)) : undefined
    return code === undefined ? '' : `+${code} …`
  },
}

/** Whether a text is a number of E.164, spelled with its plus. */
export function isE164(text: string): boolean {
  return /^\s*[+＋]/.test(text) && phone.normalise(text) !== undefined
}

const internationalText = (digits: string): string | undefined =>
  international.test(digits) ? `+${digits}` : undefined

function dialledAbroad(body: string, digits: string): string {
  if (!trunkZero.test(body) || keepsTrunkZero.test(digits)) return digits
  return body.replace(trunkZero, '').replaceAll(notDigits, '')
}
