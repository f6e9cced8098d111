/**
 * An attacker who learns: of what is published it sees which of its own accounts are in a ring, and what the ring's
 * explanation names as decisive. By the next round none of its accounts shares anything of that kind with another.
 */
import type { TruthLine } from '../truth.ts'

/** Kinds each planted ring shares no more, by ring. */
export type Evasions = ReadonlyMap<string, ReadonlySet<string>>

export const noEvasions: Evasions = new Map()

/** A published ring as its explanation tells of it. */
export interface ExplainedRing {
  /** Kinds of its decisive identifiers, strongest first. */
  readonly decisive: readonly string[]
}

/** Fewer accounts in a ring tell an attacker nothing of what ties them. */
const seenMin = 2

/** Of each planted ring that any holds, the published ring that holds most of it; of several the first. */
export function caughtBy<Published extends { readonly accounts: readonly string[] }>(
  truth: readonly TruthLine[],
  published: readonly Published[],
): ReadonlyMap<string, Published> {
  const plantedOf = new Map(
    truth.flatMap(({ account, ring }) => (ring === null ? [] : [[account, ring] as const])),
  )
  const best = new Map<string, { readonly ring: Published; readonly count: number }>()
  for (const ring of published) {
    const held = Map.groupBy(
      ring.accounts.flatMap((account) => plantedOf.get(account) ?? []),
      (planted) => planted,
    )
    for (const [planted, { length: count }] of held) {
      if (count >= seenMin && count > (best.get(planted)?.count ?? 0)) best.set(planted, { ring, count })
    }
  }
  return new Map([...best].map(([planted, { ring }]) => [planted, ring]))
}

/** Each changes one more thing: the most decisive that it has not changed yet. Who is not caught leaves all as it is. */
export function learn(evasions: Evasions, caught: ReadonlyMap<string, ExplainedRing>): Evasions {
  const next = new Map(evasions)
  for (const [planted, { decisive }] of caught) {
    const known = evasions.get(planted) ?? new Set<string>()
    const kind = decisive.find((one) => !known.has(one))
    if (kind !== undefined) next.set(planted, new Set([...known, kind]))
  }
  return next
}
