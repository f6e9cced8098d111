/** Who issues payment cards (ISO/IEC 7812), with which prefixes, and how long their numbers are today. */

export const cardDigitsMin = 14
export const cardDigitsMax = 19

/**
 * First four digits and lengths. Left out: Visa's 13 digits, no longer issued; Maestro's 12 to 15 digits and all
 * but its known prefixes (its registered 50 and 56-69 would double the false alarms); UATP, airlines' own.
 */
const issuers: readonly (readonly [first: number, last: number, lengths: readonly number[]])[] = [
  [4000, 4999, [16, 19]], // Visa
  [5100, 5599, [16]], // Mastercard
  [2221, 2720, [16]], // Mastercard
  [3400, 3499, [15]], // American Express
  [3700, 3799, [15]], // American Express
  [6011, 6011, [16, 17, 18, 19]], // Discover
  [6440, 6599, [16, 17, 18, 19]], // Discover; RuPay, Verve and Elo in part
  [3000, 3059, [14, 15, 16, 17, 18, 19]], // Diners Club: 14 are still in use
  [3095, 3095, [14, 15, 16, 17, 18, 19]], // Diners Club
  [3600, 3699, [14, 15, 16, 17, 18, 19]], // Diners Club
  [3800, 3999, [14, 15, 16, 17, 18, 19]], // Diners Club
  [3528, 3589, [16, 17, 18, 19]], // JCB
  [6200, 6299, [16, 17, 18, 19]], // UnionPay
  [2200, 2204, [16, 17, 18, 19]], // Mir
  [5018, 5020, [16, 17, 18, 19]], // Maestro; Dankort
  [5038, 5038, [16, 17, 18, 19]], // Maestro
  [5612, 5612, [16, 17, 18, 19]], // Maestro
  [5893, 5893, [16, 17, 18, 19]], // Maestro
  [6304, 6304, [16, 17, 18, 19]], // Maestro
  [6759, 6763, [16, 17, 18, 19]], // Maestro
  [5060, 5061, [16, 18, 19]], // Verve
  [5066, 5067, [16]], // Elo
  [5085, 5099, [16]], // RuPay, Elo
  [6062, 6062, [16]], // Hipercard
  [6069, 6085, [16]], // RuPay
  [8172, 8201, [16]], // RuPay
  [9792, 9792, [16]], // Troy
]

/** By the first four digits: a bit for each length in use. */
const lengthBits = new Uint32Array(10_000)
for (const [first, last, lengths] of issuers) {
  for (let prefix = first; prefix <= last; prefix += 1) {
    for (const length of lengths) lengthBits[prefix] = (lengthBits[prefix] ?? 0) | (1 << length)
  }
}

/** Lengths of the cards whose numbers begin with the digits at `start`: bit n for n digits, 0 for none. */
export function cardLengthsAt(digits: readonly number[], start: number): number {
  return lengthBits[prefixAt(digits, start)] ?? 0
}

function prefixAt(digits: readonly number[], start: number): number {
  let prefix = 0
  for (let at = start; at < start + 4; at += 1) prefix = prefix * 10 + (digits[at] ?? 0)
  return prefix
}

/** H. P. Luhn, US patent 2,950,048: every second digit from the right counts twice. */
export function passesLuhn(digits: readonly number[], start: number, end: number): boolean {
  let sum = 0
  for (let at = start; at < end; at += 1) {
    const digit = digits[at] ?? 0
    const counted = (end - at) % 2 === 0 ? digit * 2 : digit
    sum += counted > 9 ? counted - 9 : counted
  }
  return sum % 10 === 0
}
