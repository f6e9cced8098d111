/** The data contract as design.md section 3 words it, checked by hand. Shares no code with the product. */

type Json = Readonly<Record<string, unknown>>

const types =
  'signup login login_failed payment payment_failed payout credential_change payout_change chargeback report other'
const relations = 'paid refunded referred gifted messaged reviewed reported_by'
const outcomes = 'success failure pending reversed'
const kinds = 'device ip payment payout email phone address cookie fingerprint document image text url promo'
const reasons =
  'takeover phishing chargeback prohibited_item counterfeit spam fake_engagement promo_abuse multi_account'
const truthRoles = 'operator member mule victim bystander benign'

const eventFields =
  'eventId type occurredAt account identifiers counterparties action target outcome sessionId accountCreatedAt attributes'

const isText = (value: unknown, max = 256): boolean =>
  typeof value === 'string' && value.length > 0 && Buffer.byteLength(value) <= max
const isOneOf = (list: string, value: unknown): boolean =>
  typeof value === 'string' && list.split(' ').includes(value)
const isTime = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) &&
  new Date(value).toISOString().startsWith(value.slice(0, 19))
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is wrong with an event; nothing when all is well. */
export function eventFaults(event: Json): readonly string[] {
  const faults: string[] = []
  const must = (holds: boolean, what: string) => void (holds || faults.push(what))
  const may = (field: string, check: (value: unknown) => boolean) =>
    must(!(field in event) || check(event[field]), field)
  for (const field of Object.keys(event)) must(isOneOf(eventFields, field), `unknown ${field}`)
  must(isText(event['eventId']), 'eventId')
  must(isOneOf(types, event['type']), 'type')
  must(isTime(event['occurredAt']), 'occurredAt')
  must(isText(event['account']), 'account')
  may('sessionId', isText)
  may('accountCreatedAt', isTime)
  may('outcome', (value) => isOneOf(outcomes, value))
  may('identifiers', areIdentifiers)
  may('counterparties', areCounterparties)
  may('attributes', areAttributes)
  return faults
}

const areIdentifiers = (value: unknown): boolean =>
  isObject(value) &&
  Object.entries(value).every(
    ([kind, given]) => isOneOf(kinds, kind) && [given].flat().every((text) => isText(text, 2_048)),
  )

const areCounterparties = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every(
    (other) =>
      isObject(other) &&
      Object.keys(other).length === 2 &&
      isText(other['account']) &&
      isOneOf(relations, other['relation']),
  )

const areAttributes = (value: unknown): boolean =>
  isObject(value) &&
  Object.keys(value).every((key) => isOneOf('amount currency', key)) &&
  typeof value['amount'] === 'number' &&
  value['amount'] > 0 &&
  /^[A-Z]{3}$/.test(String(value['currency']))

export const isLabel = (label: Json): boolean =>
  Object.keys(label).every((field) => isOneOf('account label reason source at', field)) &&
  isText(label['account']) &&
  isOneOf('fraud victim legit none', label['label']) &&
  isOneOf(reasons, label['reason']) &&
  isText(label['source'], 64) &&
  isTime(label['at'])

export function isTruth(line: Json): boolean {
  const carries = isOneOf('operator member mule victim', line['role'])
  return (
    Object.keys(line).join(' ') === 'account ring attack role group' &&
    isOneOf(truthRoles, line['role']) &&
    [line['ring'], line['attack']].every((name) => (carries ? isText(name) : name === null)) &&
    (line['group'] === null || isText(line['group']))
  )
}

/** Whether 13 to 19 digits, with or without separators of one character between them, pass Luhn's test. */
export function holdsLuhnNumber(text: string): boolean {
  for (const [run] of text.matchAll(/\d(?:[ .:/_-]?\d){12,}/g)) {
    const digits = [...run.replaceAll(/\D/g, '')].map(Number)
    for (let from = 0; from < digits.length; from += 1) {
      for (let length = 13; length <= 19 && from + length <= digits.length; length += 1) {
        if (passesLuhn(digits.slice(from, from + length))) return true
      }
    }
  }
  return false
}

function passesLuhn(digits: readonly number[]): boolean {
  const sum = digits.toReversed().reduce((total, digit, at) => {
    const doubled = at % 2 === 0 ? digit : digit * 2
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
