/** Links among suspicious accounts, from what they share. */
import {
  capMicroNats,
  gapBetween,
  probabilityMin,
  probabilityOf,
  shareMicroNats,
} from '../../evidence/share.ts'
import { type LinkPairs, pairWriter } from '../../projection/link-pairs.ts'
import type { Rows } from '../rows.ts'
import type { SuspectShare } from './shares.ts'

/** Pairs `a < b`, ascending; of the given `a` alone, where some are. */
export function projectSuspects(shares: readonly SuspectShare[], rows?: Rows): LinkPairs {
  const kinds = [...new Set(shares.map(({ kind }) => kind))].toSorted()
  const caps = new Map(shares.map(({ kind, policy }) => [kind, capMicroNats(policy)]))
  const sums = new Map<number, Map<number, Float64Array>>()
  for (const { kind, policy, accounts, spans, users, weight } of shares) {
    const place = kinds.indexOf(kind)
    accounts.forEach((a, i) => {
      if (rows?.has(a) === false) return
      const mine = spans[i]
      const row = sums.get(a) ?? new Map<number, Float64Array>()
      sums.set(a, row)
      accounts.slice(i + 1).forEach((b, j) => {
        const theirs = spans[i + 1 + j]
        if (!mine || !theirs) return
        const cells = row.get(b) ?? new Float64Array(kinds.length)
        row.set(b, cells)
        const gapMs = gapBetween(mine, theirs)
        cells[place]! += shareMicroNats(policy, { accounts: users, gapMs, weight })
      })
    })
  }
  const out = pairWriter()
  for (const [a, row] of [...sums].toSorted(([x], [y]) => x - y)) {
    for (const [b, cells] of [...row].toSorted(([x], [y]) => x - y)) {
      const evidence = cells.reduce(
        (sum, cell, place) => sum + Math.min(cell, caps.get(kinds[place] ?? '') ?? 0),
        0,
      )
      if (probabilityOf(evidence) >= probabilityMin) out.push(a, b, evidence)
    }
  }
  return out.pairs()
}
