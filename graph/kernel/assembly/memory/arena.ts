/** Linear memory, handed out upwards and taken back to a mark; nothing is freed by itself. */
import { outOfMemory, refuse } from '../refusal'

const pageBytes: u64 = 65_536
const pagesMax: u64 = 65_536
const lineBytes: u64 = 64

let top: u64 = 0

/** Where a table of so many bytes begins, on a cache line of its own. What it holds is left from before. */
export function reserve(bytes: u64): usize {
  top = wholeLines(top == 0 ? __heap_base : top)
  const start = top
  extend(bytes)
  return usize(start)
}

/** So many bytes more for what was reserved last. */
export function extend(bytes: u64): void {
  const pages = (top + bytes + pageBytes - 1) / pageBytes
  const owned = u64(memory.size())
  if (pages > owned && !grow(pages - owned, owned)) refuse(outOfMemory)
  top += bytes
}

/** Growing is slow, so it is done by a quarter at a time while there is room for it. */
function grow(pages: u64, owned: u64): bool {
  if (owned + pages > pagesMax) return false
  const ample = min(max(pages, owned / 4), pagesMax - owned)
  return memory.grow(i32(ample)) >= 0 || memory.grow(i32(pages)) >= 0
}

/** What to give `release` to take back everything reserved from here on. */
export function mark(): u64 {
  return top
}

export function release(to: u64): void {
  top = to
}

function wholeLines(bytes: u64): u64 {
  return ((bytes + lineBytes - 1) / lineBytes) * lineBytes
}
