/** One delivered line on its way to the border, from whatever source. */
import type { Refusal } from './admit.ts'

export interface Delivery {
  /** Counted from 1: a line of a file, or a place in an array. */
  readonly line: number
  /** JSON of what was delivered, for a dead letter; asked for only when the line is refused. */
  readonly text: () => string
  readonly content: { readonly raw: unknown } | { readonly refusal: Refusal }
}

/** A line may be this long; one event is a few hundred bytes. */
export const lineBytesMax = 1_048_576

const openingBrace = 0x7b

/** A line of NDJSON; `undefined` for an empty one. */
export function ndjsonDelivery(line: number, bytes: Uint8Array): Delivery | undefined {
  return bytes[0] === openingBrace ? unreadDelivery(line, bytes) : readDelivery(line, bytes)
}

/** Read when it is looked at: of a file that several threads share each looks at its part. */
function unreadDelivery(line: number, bytes: Uint8Array): Delivery {
  let known: Delivery | undefined
  const read = (): Delivery => {
    known ??= readDelivery(line, bytes) ?? refused(line, notJson)
    return known
  }
  return {
    line,
    text: () => read().text(),
    get content() {
      return read().content
    },
  }
}

function readDelivery(line: number, bytes: Uint8Array): Delivery | undefined {
  const text = decode(bytes)
  if (text === undefined)
    return refused(line, { code: 'invalid_json', pointer: '', detail: 'is not UTF-8 text' })
  if (text.trim() === '') return undefined
  try {
    return { line, text: () => text, content: { raw: JSON.parse(text) as unknown } }
  } catch {
    return { line, text: () => text, content: { refusal: notJson } }
  }
}

/** The parser's message quotes the text, which may hold anything; the line number is enough to find it. */
const notJson = {
  code: 'invalid_json',
  pointer: '',
  detail: 'is not JSON: one JSON object a line',
} as const

export const tooLongDelivery = (line: number): Delivery =>
  refused(line, {
    code: 'body_too_large',
    pointer: '',
    detail: `is longer than ${lineBytesMax} bytes: one JSON object a line`,
  })

export const valueDelivery = (line: number, raw: unknown): Delivery => ({
  line,
  text: () => jsonOf(raw),
  content: { raw },
})

/** What is nested too deep to be written again is not kept. */
function jsonOf(raw: unknown): string {
  try {
    return JSON.stringify(raw)
  } catch (error) {
    if (error instanceof RangeError) return ''
    throw error
  }
}

const refused = (line: number, refusal: Refusal): Delivery => ({ line, text: () => '', content: { refusal } })

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
