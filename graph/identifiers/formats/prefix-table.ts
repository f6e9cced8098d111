/**
 * Which prefix holds an address, by binary search. Prefixes nest or are apart, never cross; so one sweep over
 * them, a stack of those still open at hand, cuts the space into ranges that each have one answer.
 * Three flat arrays of 32 bits hold it: a hundred thousand prefixes take at most 2.4 MB.
 */

/** A prefix of at most 64 bits; IPv4 uses the upper 32 only. */
export interface Prefix {
  readonly high: number
  readonly low: number
  readonly bits: number
  /** What a look-up answers; above 0. */
  readonly value: number
}

export interface PrefixTable {
  /** The value of the longest prefix that holds an address; of equal prefixes the least; 0 of none. */
  find(high: number, low: number): number
}

const span32 = 2 ** 32

export function prefixTable(prefixes: readonly Prefix[]): PrefixTable {
  const { highs, lows, values } = sweep(prefixes.map(withoutHostBits).sort(byStart))
  return {
    find(high, low) {
      let from = 0
      let to = values.length
      while (from < to) {
        const middle = (from + to) >>> 1
        const at = highs[middle] ?? 0
        if (at < high || (at === high && (lows[middle] ?? 0) <= low)) from = middle + 1
        else to = middle
      }
      return values[from - 1] ?? 0
    },
  }
}

function withoutHostBits({ high, low, bits, value }: Prefix): Prefix {
  return { high: keepBits(high, bits), low: keepBits(low, bits - 32), bits, value }
}

/** @NOTE JavaScript shifts by the count modulo 32, so 0 bits need a case of their own. */
function keepBits(word: number, bits: number): number {
  if (bits <= 0) return 0
  return bits >= 32 ? word : (word & (-1 << (32 - bits))) >>> 0
}

/** Of equal prefixes the one that wins comes last, because it is opened inside the others. */
function byStart(a: Prefix, b: Prefix): number {
  return a.high - b.high || a.low - b.low || a.bits - b.bits || b.value - a.value
}

interface Ranges {
  readonly highs: Uint32Array
  readonly lows: Uint32Array
  readonly values: Uint32Array
}

/** Ranges as their starts and values; each ends where the next begins. */
function sweep(sorted: readonly Prefix[]): Ranges {
  const highs: number[] = []
  const lows: number[] = []
  const values: number[] = []
  const begin = (high: number, low: number, value: number): void => {
    if (high >= span32) return
    if (highs.at(-1) === high && lows.at(-1) === low) values[values.length - 1] = value
    else if ((values.at(-1) ?? 0) !== value) {
      highs.push(high)
      lows.push(low)
      values.push(value)
    }
  }
  const open: Prefix[] = []
  const closeUpTo = (high: number, low: number): void => {
    for (let inner = open.at(-1); inner !== undefined; inner = open.at(-1)) {
      const end = endOf(inner)
      if (end.high > high || (end.high === high && end.low > low)) return
      open.pop()
      begin(end.high, end.low, open.at(-1)?.value ?? 0)
    }
  }
  for (const prefix of sorted) {
    closeUpTo(prefix.high, prefix.low)
    open.push(prefix)
    begin(prefix.high, prefix.low, prefix.value)
  }
  closeUpTo(span32, 0)
  return { highs: Uint32Array.from(highs), lows: Uint32Array.from(lows), values: Uint32Array.from(values) }
}

/** The first address after a prefix; its upper half is 2 ** 32 after the last of all. */
function endOf({ high, low, bits }: Prefix): { readonly high: number; readonly low: number } {
  if (bits <= 32) return { high: high + 2 ** (32 - bits), low: 0 }
  const next = low + 2 ** (64 - bits)
  return next < span32 ? { high, low: next } : { high: high + 1, low: 0 }
}
