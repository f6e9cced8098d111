/** Decimal digits in every script, because people and copy-paste do not keep to ASCII. */

const decimal = /^\p{Nd}$/u
const numeral = /^[\p{Nd}\p{No}]$/u
const nonAsciiNumerals = /(?=[^\0-\x7f])[\p{Nd}\p{No}]/gu

/** The value of a decimal digit: ASCII, full width, circled, superscript or of any script; -1 of anything else. */
export function digitValue(codePoint: number): number {
  if (codePoint < 0x80) return codePoint >= 48 && codePoint <= 57 ? codePoint - 48 : -1
  const character = String.fromCodePoint(codePoint)
  if (!numeral.test(character)) return -1
  const plain = character.normalize('NFKC')
  if (plain.length === 1 && plain >= '0' && plain <= '9') return plain.charCodeAt(0) - 48
  return decimal.test(character) ? placeInBlock(codePoint) : -1
}

/** The text with its digits written in ASCII. */
export function withAsciiDigits(text: string): string {
  return text.replaceAll(nonAsciiNumerals, (character) => {
    const value = digitValue(character.codePointAt(0) ?? 0)
    return value < 0 ? character : String(value)
  })
}

/** Unicode gives every script its digits zero to nine in one row, so the place in the row is the value. */
function placeInBlock(codePoint: number): number {
  let place = 0
  while (decimal.test(String.fromCodePoint(codePoint - place - 1))) place += 1
  return place % 10
}
