/** Makes the serving snapshot of one publish. */
import type { PublicnessFactors } from '../../graph/projection/publicness.ts'
import { type DetectionRun, type Reason, type Ring, roles } from '../../graph/ring.ts'
import { fingerprint, slotsFor } from './fingerprint.ts'
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
  const ids = accounts.map((account) => Buffer.from(account))
  const members = rings.flatMap(({ members: rows }) => rows)
  const reasons = distinctReasons(members.flatMap((member) => member.reasons))
  const header: SnapshotHeader = {
    run,
    accounts: accounts.length,
    idBytes: ids.reduce((sum, id) => sum + id.length, 0),
    slots: slotsFor(accounts.length),
    baseRate: accounts.length === 0 ? 0 : baseRateOf(members, accounts.length),
    rings: rings.map(({ id, head, members: rows }) => ({
      id,
      class: head.class,
      ...(head.subtype !== undefined && { subtype: head.subtype }),
      risk: head.risk,
      size: rows.length,
    })),
    reasons: [...reasons.values()].map(({ reason }) => reason),
    publicIdentifiers: publicness.size,
    ...(uses && { uses: uses.header }),
  }
  const { bytes, columns } = layOut(header)
  writeIds(columns, ids)
  const numberOf = new Map(accounts.map((account, number) => [account, number]))
  rings.forEach((ring, ringNumber) => writeRing(columns, { ring, ringNumber, numberOf, reasons }))
  writePublicness(columns, publicness)
  if (uses) writeUses(columns, uses)
  sealSnapshot(bytes)
  return bytes
}

const baseRateOf = (members: readonly { risk: number }[], accounts: number): number =>
  Math.round((members.reduce((sum, { risk }) => sum + risk, 0) / accounts) * micro) / micro

type ReasonNumbers = ReadonlyMap<string, { reason: Reason; number: number }>

function distinctReasons(all: readonly Reason[]): ReasonNumbers {
  const numbers = new Map<string, { reason: Reason; number: number }>()
  for (const reason of all) {
    const key = JSON.stringify(reason)
    if (!numbers.has(key)) numbers.set(key, { reason, number: numbers.size })
  }
  return numbers
}

function writeIds(columns: SnapshotColumns, ids: readonly Buffer[]): void {
  let offset = 0
  ids.forEach((id, number) => {
    columns.idOffsets[number] = offset
    columns.ids.set(id, offset)
    offset += id.length
    columns.slots[freeSlot(columns.slots, id)] = number + 1
  })
  columns.idOffsets[ids.length] = offset
}

function writePublicness(columns: SnapshotColumns, publicness: PublicnessFactors): void {
  const named = [...publicness].map(([key, factor]) => ({ name: identifierName(key), factor }))
  named.sort((a, b) => (a.name < b.name ? -1 : 1))
  named.forEach(({ name, factor }, place) => {
    columns.publicNames[place] = name
    columns.publicness[place] = factor
  })
}

function freeSlot(slots: Uint32Array, id: Uint8Array): number {
  const { first, step } = fingerprint(id)
  let slot = first & (slots.length - 1)
  while (slots[slot] !== 0) slot = (slot + step) & (slots.length - 1)
  return slot
}

function writeRing(
  columns: SnapshotColumns,
  {
    ring,
    ringNumber,
    numberOf,
    reasons,
  }: { ring: Ring; ringNumber: number; numberOf: ReadonlyMap<string, number>; reasons: ReasonNumbers },
): void {
  for (const member of ring.members) {
    const account = numberOf.get(member.account)
    if (account === undefined) continue
    columns.rings[account] = ringNumber + 1
    columns.roles[account] = roles.indexOf(member.role)
    columns.flagged[account] = Number(member.flagged)
    columns.risks[account] = Math.round(member.risk * micro)
    columns.compromises[account] = Math.round(member.compromise * micro)
    columns.memberships[account] = Math.round(member.membership * micro)
    member.reasons.slice(0, reasonsPerAccount).forEach((reason, i) => {
      columns.reasons[account * reasonsPerAccount + i] =
        (reasons.get(JSON.stringify(reason))?.number ?? -1) + 1
    })
  }
}
