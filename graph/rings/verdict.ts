/**
 * Which groups are published as what. Suspects that cluster among themselves are rings and takeovers, or uncertain where
 * they are not suspicious enough; with them come those whom links alone tied to them, to be shown and not blamed. All other
 * communities are published as links made them: shared by honest people, or uncertain.
 */
import { disjointSets } from '../communities/disjoint-sets.ts'
import type { SuspectGroups } from '../judging/suspects/cluster.ts'
import type { Suspicion } from '../judging/suspicion.ts'
import { reviewMin, ringMins, type Trust } from '../judging/thresholds.ts'
import type { RingClass } from '../ring.ts'
import { ringSizeMin } from './community.ts'
import type { Grouping } from './group.ts'
import type { PartsOf } from './parts.ts'

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
  readonly suspects: SuspectGroups
  /** Probability that the community of an account is hostile; 0 for none. */
  readonly hostileAt: (account: number) => number
  /** Whether the community of an account is unlike any that is known to be honest (judging/surprise.ts). */
  readonly isStrange: (account: number) => boolean
  readonly trust: Trust
  readonly partsOf: PartsOf
}

export function verdictsOn({
  grouping,
  suspects,
  hostileAt,
  isStrange,
  trust,
  partsOf,
  risk,
  compromise,
}: VerdictInput): Verdicts {
  const labels = grouping.labels.slice()
  const classOf = new Map<number, RingClass>()
  const takeovers = new Map(grouping.takeovers)
  const free = Math.max(labels.length, ...grouping.takeovers.keys()) + 1
  const arrived = new Set([...takeovers.values()].flatMap(({ victims }) => [...victims.keys()]))
  const rings = ringsAmong(suspects, { risk, compromise })
  rings.forEach((members, place) => {
    for (const account of members) labels[account] = free + place
    classOf.set(free + place, classOfSuspects(members, { risk, compromise, trust, arrived }))
  })
  for (const remnant of remnants(grouping.labels, labels, free)) {
    const parts = partsLeft(remnant, rings[(remnant.ring ?? -1) - free] ?? [], partsOf)
    for (const { label, accounts } of parts) for (const account of accounts) labels[account] = label
    const cohort = takeovers.get(remnant.community)
    takeovers.delete(remnant.community)
    const [most] = parts.toSorted((x, y) => y.accounts.length - x.accounts.length)
    const heir = remnant.ring ?? most?.label
    if (cohort && heir !== undefined && !takeovers.has(heir)) takeovers.set(heir, cohort)
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

/** Suspects of one group who hang together, not by somebody who is hardly suspicious. */
function ringsAmong({ labels, pairs }: SuspectGroups, suspicion: Suspicion): readonly (readonly number[])[] {
  const isSuspect = (account: number): boolean => suspicionOf(suspicion, account) >= reviewMin
  const sets = disjointSets(labels.length)
  pairs.a.forEach((a, i) => {
    const b = pairs.b[i] ?? a
    if (labels[a] === labels[b] && isSuspect(a) && isSuspect(b)) sets.unite(a, b)
  })
  const suspects: number[] = []
  labels.forEach((_, account) => {
    if (isSuspect(account)) suspects.push(account)
  })
  const groups = Map.groupBy(suspects, (account) => sets.rootOf(account))
  return [...groups.values()].filter(
    (members) => members.length >= ringSizeMin && meanSuspicion(members, suspicion) >= groupMin,
  )
}

const meanSuspicion = (members: readonly number[], suspicion: Suspicion): number =>
  members.reduce((sum, account) => sum + suspicionOf(suspicion, account), 0) / members.length

interface Accusation extends Suspicion {
  readonly trust: Trust
  /** Victims of cohorts, who arrived at something as chance does not explain. */
  readonly arrived: ReadonlySet<number>
}

function classOfSuspects(
  members: readonly number[],
  { trust, arrived, ...suspicion }: Accusation,
): RingClass {
  if (meanSuspicion(members, suspicion) < ringMins[trust]) return 'uncertain'
  if (!isTakeover(members, suspicion)) return 'fraud_ring'
  // Customers of one repair shop look taken over too, but by nobody.
  const isBySomebody = members.some((account) => (suspicion.risk[account] ?? 0) >= reviewMin)
  return isBySomebody || members.some((account) => arrived.has(account)) ? 'takeover_cluster' : 'uncertain'
}

function isTakeover(members: readonly number[], { risk, compromise }: Suspicion): boolean {
  const mass = (column: Float64Array): number =>
    members.reduce((sum, account) => sum + (column[account] ?? 0), 0)
  const taken = mass(compromise)
  return taken > mass(risk) || (taken >= takenShareMin * members.length && taken >= takenMin)
}

/** A community some of whose members are in rings of suspects. */
interface Remnant {
  readonly community: number
  /** Those in no ring. */
  readonly left: readonly number[]
  /** The ring that most of the others are in, if they are many enough. */
  readonly ring: number | undefined
}

function remnants(communities: Int32Array, labels: Int32Array, free: number): readonly Remnant[] {
  const isTaken = (account: number): boolean => (labels[account] ?? 0) >= free
  const touched = new Set(communities.filter((_, account) => isTaken(account)))
  const inTouched: number[] = []
  communities.forEach((community, account) => {
    if (touched.has(community)) inTouched.push(account)
  })
  const members = Map.groupBy(inTouched, (account) => communities[account] ?? -1)
  return [...members].map(([community, accounts]) => {
    const counts = Map.groupBy(accounts.filter(isTaken), (account) => labels[account] ?? 0)
    const [most] = [...counts].toSorted(([a, x], [b, y]) => y.length - x.length || a - b)
    return {
      community,
      left: accounts.filter((account) => !isTaken(account)),
      ring: most && most[1].length >= companyMin * accounts.length ? most[0] : undefined,
    }
  })
}

/** Whoever hangs together with the ring's suspects is shown with it; all others are groups of their own. */
function partsLeft(
  { left, ring }: Remnant,
  suspects: readonly number[],
  partsOf: PartsOf,
): readonly { readonly label: number; readonly accounts: readonly number[] }[] {
  const own = new Set(left)
  return partsOf([...left, ...suspects].toSorted((a, b) => a - b)).flatMap((part) => {
    const accounts = part.filter((account) => own.has(account))
    const [least] = accounts
    if (least === undefined) return []
    const isWithRing = ring !== undefined && accounts.length < part.length
    return [{ label: isWithRing ? ring : least, accounts }]
  })
}

/** Probabilities are published in steps of a millionth, and never as certainty. */
export const published = (probability: number): number =>
  Math.min(999_999, Math.max(0, Math.round(probability * 1e6))) / 1e6
