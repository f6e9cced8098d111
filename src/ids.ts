/** Our own ids: typed, sortable by time, impossible to guess. */
import { randomFillSync } from 'node:crypto'

export type IdPrefix = 'key' | 'open' | 'dec' | 'ast' | 'req' | 'hook' | 'trip' | 'asg'

const chanceBytes = 8

/** Chance is fetched for many ids at once: every request needs one. */
const pool = Buffer.alloc(chanceBytes * 512)
let used = pool.length

function chance(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += chanceBytes
  return pool.toString('hex', used - chanceBytes, used)
}

/** `prefix_` + 9 characters of time + 16 of chance. */
export const newId = (prefix: IdPrefix, now: number): string =>
  `${prefix}_${now.toString(36).padStart(9, '0')}${chance()}`
