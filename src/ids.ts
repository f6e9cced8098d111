/** Our own ids: typed, sortable by time, impossible to guess. */
import { randomBytes } from 'node:crypto'

export type IdPrefix = 'key' | 'dec' | 'ast' | 'req'

/** `prefix_` + 9 characters of time + 16 of chance. */
export const newId = (prefix: IdPrefix, now: number): string =>
  `${prefix}_${now.toString(36).padStart(9, '0')}${randomBytes(10).toString('hex').slice(0, 16)}`
