/** Open-addressing tables of names, by 64 bits of a hash. */

/** At most half full, so that a lookup takes two steps on average. */
export function slotsFor(entries: number): number {
  let slots = 16
  while (slots < entries * 2) slots *= 2
  return slots
}

/** FNV-1a, once from each end of the bytes from `start` until `end`: where to look first, and in what steps. */
export function fingerprintWithin(
  bytes: Uint8Array,
  start: number,
  end: number,
): { first: number; step: number } {
  let forward = 0x811c9dc5
  let backward = 0x811c9dc5
  for (let i = start, j = end - 1; i < end; i++, j--) {
    forward = Math.imul(forward ^ (bytes[i] ?? 0), 0x01000193)
    backward = Math.imul(backward ^ (bytes[j] ?? 0), 0x01000193)
  }
  // An odd step visits every slot of a power of two.
  return { first: mix(forward) >>> 0, step: (mix(backward) | 1) >>> 0 }
}

/** The same over the units of `kind:ref`, which is not made for it. */
export function fingerprintOfKey(kind: string, ref: string): { first: number; step: number } {
  const colon = 0x3a
  const forward = hashForward(ref, hashUnit(hashForward(kind, offsetBasis), colon))
  const backward = hashBackward(kind, hashUnit(hashBackward(ref, offsetBasis), colon))
  return { first: mix(forward) >>> 0, step: (mix(backward) | 1) >>> 0 }
}

const offsetBasis = 0x811c9dc5
const hashUnit = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193)

function hashForward(text: string, from: number): number {
  let hash = from
  for (let i = 0; i < text.length; i++) hash = hashUnit(hash, text.charCodeAt(i))
  return hash
}

function hashBackward(text: string, from: number): number {
  let hash = from
  for (let i = text.length - 1; i >= 0; i--) hash = hashUnit(hash, text.charCodeAt(i))
  return hash
}

/** FNV leaves the low bits weak; this is MurmurHash3's finaliser. */
function mix(hash: number): number {
  let mixed = hash
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
