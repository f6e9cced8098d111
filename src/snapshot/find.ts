/** Finds accounts' numbers by their ids, in the bytes of the snapshot. */
import { fingerprintWithin } from './fingerprint.ts'
import type { SnapshotColumns, SnapshotHeader } from './format.ts'

/** Ids in UTF-8 as they lie in some bytes: the one at `i` from `starts[i]` until `ends[i]`. */
export interface IdSpans {
  readonly bytes: Uint8Array
  readonly count: number
  readonly starts: Int32Array
  readonly ends: Int32Array
}

export interface AccountFinder {
  /** -1 for one that is not there. */
  readonly find: (account: string) => number
  /** The number of each, -1 for one that is not there. */
  readonly findAll: (spans: IdSpans) => Int32Array
}

export function accountFinder({ slots }: SnapshotHeader, columns: SnapshotColumns): AccountFinder {
  const mask = slots - 1
  const { idOffsets, ids } = columns

  function isId(number: number, { bytes, starts, ends }: IdSpans, place: number): boolean {
    const [from, start] = [idOffsets[number] ?? 0, starts[place] ?? 0]
    const length = (ends[place] ?? 0) - start
    if ((idOffsets[number + 1] ?? 0) - from !== length) return false
    for (let i = 0; i < length; i++) if (ids[from + i] !== bytes[start + i]) return false
    return true
  }

  /**
   * Ids lie all over the memory, and a processor that is told of many places waits for them together: one column is read
   * for all ids before the next.
   */
  function lookUp({ numbers, froms, heads, slotOf }: Search, left: Int32Array): void {
    for (const place of left) numbers[place] = (columns.slots[slotOf[place] ?? 0] ?? 0) - 1
    for (const place of left) froms[place] = idOffsets[numbers[place] ?? 0] ?? 0
    for (const place of left) heads[place] = ids[froms[place] ?? 0] ?? 0
  }

  /** How many have to look in another slot; they are moved to the front. */
  function moveOn(spans: IdSpans, { numbers, heads, slotOf, steps }: Search, left: Int32Array): number {
    let others = 0
    for (const place of left) {
      const number = numbers[place] ?? -1
      if (number < 0) continue
      if (heads[place] === spans.bytes[spans.starts[place] ?? 0] && isId(number, spans, place)) continue
      slotOf[place] = ((slotOf[place] ?? 0) + (steps[place] ?? 0)) & mask
      left[others++] = place
    }
    return others
  }

  const own = { bytes: idBytes, count: 1, starts: new Int32Array(1), ends: new Int32Array(1) }

  return {
    find(account) {
      const length = writeUtf8(account)
      own.bytes = idBytes
      own.ends[0] = length
      const { first, step } = fingerprintWithin(idBytes, 0, length)
      for (let slot = first & mask; ; slot = (slot + step) & mask) {
        const number = (columns.slots[slot] ?? 0) - 1
        if (number < 0 || isId(number, own, 0)) return number
      }
    },
    findAll(spans) {
      const search = beginSearch(spans, mask)
      for (let left = search.places; left.length > 0; ) {
        lookUp(search, left)
        left = left.subarray(0, moveOn(spans, search, left))
      }
      return search.numbers
    },
  }
}

interface Search {
  /** By place among the ids: the account's number, where its id begins, and the first byte there. */
  readonly numbers: Int32Array
  readonly froms: Uint32Array
  readonly heads: Uint8Array
  /** Where to look for each, and by what steps to go on. */
  readonly slotOf: Int32Array
  readonly steps: Uint32Array
  readonly places: Int32Array
}

function beginSearch({ bytes, count, starts, ends }: IdSpans, mask: number): Search {
  const slotOf = new Int32Array(count)
  const steps = new Uint32Array(count)
  const places = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const { first, step } = fingerprintWithin(bytes, starts[i] ?? 0, ends[i] ?? 0)
    slotOf[i] = first & mask
    steps[i] = step
    places[i] = i
  }
  const numbers = new Int32Array(count)
  return { numbers, froms: new Uint32Array(count), heads: new Uint8Array(count), slotOf, steps, places }
}

/** The id that is looked for; ids are looked for one after the other. */
let idBytes: Uint8Array = new Uint8Array(1_024)

/** Writes an id there; how many bytes it takes. */
function writeUtf8(text: string): number {
  if (text.length * 3 > idBytes.length) idBytes = new Uint8Array(text.length * 3)
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) return utf8.encodeInto(text, idBytes).written
    idBytes[i] = unit
  }
  return text.length
}

const utf8 = new TextEncoder()
