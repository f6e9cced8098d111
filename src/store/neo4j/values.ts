/** The one border between our values and the driver's: whole numbers are integers, `Date`s are UTC date-times. */
import neo4j from 'neo4j-driver'
import type { Value } from '../../../cypher/catalogue.ts'

/** What the driver is given. Without this a JavaScript number would be stored as a float. */
export function encode(value: Value): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? neo4j.int(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(encode)
  if (value instanceof Date) return dateTime(value)
  if (value instanceof Uint8Array) return new Int8Array(value.buffer, value.byteOffset, value.byteLength)
  return encodeMap(value as { readonly [name: string]: Value })
}

export function encodeMap(map: { readonly [name: string]: Value }): Record<string, unknown> {
  const encoded: Record<string, unknown> = {}
  for (const name of Object.keys(map)) encoded[name] = encode(map[name] ?? null)
  return encoded
}

const nanosecondsOf = (at: Date): number => at.getUTCMilliseconds() * 1_000_000

const dateTime = (at: Date): unknown =>
  new neo4j.types.DateTime(
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
    nanosecondsOf(at),
    0,
  )

export const bytesOf = (stored: Int8Array): Uint8Array =>
  new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength)

const dayTexts = new Map<number, string>()
const dayNumbers = new Map<string, number>()
const msPerDay = 86_400_000

/** Days are stored as texts that people can read, `2026-05-02`. There are few of them, so each is made once. */
export function dayText(day: number): string {
  const known = dayTexts.get(day)
  if (known !== undefined) return known
  const text = new Date(day * msPerDay).toISOString().slice(0, -'T00:00:00.000Z'.length)
  dayTexts.set(day, text)
  return text
}

export function dayNumber(text: string): number {
  const known = dayNumbers.get(text)
  if (known !== undefined) return known
  const day = Date.parse(`${text}T00:00:00.000Z`) / msPerDay
  dayNumbers.set(text, day)
  return day
}
