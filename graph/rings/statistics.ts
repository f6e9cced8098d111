/** What a run publishes of the whole, so that an explanation made later from a part of it can be made again. */
import type { LinkTable } from '../projection/link-table.ts'
import { userCount } from '../projection/uses/of.ts'
import type { FoundRing, KindStatistics, ReasonCode, ReasonStatistics, RunStatistics } from '../ring.ts'

export const runStatistics = (table: LinkTable, rings: readonly FoundRing[]): RunStatistics => ({
  kinds: kindStatistics(table),
  reasons: reasonStatistics(rings),
  dataHasSignups: table.dataHasSignups,
})

function kindStatistics(table: LinkTable): readonly KindStatistics[] {
  const kinds = new Map<string, { kind: string; identifiers: number; uses: number; ordered: number }>()
  let sums = { kind: '', identifiers: 0, uses: 0, ordered: 0 }
  for (let identifier = 0; identifier < table.identifiers.length; identifier++) {
    const kind = table.identifiers.kindAt(identifier)
    const accounts = userCount(table, identifier)
    // Known from failed log-ins or reports alone: nobody's.
    if (accounts === 0) continue
    // Those of one kind lie together.
    if (kind !== sums.kind) sums = kinds.get(kind) ?? { kind, identifiers: 0, uses: 0, ordered: 0 }
    if (sums.identifiers === 0) kinds.set(kind, sums)
    sums.identifiers += 1
    sums.uses += accounts
    sums.ordered += accounts * (accounts - 1)
  }
  return [...kinds.values()].toSorted((a, b) => (a.kind < b.kind ? -1 : 1))
}

function reasonStatistics(rings: readonly FoundRing[]): readonly ReasonStatistics[] {
  const codes = new Map<ReasonCode, { code: ReasonCode; rings: number; shares: number; millionths: number }>()
  for (const { head } of rings) {
    for (const { code, share } of head.reasons) {
      const sums = codes.get(code) ?? { code, rings: 0, shares: 0, millionths: 0 }
      codes.set(code, sums)
      sums.rings += 1
      if (share === undefined) continue
      sums.shares += 1
      // Whole numbers add up to the same sum in any order.
      sums.millionths += Math.round(share * 1e6)
    }
  }
  return [...codes.values()]
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ millionths, ...sums }) => ({ ...sums, sum: millionths / 1e6 }))
}
