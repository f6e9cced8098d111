/**
 * A ring keeps its id: found rings are matched to known ones on what they are known again by, greedily, most in common
 * first (after Greene et al. 2010, "Tracking the evolution of communities in dynamic social networks", who know members
 * only). Accounts and identifiers count on their own, so that neither ten new accounts on an old device, nor ten known
 * accounts on new devices, make another ring.
 */
import type { FoundRing, Ring } from '../../ring.ts'
import { compareText } from '../../state/order.ts'
import { type Traits, traitsOf } from './traits.ts'

/** A known ring goes on in a found one that has this share of what it was, or consists of it to this share. */
const ofOldMin = 0.3
const ofNewMin = 0.5

/** How long a ring that ended may come back. */
export const tombstoneDays = 180

export interface RingMatch {
  readonly found: FoundRing
  /** The ring it is: an active one, or one that ended and comes back. */
  readonly continues?: Ring
  /** Of one that is no active ring: the one its accounts came from. */
  readonly cameFrom?: Ring
}

export interface Matching {
  /** By their least account. */
  readonly matches: readonly RingMatch[]
  /** Active rings that no found ring continues, by id, with the one that absorbed them. */
  readonly ended: readonly { readonly ring: Ring; readonly into?: RingMatch }[]
}

export interface KnownRings {
  /** An account is in one of them at the most. */
  readonly active: readonly Ring[]
  /** Those that dissolved or were absorbed no longer than `tombstoneDays` ago. */
  readonly ended: readonly Ring[]
}

interface Candidate {
  readonly old: Ring
  readonly place: number
  /** Accounts that both have. */
  readonly accounts: number
  readonly common: number
  readonly jaccard: number
}

/** An account may be in one found ring at the most. The order of rings does not matter. */
export function matchRings(found: readonly FoundRing[], { active, ended }: KnownRings): Matching {
  const inOrder = found.toSorted((a, b) => compareText(leastOf(a), leastOf(b)))
  const same = sameRings(inOrder, active)
  const isSame = new Set(same.values())
  const traits = inOrder.map((ring, place) => (same.has(place) ? undefined : traitsOf(ring)))
  const candidates = candidatesOf(
    traits,
    active.filter((ring) => !isSame.has(ring)),
  )
  const continues = new Map([...same, ...pair(candidates)])
  const isNew = (place: number): boolean => !continues.has(place)
  const revived = pair(candidatesOf(traits, ended).filter(({ place }) => isNew(place)))
  // One that holds the identifiers of another and none of its accounts did not come from it.
  const moves = candidates.filter(({ accounts }) => accounts > 0)
  const sourceOf = firstBy(moves, ({ place }) => place)
  const matches = inOrder.map((ring, place): RingMatch => {
    const old = continues.get(place) ?? revived.get(place)
    const from = isNew(place) ? sourceOf.get(place)?.old : undefined
    return { found: ring, ...(old && { continues: old }), ...(from && { cameFrom: from }) }
  })
  return { matches, ended: endedOf(active, { matches, moves, continues }) }
}

/**
 * By place, known rings that are as they were made, which a run after a change does not make anew. No other ring has as much
 * in common with either, as no account is in two: each is paired with itself before anything else is.
 */
function sameRings(found: readonly FoundRing[], active: readonly Ring[]): ReadonlyMap<number, Ring> {
  const byMembers = new Map(active.map((ring) => [ring.members, ring]))
  return new Map(
    found.flatMap(({ head, members }, place) => {
      const old = byMembers.get(members)
      return old?.head.anchors === head.anchors && old ? [[place, old] as const] : []
    }),
  )
}

const leastOf = ({ members }: FoundRing): string => members[0]?.account ?? ''

