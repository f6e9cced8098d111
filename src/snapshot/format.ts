/**
 * The serving snapshot: one versioned, checksummed binary from which risk is answered without a database.
 *
 *   magic (8 bytes) | SHA-256 of the rest (32) | header length (4) | header JSON | padding to 8 | columns
 *
 * Columns, in the order of `columnSizes`, are little-endian and aligned to 8 bytes. Accounts are found by an
 * open-addressing table of 64-bit fingerprints; a hit is verified against the stored id, because a false match
 * would be an accusation.
 */
import { createHash, hash, webcrypto } from 'node:crypto'
import { AppError } from '../../graph/errors.ts'
import type { BenignSubtype, DetectionRun, Reason, RingClass } from '../../graph/ring.ts'
import { type UsesColumns, type UsesHeader, usesSizes } from './uses/columns.ts'

export const magic = 'RLSNAP01'
const checksumBytes = 32
const prefixBytes = magic.length + checksumBytes + 4

export interface SnapshotRing {
  readonly id: string
  readonly class: RingClass
  /** Of a benign one, where it is known; absent from snapshots made before it was told. */
  readonly subtype?: BenignSubtype
  readonly risk: number
  readonly size: number
}

export interface SnapshotHeader {
  readonly run: DetectionRun
  readonly accounts: number
  /** Bytes of all account ids together. */
  readonly idBytes: number
  /** Slots of the fingerprint table, a power of two. */
  readonly slots: number
  /** Mean risk over all accounts: what is known of one that is not. */
  readonly baseRate: number
  readonly rings: readonly SnapshotRing[]
  /** Distinct reasons; accounts point at them. */
  readonly reasons: readonly Reason[]
  /** Identifiers with a publicness of their own; absent from snapshots made before there was any. */
  readonly publicIdentifiers?: number
  /** Who uses which identifier; absent from snapshots made before they knew. */
  readonly uses?: UsesHeader
}

export const reasonsPerAccount = 3

/** Views on one buffer; nothing is copied when a snapshot is opened. */
export interface SnapshotColumns extends UsesColumns {
  /** Account number + 1 by slot; 0 is empty. */
  readonly slots: Uint32Array
  readonly idOffsets: Uint32Array
  readonly ids: Uint8Array
  /** Ring number + 1; 0 is none. */
  readonly rings: Uint32Array
  readonly roles: Uint8Array
  readonly flagged: Uint8Array
  /** Millionths. */
  readonly risks: Uint32Array
  readonly compromises: Uint32Array
  readonly memberships: Uint32Array
  /** Reason number + 1, three an account; 0 is none. */
  readonly reasons: Uint32Array
  /** Names of identifiers (`identifierName`), ascending, and the publicness of each in thousandths. */
  readonly publicNames: BigUint64Array
  readonly publicness: Uint16Array
}

const columnSizes = ({ accounts, slots, idBytes, publicIdentifiers = 0, uses }: SnapshotHeader) =>
  ({
    slots: slots * 4,
    idOffsets: (accounts + 1) * 4,
    ids: idBytes,
    rings: accounts * 4,
    roles: accounts,
    flagged: accounts,
    risks: accounts * 4,
    compromises: accounts * 4,
    memberships: accounts * 4,
    reasons: accounts * reasonsPerAccount * 4,
    publicNames: publicIdentifiers * 8,
    publicness: publicIdentifiers * 2,
    ...usesSizes(uses, accounts),
  }) satisfies Record<keyof SnapshotColumns, number>

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8

/** A zeroed snapshot with its header written; fill the columns, then `sealSnapshot`. */
export function layOut(header: SnapshotHeader): { bytes: Uint8Array<ArrayBuffer>; columns: SnapshotColumns } {
  const json = Buffer.from(JSON.stringify(header))
  const start = aligned(prefixBytes + json.length)
  const size = Object.values(columnSizes(header)).reduce((sum, bytes) => sum + aligned(bytes), start)
  const bytes = new Uint8Array(size)
  bytes.set(Buffer.from(magic))
  new DataView(bytes.buffer).setUint32(magic.length + checksumBytes, json.length, true)
  bytes.set(json, prefixBytes)
  return { bytes, columns: columnsOf(bytes, start, header) }
}

export function sealSnapshot(bytes: Uint8Array): void {
  bytes.set(checksumOf(bytes), magic.length)
}

