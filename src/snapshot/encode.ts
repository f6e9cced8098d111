/** Makes the serving snapshot of one publish. */
import type { PublicnessFactors } from '../../graph/projection/publicness.ts'
import { type DetectionRun, type Reason, type Ring, roles } from '../../graph/ring.ts'
import { accountFinder } from './find.ts'
import { fingerprintWithin, slotsFor } from './fingerprint.ts'
import {
  identifierName,
  layOut,
  reasonsPerAccount,
  type SnapshotColumns,
  type SnapshotHeader,
  sealSnapshot,
} from './format.ts'
import { type UsesPlan, writeUses } from './uses/encode.ts'

export interface SnapshotInput {
  readonly run: DetectionRun
  /** Every known account, each once. */
  readonly accounts: readonly string[]
  /** Active rings; an account is in one at the most. */
  readonly rings: readonly Ring[]
  readonly publicness: PublicnessFactors
  /** Whose identifiers newcomers are matched by: of the same accounts, in the same order. */
  readonly uses?: UsesPlan
}

const micro = 1_000_000

export function encodeSnapshot({
  run,
  accounts,
  rings,
  publicness,
  uses,
}: SnapshotInput): Uint8Array<ArrayBuffer> {
  const members = rings.flatMap(({ members: rows }) => rows)
  const reasons = distinctReasons(members.flatMap((member) => member.reasons))
  const header: SnapshotHeader = {
    run,
    accounts: accounts.length,
    idBytes: accounts.reduce((sum, id) => sum + Buffer.byteLength(id), 0),
    slots: slotsFor(accounts.length),
    baseRate: accounts.length === 0 ? 0 : baseRateOf(members, accounts.length),
    rings: rings.map(({ id, head, members: rows }) => ({
      id,
      class: head.class,
      ...(head.subtype !== undefined && { subtype: head.subtype }),
      risk: head.risk,
      size: rows.length,
    })),
    reasons: reasons.distinct,
    publicIdentifiers: publicness.size,
    ...(uses && { uses: uses.header }),
  }
  const { bytes, columns } = layOut(header)
  writeIds(columns, accounts)
  const { find } = accountFinder(header, columns)
  rings.forEach((ring, ringNumber) => writeRing(columns, { ring, ringNumber, find, reasons }))
  writePublicness(columns, publicness)
  if (uses) writeUses(columns, uses)
  sealSnapshot(bytes)
  return bytes
}

const baseRateOf = (members: readonly { risk: number }[], accounts: number): number =>
  Math.round((members.reduce((sum, { risk }) => sum + risk, 0) / accounts) * micro) / micro

interface ReasonNumbers {
  readonly distinct: readonly Reason[]
  readonly numberOf: ReadonlyMap<Reason, number>
}

function distinctReasons(all: readonly Reason[]): ReasonNumbers {
  const [numbers, distinct] = [new Map<string, number>(), [] as Reason[]]
  const numberOf = new Map<Reason, number>()
  for (const reason of all) {
    const key = JSON.stringify(reason)
    const number = numbers.get(key) ?? distinct.push(reason) - 1
    numbers.set(key, number)
    numberOf.set(reason, number)
  }
  return { distinct, numberOf }
}

function writeIds({ ids, idOffsets, slots }: SnapshotColumns, accounts: readonly string[]): void {
  const bytes = Buffer.from(ids.buffer, ids.byteOffset, ids.length)
  let offset = 0
  accounts.forEach((account, number) => {
    idOffsets[number] = offset
    const end = offset + bytes.write(account, offset)
    slots[freeSlot(slots, fingerprintWithin(bytes, offset, end))] = number + 1
    offset = end
  })
  idOffsets[accounts.length] = offset
}

interface PublicRow {
  readonly name: bigint
  readonly factor: number
}

function writePublicness(columns: SnapshotColumns, publicness: PublicnessFactors): void {
  const known = publicRows.get(publicness) ?? publicRowsOf(publicness)
  publicRows.set(publicness, known)
  known.forEach(({ name, factor }, place) => {
    columns.publicNames[place] = name
    columns.publicness[place] = factor
  })
}

/** Measured by a run in full, they are written by each one after it. */
const publicRows = new WeakMap<PublicnessFactors, readonly PublicRow[]>()

const publicRowsOf = (publicness: PublicnessFactors): readonly PublicRow[] =>
  [...publicness]
    .map(([key, factor]) => ({ name: identifierName(key), factor }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

function freeSlot(slots: Uint32Array, { first, step }: { first: number; step: number }): number {
  let slot = first & (slots.length - 1)
  while (slots[slot] !== 0) slot = (slot + step) & (slots.length - 1)
  return slot
}

function writeRing(
  columns: SnapshotColumns,
  {
    ring,
    ringNumber,
    find,
    reasons,
  }: { ring: Ring; ringNumber: number; find: (account: string) => number; reasons: ReasonNumbers },
): void {
  for (const member of ring.members) {
    const account = find(member.account)
    if (account < 0) continue
    columns.rings[account] = ringNumber + 1
    columns.roles[account] = roles.indexOf(member.role)
    columns.flagged[account] = Number(member.flagged)
    columns.risks[account] = Math.round(member.risk * micro)
    columns.compromises[account] = Math.round(member.compromise * micro)
    columns.memberships[account] = Math.round(member.membership * micro)
    member.reasons.slice(0, reasonsPerAccount).forEach((reason, i) => {
      columns.reasons[account * reasonsPerAccount + i] = (reasons.numberOf.get(reason) ?? -1) + 1
    })
  }
}
