/** Answers from a serving snapshot. */
import type { Publicness } from '../../graph/projection/publicness.ts'
import { type DetectionRun, type Reason, type Role, roles } from '../../graph/ring.ts'
import { fingerprint } from './fingerprint.ts'
import {
  checkWhole,
  checkWholeAside,
  identifierName,
  readLayout,
  reasonsPerAccount,
  type SnapshotColumns,
  type SnapshotHeader,
  type SnapshotRing,
} from './format.ts'
import { type SnapshotUses, usesIn } from './uses/read.ts'

export interface AccountRisk {
  readonly risk: number
  readonly compromise: number
  readonly flagged: boolean
  readonly ring?: SnapshotRing & { readonly role: Role; readonly membership: number }
  readonly reasons: readonly Reason[]
}

export interface Snapshot {
  readonly run: DetectionRun
  readonly accounts: number
  readonly baseRate: number
  readonly rings: readonly SnapshotRing[]
  /** Of the run's evidence; 1 for an identifier that has none of its own. */
  readonly publicness: Publicness
  /** Who uses which identifier; `undefined` of a snapshot made before they knew. */
  readonly uses: SnapshotUses | undefined
  /** `undefined` for an account that was not known when it was made. */
  risk(account: string): AccountRisk | undefined
}

const micro = 1_000_000
const thousand = 1_000

/** Throws `snapshot_corrupt` for anything that is not a whole snapshot. */
export function openSnapshot(bytes: Uint8Array): Snapshot {
  checkWhole(bytes)
  return snapshotOf(bytes)
}

/** The same, without keeping anybody waiting for the check. */
export async function openSnapshotAside(bytes: Uint8Array<ArrayBuffer>): Promise<Snapshot> {
  await checkWholeAside(bytes)
  return snapshotOf(bytes)
}

/** Finds an account's number, -1 for one that is not there. */
function finder({ slots }: SnapshotHeader, columns: SnapshotColumns): (account: string) => number {
  const mask = slots - 1

  function isId(number: number, length: number): boolean {
    const from = columns.idOffsets[number] ?? 0
    if ((columns.idOffsets[number + 1] ?? 0) - from !== length) return false
    for (let i = 0; i < length; i++) if (columns.ids[from + i] !== idBytes[i]) return false
    return true
  }

  return (account) => {
    const length = writeUtf8(account)
    const { first, step } = fingerprint(idBytes, length)
    for (let slot = first & mask; ; slot = (slot + step) & mask) {
      const number = (columns.slots[slot] ?? 0) - 1
      if (number < 0 || isId(number, length)) return number
    }
  }
}

function snapshotOf(bytes: Uint8Array): Snapshot {
  const { header, columns } = readLayout(bytes)
  const find = finder(header, columns)
  const millionths = (column: Uint32Array, number: number): number => (column[number] ?? 0) / micro

  function reasonsOf(number: number): readonly Reason[] {
    const from = number * reasonsPerAccount
    const reasons: Reason[] = []
    for (let i = from; i < from + reasonsPerAccount; i++) {
      const reason = header.reasons[(columns.reasons[i] ?? 0) - 1]
      if (reason) reasons.push(reason)
    }
    return reasons
  }

  const nameOf = (number: number): string =>
    fromUtf8.decode(columns.ids.subarray(columns.idOffsets[number], columns.idOffsets[number + 1]))
  const isInRing = (number: number): boolean => columns.rings[number] !== 0

  const ringless: AccountRisk = { risk: header.baseRate, compromise: 0, flagged: false, reasons: [] }

  return {
    run: header.run,
    accounts: header.accounts,
    baseRate: header.baseRate,
    rings: header.rings,
    publicness: publicnessIn(columns),
    uses: header.uses && usesIn(columns, header.uses, { find, nameOf, isInRing }),
    risk(account) {
      const number = find(account)
      if (number < 0) return undefined
      const ring = header.rings[(columns.rings[number] ?? 0) - 1]
      if (!ring) return ringless
      return {
        risk: millionths(columns.risks, number),
        compromise: millionths(columns.compromises, number),
        flagged: columns.flagged[number] === 1,
        ring: {
          ...ring,
          role: roles[columns.roles[number] ?? 0] ?? 'bystander',
          membership: millionths(columns.memberships, number),
        },
        reasons: reasonsOf(number),
      }
    },
  }
}

/** The id that is looked for; ids are looked for one after the other. */
let idBytes: Uint8Array = new Uint8Array(1_024)

/** Writes an id there; how many bytes it takes. */
function writeUtf8(text: string): number {
  if (text.length * 3 > idBytes.length) idBytes = new Uint8Array(text.length * 3)
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) return utf8.encodeInto(text, idBytes).written
    idBytes[i] = unit
  }
  return text.length
}

const utf8 = new TextEncoder()
const fromUtf8 = new TextDecoder()

const publicnessIn =
  ({ publicNames, publicness }: SnapshotColumns): Publicness =>
  (key) => {
    const name = identifierName(`${key?.kind}:${key?.ref}`)
    const place = placeOf(publicNames, name)
    return publicNames[place] === name ? (publicness[place] ?? thousand) / thousand : 1
  }

/** Where a name is among ascending ones, or would be. */
function placeOf(names: BigUint64Array, name: bigint): number {
  let [from, to] = [0, names.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((names[middle] ?? 0n) < name) from = middle + 1
    else to = middle
  }
  return from
}
