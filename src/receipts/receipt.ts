/**
 * What a verdict was taken on, frozen: parts, a SHA-256 of each over its canonical JSON (RFC 8785), and one over those, so
 * that a part which was altered is named. The last stands in the audit's row of the decision, which binds it all.
 */
import { hash } from 'node:crypto'
import { canonicalJson } from '../sources/canonical-json.ts'

export const receiptFormat = 'ringleader-receipt-1'
export const partNames = ['decision', 'basis', 'ring', 'members', 'explanation'] as const
export type PartName = (typeof partNames)[number]

export interface Receipt {
  readonly format: typeof receiptFormat
  readonly parts: Readonly<Record<PartName, unknown>>
  /** Of each part, hex. */
  readonly hashes: Readonly<Record<PartName, string>>
  readonly hash: string
}

/** Where something is not as it should be: a JSON pointer (RFC 6901). */
export interface Difference {
  readonly pointer: string
  readonly why: string
}

export function sealReceipt(parts: Receipt['parts']): Receipt {
  const hashes = perPart((name) => hashOf(parts[name]))
  return { format: receiptFormat, parts, hashes, hash: hashOfAll(hashes) }
}

export const hashOf = (value: unknown): string => hash('sha256', canonicalJson(value))

const hashOfAll = (hashes: Receipt['hashes']): string => hashOf({ format: receiptFormat, hashes })

const perPart = <T>(make: (name: PartName) => T): Readonly<Record<PartName, T>> =>
  Object.fromEntries(partNames.map((name) => [name, make(name)])) as Record<PartName, T>

/** What was altered since it was sealed, as far as the receipt alone can tell; `known`: the hash of the audit's row. */
export function receiptFaults(receipt: Receipt, known?: string): readonly Difference[] {
  const parts = partNames
    .filter((name) => hashOf(receipt.parts[name]) !== receipt.hashes[name])
    .map((name) => ({ pointer: `/parts/${name}`, why: 'it was altered: its hash is another' }))
  return [
    ...parts,
    ...(hashOfAll(receipt.hashes) === receipt.hash
      ? []
      : [{ pointer: '/hashes', why: 'they were altered: the hash over them is another' }]),
    ...(known === undefined || known === receipt.hash
      ? []
      : [{ pointer: '/hash', why: 'it is another receipt than the one that was asked for' }]),
  ]
}

const differencesMax = 20

/** Where two values differ, at most 20 places. */
export function differences(found: unknown, wanted: unknown, why: string): readonly Difference[] {
  const listed: Difference[] = []
  for (const pointer of pointersTo(found, wanted, '')) {
    listed.push({ pointer, why })
    if (listed.length === differencesMax) break
  }
  return listed
}

function* pointersTo(a: unknown, b: unknown, at: string): Generator<string> {
  if (canonicalJson(a) === canonicalJson(b)) return
  if (!isHolder(a) || !isHolder(b) || Array.isArray(a) !== Array.isArray(b)) {
    yield at
    return
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const pointer = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    // What is null is not what is missing.
    if (Object.hasOwn(a, key) && Object.hasOwn(b, key))
      yield* pointersTo(fieldOf(a, key), fieldOf(b, key), pointer)
    else yield pointer
  }
}

const isHolder = (value: unknown): value is object => typeof value === 'object' && value !== null

const fieldOf = (holder: object, key: string): unknown => (holder as Readonly<Record<string, unknown>>)[key]
