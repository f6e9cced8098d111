/**
 * How many ids a planted ring has in its life: over many runs, the id that names most of its accounts at each. Rings
 * that become one, or come apart, are a family, whose rings are counted together: two rings that become one may have
 * two ids, and no third.
 */
import { countingRoles, type PublishedMember } from '../score.ts'
import type { TruthLine } from '../truth.ts'

export interface Identities {
  readonly family: string
  readonly attack: string
  /** Planted rings of it that any run found. */
  readonly rings: number
  readonly ids: readonly string[]
}

/** Fewer accounts of a planted ring are not found. */
const foundMin = 3

/** `runs`: what was published at each, oldest first. By family, in order of name; those that no run found left out. */
export function identities(
  runs: readonly (readonly PublishedMember[])[],
  truth: readonly TruthLine[],
  familyOf: (ring: string) => string = (ring) => ring,
): readonly Identities[] {
  const lineOf = new Map(truth.map((line) => [line.account, line]))
  const idsOf = new Map<string, string[]>()
  for (const published of runs) {
    for (const [ring, counts] of countsByRing(published, lineOf)) {
      const ids = idsOf.get(ring) ?? []
      const id = mainId(counts, ids.at(-1))
      if (id !== undefined) idsOf.set(ring, [...ids, id])
    }
  }
  const attackOf = new Map(truth.map(({ ring, attack }) => [ring, attack]))
  return [...Map.groupBy(idsOf.keys(), familyOf)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([family, rings]) => ({
      family,
      attack: attackOf.get(rings[0] ?? '') ?? '',
      rings: rings.length,
      ids: [...new Set(rings.flatMap((ring) => idsOf.get(ring) ?? []))],
    }))
}

/** Of each planted ring: how many of its accounts each published ring holds. */
function countsByRing(
  published: readonly PublishedMember[],
  lineOf: ReadonlyMap<string, TruthLine>,
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const counts = new Map<string, Map<string, number>>()
  for (const { account, ring: id, role } of published) {
    const ring = lineOf.get(account)?.ring
    if (ring === undefined || ring === null || !countingRoles.has(role)) continue
    const own = counts.get(ring) ?? new Map<string, number>()
    counts.set(ring, own.set(id, (own.get(id) ?? 0) + 1))
  }
  return counts
}

/** Of two that hold as many, the one it had before. */
function mainId(counts: ReadonlyMap<string, number>, before: string | undefined): string | undefined {
  const [first] = [...counts]
    .filter(([, count]) => count >= foundMin)
    .toSorted(([a, x], [b, y]) => y - x || Number(b === before) - Number(a === before) || (a < b ? -1 : 1))
  return first?.[0]
}

/** Ids a planted ring had, on average; 1 is best, and fewer ids than rings are counted as many. */
export function idsPerRing(families: readonly Identities[]): number {
  const rings = families.reduce((sum, one) => sum + one.rings, 0)
  const ids = families.reduce((sum, one) => sum + Math.max(one.rings, one.ids.length), 0)
  return rings === 0 ? 1 : ids / rings
}
