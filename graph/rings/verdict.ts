/**
 * Which groups are published as what. Suspects that cluster among themselves are rings and takeovers, or uncertain where
 * they are not suspicious enough; with them come those whom links alone tied to them, to be shown and not blamed. All other
 * communities are published as links made them: shared by honest people, or uncertain.
 */
import type { Suspicion } from '../judging/suspects/cluster.ts'
import { reviewMin, ringMins, type Trust } from '../judging/thresholds.ts'
import type { RingClass } from '../ring.ts'
import { ringSizeMin } from './community.ts'
import type { Grouping } from './group.ts'

/** Mean suspicion of suspects that are published as a group of their own. */
const groupMin = 0.5
/** Compromised members that make a ring a takeover although more risk lies in it. */
const takenShareMin = 0.25
const takenMin = 1.5
/** Of a community, those who have to be in a ring for the rest to be shown with them. */
const companyMin = 1 / 3
/** Communities less likely to be hostile than this are shared by honest people, unless they are strange. */
export const hostileMin = 0.2

export interface Verdicts extends Grouping {
  readonly classOf: ReadonlyMap<number, RingClass>
}

export interface VerdictInput extends Suspicion {
  /** As links group all accounts. */
  readonly grouping: Grouping
  /** As suspects cluster among themselves, by their least account. */
  readonly suspects: Int32Array
  /** Probability that the community of an account is hostile; 0 for none. */
  readonly hostileAt: (account: number) => number
  /** Whether the community of an account is unlike any that is known to be honest (judging/surprise.ts). */
  readonly isStrange: (account: number) => boolean
  readonly trust: Trust
}

export function verdictsOn({
  grouping,
  suspects,
  hostileAt,
  isStrange,
  trust,
  risk,
  compromise,
}: VerdictInput): Verdicts {
  const labels = grouping.labels.slice()
  const classOf = new Map<number, RingClass>()
  const takeovers = new Map(grouping.takeovers)
  const free = Math.max(labels.length, ...grouping.takeovers.keys()) + 1
  const rings = ringsAmong(suspects, { risk, compromise })
  rings.forEach((members, place) => {
    for (const account of members) labels[account] = free + place
    classOf.set(free + place, classOfSuspects(members, { risk, compromise, trust }))
  })
  const joined = companions(grouping.labels, labels, free)
  for (const [label, ring] of joined) {
    const cohort = grouping.takeovers.get(label)
    if (cohort && !takeovers.has(ring)) takeovers.set(ring, cohort)
    takeovers.delete(label)
  }
  labels.forEach((label, account) => {
    if (label >= free || classOf.get(label) === 'uncertain') return
    const isSuspect = suspicionOf({ risk, compromise }, account) >= reviewMin
    const isDoubtful = isSuspect || hostileAt(account) >= hostileMin || isStrange(account)
    classOf.set(label, isDoubtful ? 'uncertain' : 'benign_shared')
  })
  return { labels, takeovers, classOf }
}

const suspicionOf = ({ risk, compromise }: Suspicion, account: number): number =>
  (risk[account] ?? 0) + (compromise[account] ?? 0)

function ringsAmong(suspects: Int32Array, suspicion: Suspicion): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>()
  suspects.forEach((label, account) => {
    if (suspicionOf(suspicion, account) < reviewMin) return
    const known = groups.get(label)
    if (known) known.push(account)
    else groups.set(label, [account])
  })
  return [...groups.values()].filter(
    (members) => members.length >= ringSizeMin && meanSuspicion(members, suspicion) >= groupMin,
  )
}

const meanSuspicion = (members: readonly number[], suspicion: Suspicion): number =>
  members.reduce((sum, account) => sum + suspicionOf(suspicion, account), 0) / members.length

function classOfSuspects(
  members: readonly number[],
  { trust, ...suspicion }: Suspicion & { readonly trust: Trust },
): RingClass {
  if (meanSuspicion(members, suspicion) < ringMins[trust]) return 'uncertain'
  return isTakeover(members, suspicion) ? 'takeover_cluster' : 'fraud_ring'
}

function isTakeover(members: readonly number[], { risk, compromise }: Suspicion): boolean {
  const mass = (column: Float64Array): number =>
    members.reduce((sum, account) => sum + (column[account] ?? 0), 0)
  const taken = mass(compromise)
  return taken > mass(risk) || (taken >= takenShareMin * members.length && taken >= takenMin)
}

/**
 * Whoever is left of a community goes to the ring that most of its members went to. Changes `labels`; returns the ring
 * of each community that came along.
 */
function companions(communities: Int32Array, labels: Int32Array, free: number): ReadonlyMap<number, number> {
  const taken = new Map<number, Map<number, number>>()
  const sizes = new Map<number, number>()
  communities.forEach((community, account) => {
    sizes.set(community, (sizes.get(community) ?? 0) + 1)
    const ring = labels[account] ?? 0
    if (ring < free) return
    const counts = taken.get(community) ?? new Map<number, number>()
    taken.set(community, counts.set(ring, (counts.get(ring) ?? 0) + 1))
  })
  const ringOf = new Map(
    [...taken].flatMap(([community, counts]) => {
      const [most] = [...counts].toSorted(([a, x], [b, y]) => y - x || a - b)
      return most && most[1] >= companyMin * (sizes.get(community) ?? 0)
        ? [[community, most[0]] as const]
        : []
    }),
  )
  communities.forEach((community, account) => {
    const ring = ringOf.get(community)
    if (ring !== undefined && (labels[account] ?? 0) < free) labels[account] = ring
  })
  return ringOf
}

/** Probabilities are published in steps of a millionth, and never as certainty. */
export const published = (probability: number): number =>
  Math.min(999_999, Math.max(0, Math.round(probability * 1e6))) / 1e6