function endedOf(
  active: readonly Ring[],
  {
    matches,
    moves,
    continues,
  }: Pick<Matching, 'matches'> & {
    moves: readonly Candidate[]
    continues: ReadonlyMap<number, Ring>
  },
): Matching['ended'] {
  const moveOf = firstBy(moves, ({ old }) => old.id)
  const going = new Set([...continues.values()].map(({ id }) => id))
  return active
    .filter(({ id }) => !going.has(id))
    .toSorted((a, b) => compareText(a.id, b.id))
    .map((ring) => {
      const move = moveOf.get(ring.id)
      const into = move && matches[move.place]
      return { ring, ...(into && { into }) }
    })
}

const firstBy = <Key>(
  candidates: readonly Candidate[],
  keyOf: (candidate: Candidate) => Key,
): ReadonlyMap<Key, Candidate> =>
  new Map(candidates.toReversed().map((candidate) => [keyOf(candidate), candidate]))

/** One to one, in the order of the candidates: the known ring of each place. */
function pair(candidates: readonly Candidate[]): ReadonlyMap<number, Ring> {
  const pairs = new Map<number, Ring>()
  const taken = new Set<string>()
  for (const { old, place } of candidates) {
    if (taken.has(old.id) || pairs.has(place)) continue
    pairs.set(place, old)
    taken.add(old.id)
  }
  return pairs
}

/** Most in common first, then the most alike, then the older. `found`: by place, but for those that nobody asks about. */
function candidatesOf(found: readonly (Traits | undefined)[], known: readonly Ring[]): readonly Candidate[] {
  const traits = known.map((ring) => ({ ring, ...traitsOf(ring) }))
  const byAccount = placesOf(traits.map(({ accounts }) => accounts))
  const byAnchor = placesOf(traits.map(({ anchors }) => anchors))
  return found
    .flatMap((one, place) => {
      if (!one) return []
      const accounts = overlaps(one.accounts, byAccount)
      const anchors = overlaps(one.anchors, byAnchor)
      return [...new Set([...accounts.keys(), ...anchors.keys()])].flatMap((number) => {
        const old = traits[number]
        if (!old) return []
        const [ofAccounts, ofAnchors] = [accounts.get(number) ?? 0, anchors.get(number) ?? 0]
        const goesOn =
          isEnough(ofAccounts, old.accounts, one.accounts) ||
          (isEnough(ofAnchors, old.anchors, one.anchors) && !isLeftOver(one, old))
        if (!goesOn) return []
        const common = ofAccounts + ofAnchors
        const jaccard = common / (sizeOf(old) + sizeOf(one) - common)
        return [{ old: old.ring, place, accounts: ofAccounts, common, jaccard }]
      })
    })
    .toSorted(
      (a, b) => b.common - a.common || b.jaccard - a.jaccard || olderFirst(a.old, b.old) || a.place - b.place,
    )
}

const isEnough = (common: number, old: ReadonlySet<string>, found: ReadonlySet<string>): boolean =>
  common > 0 && (common >= ofOldMin * old.size || common >= ofNewMin * found.size)

/** Whether more of it was only shown with the ring than made it: those it leaves behind are not what it goes on in. */
const isLeftOver = (one: Traits, { ring, accounts }: Traits & { ring: Ring }): boolean => {
  const known = ring.members.filter(({ account }) => one.accounts.has(account))
  return known.filter(({ account }) => accounts.has(account)).length * 2 < known.length
}

const sizeOf = ({ accounts, anchors }: Traits): number => accounts.size + anchors.size

const olderFirst = (a: Ring, b: Ring): number => a.bornVersion - b.bornVersion || compareText(a.id, b.id)

function placesOf(sets: readonly ReadonlySet<string>[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  sets.forEach((set, place) => {
    for (const one of set) {
      const known = places.get(one)
      if (known) known.push(place)
      else places.set(one, [place])
    }
  })
  return places
}

/** How many of `own` each numbered set holds. */
function overlaps(
  own: ReadonlySet<string>,
  placesBy: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const one of own) {
    for (const place of placesBy.get(one) ?? []) counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  return counts
}