/** Throws `snapshot_corrupt` for anything that is not a whole snapshot. */
export function checkWhole(bytes: Uint8Array): void {
  checkBeginning(bytes)
  compareChecksum(bytes, checksumOf(bytes))
}

/** The same, with the sum taken in a thread of its own: over a million accounts it takes 30 ms. */
export async function checkWholeAside(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  checkBeginning(bytes)
  compareChecksum(bytes, new Uint8Array(await webcrypto.subtle.digest('SHA-256', summed(bytes))))
}

function checkBeginning(bytes: Uint8Array): void {
  if (bytes.length < prefixBytes || Buffer.from(bytes.subarray(0, magic.length)).toString() !== magic) {
    throw corrupt('it does not begin like one')
  }
}

function compareChecksum(bytes: Uint8Array, sum: Uint8Array): void {
  const stored = Buffer.from(bytes.subarray(magic.length, magic.length + checksumBytes))
  if (!stored.equals(sum)) throw corrupt('its checksum does not match')
}

/** Of a whole snapshot. */
export function readLayout(given: Uint8Array): { header: SnapshotHeader; columns: SnapshotColumns } {
  // Columns must lie aligned, which a slice of some larger buffer does not promise.
  const bytes = given.byteOffset % 8 === 0 ? given : Uint8Array.from(given)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const length = view.getUint32(magic.length + checksumBytes, true)
  const json = Buffer.from(bytes.buffer, bytes.byteOffset + prefixBytes, length).toString()
  const header = JSON.parse(json) as SnapshotHeader
  return { header, columns: columnsOf(bytes, aligned(prefixBytes + length), header) }
}

const corrupt = (why: string): AppError =>
  new AppError(
    'snapshot_corrupt',
    `The serving snapshot is damaged (${why}): run ringleader detect to make a new one`,
  )

const summed = <Bytes extends Uint8Array>(bytes: Bytes): Bytes =>
  bytes.subarray(magic.length + checksumBytes) as Bytes

const checksumOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(summed(bytes)).digest()

function columnsOf(bytes: Uint8Array, start: number, header: SnapshotHeader): SnapshotColumns {
  const sizes = columnSizes(header)
  let at = bytes.byteOffset + start
  const place = (size: number): [ArrayBufferLike, number, number] => {
    const from = at
    at += aligned(size)
    return [bytes.buffer, from, size]
  }
  const words = ([buffer, from, size]: [ArrayBufferLike, number, number]) =>
    new Uint32Array(buffer, from, size / 4)
  const octets = ([buffer, from, size]: [ArrayBufferLike, number, number]) =>
    new Uint8Array(buffer, from, size)
  const longs = ([buffer, from, size]: [ArrayBufferLike, number, number]) =>
    new BigUint64Array(buffer, from, size / 8)
  const halves = ([buffer, from, size]: [ArrayBufferLike, number, number]) =>
    new Uint16Array(buffer, from, size / 2)
  return {
    slots: words(place(sizes.slots)),
    idOffsets: words(place(sizes.idOffsets)),
    ids: octets(place(sizes.ids)),
    rings: words(place(sizes.rings)),
    roles: octets(place(sizes.roles)),
    flagged: octets(place(sizes.flagged)),
    risks: words(place(sizes.risks)),
    compromises: words(place(sizes.compromises)),
    memberships: words(place(sizes.memberships)),
    reasons: words(place(sizes.reasons)),
    publicNames: longs(place(sizes.publicNames)),
    publicness: halves(place(sizes.publicness)),
    identifierSlots: words(place(sizes.identifierSlots)),
    identifierPrints: words(place(sizes.identifierPrints)),
    useStarts: words(place(sizes.useStarts)),
    dayStarts: words(place(sizes.dayStarts)),
    users: words(place(sizes.users)),
    firstSeen: words(place(sizes.firstSeen)),
    lastSeen: words(place(sizes.lastSeen)),
    seenThrough: octets(place(sizes.seenThrough)),
    dayCounts: octets(place(sizes.dayCounts)),
    days: halves(place(sizes.days)),
    births: words(place(sizes.births)),
  }
}

/** 64 bits of SHA-256: among a million identifiers two of one name are a chance of 1 in 10 million. */
export const identifierName = (key: string): bigint => BigInt(`0x${hash('sha256', key, 'hex').slice(0, 16)}`)
