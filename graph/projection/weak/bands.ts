/** Bands of content hashes that two accounts or more show. */
import { agreeingBands, type SharedBand } from '../../evidence/bands.ts'
import { gapBetween, shareMicroNats } from '../../evidence/share.ts'
import type { EvidencePolicy } from '../../identifiers/kind.ts'
import { Int32Column, rowsByKey, startsOf, valuesAt } from '../columns.ts'
import type { OfKind } from '../kinds-among.ts'
import type { Linkable } from '../link-table.ts'
import type { UsesByIdentifier } from '../uses/uses.ts'
import type { AddWeak } from './slices.ts'

export interface HeldBands {
  /** Those of an account lie from `starts[account]` to `starts[account + 1]`, by identifier ascending. */
  readonly starts: Int32Array
  readonly identifiers: Int32Array
  readonly uses: Int32Array
  /** Place of the identifier's kind. */
  readonly kinds: Int32Array
  /** By that place. */
  readonly policies: readonly EvidencePolicy[]
  readonly names: readonly string[]
}

export function heldBands({ uses, birthDays }: Linkable, weak: readonly OfKind[]): HeldBands {
  const [held, identifiersOf, kindsOf] = [new Int32Column(), new Int32Column(), new Int32Column()]
  weak.forEach(({ kind, identifiers }, place) => {
    if (kind.evidence.unit !== 'band') return
    for (const identifier of identifiers) {
      const from = uses.starts[identifier] ?? 0
      const end = uses.starts[identifier + 1] ?? 0
      for (let use = from; use < end && end - from > 1; use++) {
        held.push(use)
        identifiersOf.push(identifier)
        kindsOf.push(place)
      }
    }
  })
  const owners = valuesAt(uses.accounts, held.values())
  const starts = startsOf(owners, birthDays.length)
  const order = rowsByKey(owners, starts)
  return {
    starts,
    identifiers: valuesAt(identifiersOf.values(), order),
    uses: valuesAt(held.values(), order),
    kinds: valuesAt(kindsOf.values(), order),
    policies: weak.map(({ kind }) => kind.evidence),
    names: weak.map(({ kind }) => kind.name),
  }
}

/** Adds what hashes say that are nearly the same with two accounts. */
export function bandEvidence(
  uses: UsesByIdentifier,
  held: HeldBands,
  add: AddWeak,
): (a: number, b: number) => void {
  if (held.uses.length === 0) return () => {}
  return (a, b) => {
    for (const { band } of agreeingBands(sharedBands(uses, held, [a, b]))) {
      const policy = held.policies[band.kind]
      const accounts = (uses.starts[band.identifier + 1] ?? 0) - (uses.starts[band.identifier] ?? 0)
      const gapMs = gapBetween(band.mine, band.theirs)
      if (policy) add(band.kind, shareMicroNats(policy, { accounts, gapMs }))
    }
  }
}

interface Band extends SharedBand {
  readonly identifier: number
  readonly kind: number
}

function sharedBands(
  { firstAt, lastAt }: UsesByIdentifier,
  held: HeldBands,
  [a, b]: readonly [a: number, b: number],
): readonly Band[] {
  const shared: Band[] = []
  for (const [i, j] of sharedPlaces(held, a, b)) {
    const place = held.kinds[i] ?? 0
    const seenBy = (row: number) => {
      const use = held.uses[row] ?? 0
      return { kind: held.names[place] ?? '', firstAt: firstAt[use] ?? 0, lastAt: lastAt[use] ?? 0 }
    }
    shared.push({ identifier: held.identifiers[i] ?? 0, kind: place, mine: seenBy(i), theirs: seenBy(j) })
  }
  return shared
}

/** Where `a` and `b` hold the same. */
function* sharedPlaces(
  { starts, identifiers }: HeldBands,
  a: number,
  b: number,
): Generator<readonly [ofA: number, ofB: number]> {
  const [endOfA = 0, endOfB = 0] = [starts[a + 1], starts[b + 1]]
  for (let i = starts[a] ?? 0, j = starts[b] ?? 0; i < endOfA && j < endOfB; ) {
    const order = (identifiers[i] ?? 0) - (identifiers[j] ?? 0)
    if (order === 0) yield [i, j]
    if (order <= 0) i += 1
    if (order >= 0) j += 1
  }
}
