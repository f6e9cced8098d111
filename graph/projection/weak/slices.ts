/** Slices of identifiers that are held by two accounts or more: days on an address, minutes at a target. */

import { momentsOf } from '../../evidence/moments.ts'
import { sliceMicroNats } from '../../evidence/slices.ts'
import { ipClassWeight } from '../../identifiers/ip.ts'
import type { EvidencePolicy } from '../../identifiers/kind.ts'
import { Int32Column, rowsByKey, startsOf, valuesAt } from '../columns.ts'
import type { OfKind } from '../kinds-among.ts'
import type { Linkable } from '../link-table.ts'
import { listAt } from '../list-column.ts'
import { isTold, type UsesByIdentifier } from '../uses/uses.ts'
import { tally } from './tally.ts'

export interface HeldSlices {
  /** Those of an account lie from `starts[account]` to `starts[account + 1]`, by identifier and slice ascending. */
  readonly starts: Int32Array
  readonly identifiers: Int32Array
  readonly slices: Int32Array
  readonly uses: Int32Array
  /** Place of the identifier's kind. */
  readonly kinds: Int32Array
  /** What sharing it says; micro-nats. */
  readonly evidence: Int32Array
}

/** Adds micro-nats of a kind, by its place. */
export type AddWeak = (kind: number, evidence: number) => void

/** Identifier by identifier, so that counts are needed of one at a time; then dealt out to their accounts. */
export function heldSlices(table: Linkable, weak: readonly OfKind[]): HeldSlices {
  const { uses, identifiers: keys, birthDays } = table
  const [told, counts] = [rowWriter(), tally()]
  weak.forEach(({ kind: { evidence: policy }, identifiers }, kind) => {
    if (policy.unit === 'band') return
    for (let i = 0; i < identifiers.length; i++) {
      const identifier = identifiers[i] ?? 0
      const from = uses.starts[identifier] ?? 0
      const end = uses.starts[identifier + 1] ?? 0
      if (end - from < 2) continue
      const weight = ipClassWeight(keys.classAt(identifier))
      counts.clear()
      eachSlice(uses, policy, { from, end, tell: (_, slice) => counts.add(slice) })
      const tell = (use: number, slice: number): void => {
        const evidence = sliceMicroNats(policy, { accounts: counts.countOf(slice), weight })
        if (evidence !== 0) told.push({ use, identifier, slice, kind, evidence })
      }
      eachSlice(uses, policy, { from, end, tell })
    }
  })
  return told.dealtOut(uses.accounts, birthDays.length)
}

/** Slices of some uses, ascending for each. */
function eachSlice(
  uses: UsesByIdentifier,
  { unit }: EvidencePolicy,
  { from, end, tell }: { from: number; end: number; tell: (use: number, slice: number) => void },
): void {
  for (let use = from; use < end; use++) {
    if (unit === 'moment')
      for (const slice of momentsOf(listAt(uses.times, uses.timeStarts, use))) tell(use, slice)
    if (unit !== 'day') continue
    const last = uses.dayStarts[use + 1] ?? 0
    for (let day = uses.dayStarts[use] ?? 0; day < last; day++) tell(use, uses.days[day] ?? 0)
  }
}

interface Row {
  readonly use: number
  readonly identifier: number
  readonly slice: number
  readonly kind: number
  readonly evidence: number
}

function rowWriter() {
  const column = () => new Int32Column()
  const [uses, identifiers, slices, kinds, evidence] = [column(), column(), column(), column(), column()]
  return {
    push(row: Row): void {
      uses.push(row.use)
      identifiers.push(row.identifier)
      slices.push(row.slice)
      kinds.push(row.kind)
      evidence.push(row.evidence)
    },
    /** By account; rows of one keep their order. */
    dealtOut(accountOf: Int32Array, accounts: number): HeldSlices {
      const owners = valuesAt(accountOf, uses.values())
      const starts = startsOf(owners, accounts)
      const order = rowsByKey(owners, starts)
      const dealt = (rows: Int32Column): Int32Array => valuesAt(rows.values(), order)
      return {
        starts,
        identifiers: dealt(identifiers),
        slices: dealt(slices),
        uses: dealt(uses),
        kinds: dealt(kinds),
        evidence: dealt(evidence),
      }
    },
  }
}

/** Adds what two accounts hold both, but for what hardware they share has told already. */
export function sliceEvidence(
  uses: UsesByIdentifier,
  held: HeldSlices,
  add: AddWeak,
): (a: number, b: number) => void {
  const { starts, identifiers, slices } = held
  const compare = (i: number, j: number): number =>
    (identifiers[i] ?? 0) - (identifiers[j] ?? 0) || (slices[i] ?? 0) - (slices[j] ?? 0)
  const tell = (i: number, j: number): void => {
    if (!isTold(uses, held.uses[i] ?? 0, held.uses[j] ?? 0)) add(held.kinds[i] ?? 0, held.evidence[i] ?? 0)
  }
  return (a, b) => {
    const endOfA = starts[a + 1] ?? 0
    const endOfB = starts[b + 1] ?? 0
    for (let i = starts[a] ?? 0, j = starts[b] ?? 0; i < endOfA && j < endOfB; ) {
      const order = compare(i, j)
      if (order === 0) tell(i, j)
      if (order <= 0) i += 1
      if (order >= 0) j += 1
    }
  }
}
