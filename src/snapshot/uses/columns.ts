/** Who uses which identifier, as columns of the snapshot: what a newcomer is matched by without a store. */
import { fingerprintOfKey } from '../fingerprint.ts'

/** Counts of the columns; absent from snapshots made before there were any. */
export interface UsesHeader {
  readonly identifiers: number
  /** Slots of their fingerprint table, a power of two. */
  readonly slots: number
  readonly uses: number
  readonly days: number
}

export interface UsesColumns {
  /** Identifier number + 1 by slot; 0 is empty. */
  readonly identifierSlots: Uint32Array
  /** Two halves of each identifier's fingerprint. */
  readonly identifierPrints: Uint32Array
  /** Where an identifier's uses begin, and where their days do; one more than there are identifiers. */
  readonly useStarts: Uint32Array
  readonly dayStarts: Uint32Array
  /** By use: the account's number, and when it was first and last seen there, in seconds. */
  readonly users: Uint32Array
  readonly firstSeen: Uint32Array
  readonly lastSeen: Uint32Array
  /** By use: 1 where it was only ever seen through hardware of the account's own (evidence/seen-through.ts). */
  readonly seenThrough: Uint8Array
  /** By use: of how many days the days are listed; only of kinds that count by days. */
  readonly dayCounts: Uint8Array
  readonly days: Uint16Array
  /** By account: birth in seconds; 0 where it is not known. */
  readonly births: Uint32Array
}

export function usesSizes(
  header: UsesHeader | undefined,
  accounts: number,
): Record<keyof UsesColumns, number> {
  const { identifiers, slots, uses, days } = header ?? { identifiers: 0, slots: 0, uses: 0, days: 0 }
  const starts = header ? (identifiers + 1) * 4 : 0
  return {
    identifierSlots: slots * 4,
    identifierPrints: identifiers * 8,
    useStarts: starts,
    dayStarts: starts,
    users: uses * 4,
    firstSeen: uses * 4,
    lastSeen: uses * 4,
    seenThrough: uses,
    dayCounts: uses,
    days: days * 2,
    births: header ? accounts * 4 : 0,
  }
}

export const daysPerUseMax = 255

/** 64 bits by which an identifier is known; two alike among a million are a chance of 1 in 10 million. */
export const printOf = fingerprintOfKey
