/** Finds the ids in the body of a batch where it is as plain as clients write it, without making texts of them. */
import type { IdSpans } from '../../snapshot/find.ts'
import { idsMax } from '../routes/get-risk.ts'

const [space, quote, comma, backslash, bracketOpen, bracketClose, braceOpen, braceClose] = [
  ...Buffer.from(' ",\\[]{}'),
] as [number, number, number, number, number, number, number, number]
const name = Buffer.from('"accounts"')
const colon = 0x3a
const printableMax = 0x7e
const idBytesMax = 256

/**
 * Of `{"accounts": ["...", ...]}` with ids of printable ASCII that nothing is escaped in; `undefined` of any other body,
 * which may be as right.
 */
export function scanBatch(bytes: Uint8Array): IdSpans | undefined {
  const starts = new Int32Array(idsMax)
  const ends = new Int32Array(idsMax)
  let at = afterStart(bytes)
  if (at < 0) return undefined
  for (let count = 0; count < idsMax; ) {
    at = afterSpaces(bytes, at)
    if (bytes[at] !== quote) return undefined
    const end = endOfId(bytes, at + 1)
    if (end < 0) return undefined
    starts[count] = at + 1
    ends[count] = end
    count += 1
    at = afterSpaces(bytes, end + 1)
    if (bytes[at] === bracketClose) return isOver(bytes, at + 1) ? { bytes, count, starts, ends } : undefined
    if (bytes[at] !== comma) return undefined
    at += 1
  }
  return undefined
}

function afterSpaces(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at] === space) at += 1
  return at
}

/** Behind the bracket that the ids begin with; -1 where there is something else. */
function afterStart(bytes: Uint8Array): number {
  let at = 0
  for (const token of [[braceOpen], name, [colon], [bracketOpen]]) {
    at = afterSpaces(bytes, at)
    for (const byte of token) if (bytes[at++] !== byte) return -1
  }
  return at
}

/** Where the quote is that ends it; -1 of an id that is not plain. */
function endOfId(bytes: Uint8Array, start: number): number {
  const last = start + idBytesMax
  for (let at = start; at <= last; at++) {
    const byte = bytes[at] ?? 0
    if (byte === quote) return at > start ? at : -1
    if (byte < space || byte > printableMax || byte === backslash) return -1
  }
  return -1
}

function isOver(bytes: Uint8Array, from: number): boolean {
  const at = afterSpaces(bytes, from)
  return bytes[at] === braceClose && afterSpaces(bytes, at + 1) === bytes.length
}
