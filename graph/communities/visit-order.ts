/**
 * The order in which nodes are visited: by a hash of account id and start, never by number, so that the result
 * depends on who the accounts are and not on how they were numbered.
 */

export interface IdHash {
  readonly high: Int32Array
  readonly low: Int32Array
}

export function hashIds(ids: readonly string[]): IdHash {
  const hash = { high: new Int32Array(ids.length), low: new Int32Array(ids.length) }
  ids.forEach((id, i) => {
    putHash(hash, i, id)
  })
  return hash
}

/** Two independent 32-bit FNV-1a walks over an id. */
export function putHash({ high, low }: IdHash, place: number, id: string): void {
  let [a, b] = [0x811c9dc5, 0x050c5d1f]
  for (let j = 0; j < id.length; j++) {
    a = Math.imul(a ^ id.charCodeAt(j), 0x01000193)
    b = Math.imul(b ^ id.charCodeAt(id.length - 1 - j), 0x01000193)
  }
  high[place] = a
  low[place] = b
}

/** Accounts of a component, visited in the order of start `start`; equal hashes go by number, which is by id. */
export function visitOrder(component: Int32Array, { high, low }: IdHash, start: number): Int32Array {
  const keys = Float64Array.from(component, (account) => {
    const a = mix((high[account] ?? 0) ^ Math.imul(start, 0x9e3779b1)) >>> 0
    const b = mix((low[account] ?? 0) ^ Math.imul(start, 0x85ebca77)) >>> 11
    // 32 + 21 bits are exact in a double.
    return a * 2 ** 21 + b
  })
  return Int32Array.from(component, (_, node) => node).sort(
    (x, y) => (keys[x] ?? 0) - (keys[y] ?? 0) || x - y,
  )
}

/** The finaliser of MurmurHash3. */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
