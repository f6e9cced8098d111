/** Open-addressing tables of names, by 64 bits of a hash. */

/** At most half full, so that a lookup takes two steps on average. */
export function slotsFor(entries: number): number {
  let slots = 16
  while (slots < entries * 2) slots *= 2
  return slots
}

/** FNV-1a, once from each end: where to look first, and in what steps. */
export const fingerprint = (id: Uint8Array, length = id.length): { first: number; step: number } =>
  fingerprintWithin(id, 0, length)

/** Of the bytes from `start` until `end`. */
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

/** The same over the units of a text. */
export function fingerprintOfText(text: string): { first: number; step: number } {
  const { length } = text
  let forward = 0x811c9dc5
  let backward = 0x811c9dc5
  for (let i = 0; i < length; i++) {
    forward = Math.imul(forward ^ text.charCodeAt(i), 0x01000193)
    backward = Math.imul(backward ^ text.charCodeAt(length - 1 - i), 0x01000193)
  }
  return { first: mix(forward) >>> 0, step: (mix(backward) | 1) >>> 0 }
}

/** FNV leaves the low bits weak; this is MurmurHash3's finaliser. */
function mix(hash: number): number {
  let mixed = hash
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
