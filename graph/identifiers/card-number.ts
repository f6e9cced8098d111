/**
 * Finds payment card numbers (PANs) in texts and JSON. Such a number has an issuer's prefix, a length that issuer
 * uses today and Luhn's check digit; so about 2.8 % of random 16-digit numbers pass as well.
 */
import { cardDigitsMax, cardDigitsMin, cardLengthsAt, passesLuhn } from './formats/card-issuers.ts'
import { apart, type DigitGroups, digitGroups, loose } from './formats/digit-groups.ts'
import { readIban } from './formats/iban.ts'
import { isE164 } from './phone.ts'

export interface CardTestOptions {
  /** The kind the text is a value of; a `phone` of E.164 is no card number. */
  readonly kind?: string
}

/** Whether a card number stands anywhere in a text, in one piece or with separators between its digits. */
export function looksLikeCardNumber(text: string, { kind }: CardTestOptions = {}): boolean {
  if (!hasDigitsEnough(text)) return false
  if (kind === 'phone' && isE164(text)) return false
  if (!holdsCardNumber(text)) return false
  // Their digits pass as often as any, and they are told by more than digits; looked for last, because it costs.
  return readIban(text.trim()) === undefined && holdsCardNumber(withoutHexIds(text))
}

function holdsCardNumber(text: string): boolean {
  const groups = digitGroups(text)
  return groups.starts.some((_, group) => isCardFrom(group, groups))
}

const uuid = /(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi
const digest = /(?<![0-9a-z])[0-9a-f]{32,128}(?![0-9a-z])/gi
/** Track 2 of a card is hexadecimal too, a D after the number and perhaps an F at the end. */
const digestLettersMin = 4

/** The text without its UUIDs and hexadecimal digests, some in ten thousand of which would pass. */
function withoutHexIds(text: string): string {
  return text
    .replaceAll(uuid, (id) => (lettersIn(id) > 1 ? '?' : id))
    .replaceAll(digest, (id) => (lettersIn(id) >= digestLettersMin ? '?' : id))
}

const lettersIn = (hex: string): number => new Set(hex.toLowerCase().replaceAll(/[^a-f]/g, '')).size

/** Most texts are short or hold few digits, and end here. */
function hasDigitsEnough(text: string): boolean {
  if (text.length < cardDigitsMin) return false
  let digits = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if ((unit >= 48 && unit <= 57) || unit > 127) digits += 1
    if (digits === cardDigitsMin) return true
  }
  return false
}

/** Whether some groups from this one on make a card number. Looks at 19 digits at most, so the whole is linear. */
function isCardFrom(first: number, groups: DigitGroups): boolean {
  const { digits, starts } = groups
  const start = starts[first] ?? 0
  const lengths = cardLengthsAt(digits, start)
  if (lengths === 0) return false
  for (let last = first; ; last += 1) {
    const end = starts[last + 1] ?? digits.length
    if (end - start > cardDigitsMax) return false
    if ((lengths & (1 << (end - start))) !== 0 && passesLuhn(digits, start, end)) return true
    if (!goesOn(groups, first, last)) return false
  }
}

/** A number split by another than a loose separator has its digits in threes or more, or lists would pass. */
const strictGroupMin = 3

/** Whether a number from group `first` to `last` may go on with the next. */
function goesOn({ starts, joints }: DigitGroups, first: number, last: number): boolean {
  const joint = joints[last + 1] ?? apart
  if (joint === apart || (last > first && joint !== joints[last])) return false
  return joint === loose || (starts[last + 1] ?? 0) - (starts[last] ?? 0) >= strictGroupMin
}

/** A value and how it was reached; pointers are spelled only when something is found. */
interface Place {
  readonly value: unknown
  readonly parent: Place | undefined
  readonly key: string
  readonly isPhone: boolean
}

export interface FindCardNumberOptions {
  /** Keys whose values are phone numbers, alone, in a list or as `{value}`. */
  readonly phoneKeys?: ReadonlySet<string>
}

const usualPhoneKeys: ReadonlySet<string> = new Set(['phone'])
/** The least whole number with as many digits as a card number. */
const cardNumberMin = 10 ** 13

/**
 * RFC 6901 pointer to the first card number, in document order. One in a key is told by the pointer of the
 * object that holds it. Keeps its own stack, because the caller decides how deep the value is.
 */
export function findCardNumber(
  value: unknown,
  { phoneKeys = usualPhoneKeys }: FindCardNumberOptions = {},
): string | undefined {
  const stack: Place[] = [{ value, parent: undefined, key: '', isPhone: false }]
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    if (isCardNumber(place)) return safePointer(place)
    if (typeof place.value !== 'object' || place.value === null) continue
    const children = childrenOf(place, place.value, phoneKeys)
    if (children === undefined) return safePointer(place)
    for (let index = children.length - 1; index >= 0; index -= 1) stack.push(children[index] as Place) // in range
  }
  return undefined
}

/** @NOTE A fraction is never a card number, and long ones pass the test as often as random digits do. */
function isCardNumber({ value, isPhone }: Place): boolean {
  switch (typeof value) {
    case 'string':
      return looksLikeCardNumber(value, isPhone ? { kind: 'phone' } : {})
    case 'number':
      return Number.isInteger(value) && Math.abs(value) >= cardNumberMin && looksLikeCardNumber(String(value))
    case 'bigint':
      return looksLikeCardNumber(String(value))
    default:
      return false
  }
}

/** `undefined` when a key is a card number. */
function childrenOf(
  parent: Place,
  value: object,
  phoneKeys: ReadonlySet<string>,
): readonly Place[] | undefined {
  if (Array.isArray(value)) {
    return value.map((child: unknown, index) => ({
      value: child,
      parent,
      key: String(index),
      isPhone: parent.isPhone,
    }))
  }
  const children: Place[] = []
  for (const [key, child] of Object.entries(value)) {
    if (looksLikeCardNumber(key)) return undefined
    children.push({
      value: child,
      parent,
      key,
      isPhone: phoneKeys.has(key) || (parent.isPhone && key === 'value'),
    })
  }
  return children
}

/** The nearest pointer that does not itself spell a card number across several keys. */
function safePointer(place: Place): string {
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) {
    const pointer = pointerTo(at)
    if (!looksLikeCardNumber(pointer)) return pointer
  }
  return ''
}

function pointerTo(place: Place): string {
  const keys: string[] = []
  for (let at = place; at.parent !== undefined; at = at.parent) {
    keys.push(`/${at.key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  }
  return keys.reverse().join('')
}
