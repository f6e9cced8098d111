/**
 * A ring keeps its id: new rings are matched to published ones on the accounts that make them, greedily, most
 * in common first (after Greene et al. 2010, "Tracking the evolution of communities in dynamic social networks").
 */
import type { FoundRing, Ring } from '../ring.ts'
import { compareText } from '../state/order.ts'

/** An old ring goes on in a new one that holds this share of it, or consists of it to this share. */
const ofOldMin = 0.3
const ofNewMin = 0.5

export interface RingMatch {
  readonly found: FoundRing
  /** The published ring it continues. */
  readonly continues?: Ring
  /** Of a ring that continues none: the published ring most of it came from. */
  readonly cameFrom?: Ring
}

export interface Matching {
  readonly matches: readonly RingMatch[]
  /** Published active rings that no new ring continues, with the one that absorbed them. */
  readonly ended: readonly { readonly ring: Ring; readonly into?: RingMatch }[]
}

interface Candidate {
  readonly old: Ring
  readonly place: number
  readonly common: number
  readonly jaccard: number
}

/** `published`: active rings. Accounts may be in one ring of each side. */
export function matchRings(found: readonly FoundRing[], published: readonly Ring[]): Matching {
  const candidates = candidatesOf(found, published).toSorted(
    (a, b) =>
      b.common - a.common || b.jaccard - a.jaccard || compareText(a.old.id, b.old.id) || a.place - b.place,
  )
  const continues = new Map<number, Ring>()
  const taken = new Set<string>()
  for (const { old, place } of candidates) {
    if (taken.has(old.id) || continues.has(place)) continue
    continues.set(place, old)
    taken.add(old.id)
  }
  const matches = found.map((ring, place) =>
    matchOf(ring, continues.get(place), candidates.find((one) => one.place === place)?.old),
  )
  const ended = published
    .filter(({ id }) => !taken.has(id))
    .map((ring) => {
      const into = candidates.find(({ old }) => old.id === ring.id)
      const match = into && matches[into.place]
      return { ring, ...(match && { into: match }) }
    })
  return { matches, ended }
}

function matchOf(found: FoundRing, continues: Ring | undefined, nearest: Ring | undefined): RingMatch {
  if (continues) return { found, continues }
  return { found, ...(nearest && { cameFrom: nearest }) }
}

function candidatesOf(found: readonly FoundRing[], published: readonly Ring[]): readonly Candidate[] {
  const ringOf = new Map(
    published.flatMap((ring) => ring.members.map(({ account }) => [account, ring] as const)),
  )
  return found.flatMap(({ members }, place) => {
    const common = new Map<Ring, number>()
    for (const { account } of members) {
      const old = ringOf.get(account)
      if (old) common.set(old, (common.get(old) ?? 0) + 1)
    }
    return [...common]
      .filter(([old, count]) => count / old.members.length >= ofOldMin || count / members.length >= ofNewMin)
      .map(([old, count]) => ({
        old,
        place,
        common: count,
        jaccard: count / (old.members.length + members.length - count),
      }))
  })
}
