/** Communities become rings: judged, with roles, and with what holds them together. */
import { microNats } from '../evidence/share.ts'
import type { Frozen } from '../frozen.ts'
import { carriedColumn } from '../judging/features/columns.ts'
import type { JudgingInput } from '../judging/features/input.ts'
import { type JudgedBefore, type Judgement, judgeBy } from '../judging/judge.ts'
import type { JudgingModels } from '../judging/models.ts'
import { type Shift, shiftOf } from '../judging/shift.ts'
import { cohortName } from '../judging/stale/cohort-names.ts'
import type { Stale } from '../judging/stale/looks.ts'
import { type CalmGroups, distancesOf, measureHonest } from '../judging/surprise.ts'
import { flagMins, reviewMin, type Trust } from '../judging/thresholds.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { type Publicness, publicnessOf } from '../projection/publicness.ts'
import { type StrongestPair, strongestIn, strongestOf } from '../projection/strongest.ts'
import { usedBy } from '../projection/uses/of.ts'
import type { FoundRing, Reason, RingClass, RingEvidence } from '../ring.ts'
import type { JudgingWork } from '../run-work.ts'
import { compareText } from '../state/order.ts'
import { visitorsOf } from '../takeover/visitors.ts'
import { type KnownRingSearch, knownRings, type MadeRings } from './again/known-rings.ts'
import { benignSigns } from './benign/signs.ts'
import { benignFinding } from './benign/subtype.ts'
import { type Community, communitiesOf, ringSizeMin } from './community.ts'
import { ringFeatures } from './features.ts'
import type { Grouping } from './group.ts'
import { isAnchor } from './lineage/traits.ts'
import { membersOf, ringRisk } from './members.ts'
import { partsIn } from './parts.ts'
import { ringReasons, ringReasonsMax } from './reasons.ts'
import { hostileMin, type Verdicts, verdictsOn } from './verdict.ts'

const topEvidenceMax = 5

export interface JudgedRings extends MadeRings {
  readonly judgement: Judgement
  /** By place of a community, how far it is from what is known to be honest (judging/surprise.ts). */
  readonly distances: Float64Array
}

/** What judging takes from the population as a whole. */
export type FrozenJudging = Pick<Frozen, 'by' | 'honest' | 'trust'>

export interface PublishedBy {
  readonly grouping: Grouping
  readonly models: JudgingModels
  /** As another run measured it; measured anew when not given. */
  readonly frozen?: FrozenJudging
  /** What nothing has touched since is taken from there. */
  readonly before?: RingsBefore
}

export interface RingsBefore extends Omit<JudgedBefore, 'judgement'> {
  readonly judged: JudgedRings
}

export interface PublishedRings {
  /** All groups of three and more, by their least account. */
  readonly rings: readonly FoundRing[]
  readonly judged: JudgedRings
  readonly shift: Shift
  /** What they were judged by. */
  readonly frozen: FrozenJudging
  readonly work: JudgingWork
}

/** Where models say far more than they ever should, nobody is flagged and nothing is called a ring. */
export function publishedRings(
  input: JudgingInput,
  { grouping, models, frozen, before }: PublishedBy,
): PublishedRings {
  const { table, communityOf, stale } = input
  const { judgement, rows, ...again } = judgeBy(input, models, {
    by: frozen?.by,
    before: before && { ...before, judgement: before.judged.judgement },
  })
  const shift = shiftOf(judgement.risk, {
    expected: models.expected,
    flagMin: flagMins[models.calibration],
    reviewMin,
  })
  const trust = frozen?.trust ?? (shift.alarm ? 'shifted' : models.calibration)
  const calm = calmGroups(judgement)
  const honest = frozen?.honest ?? measureHonest(calm)
  const distances = distancesOf(calm, honest, knownDistances(stale, before?.judged))
  const isStrange = (account: number): boolean =>
    (distances[communityOf[account] ?? -1] ?? 0) > honest.distanceMax
  const verdicts = verdictsOn({
    grouping,
    suspects: judgement.groups,
    trust,
    hostileAt: (account) => judgement.hostile[communityOf[account] ?? -1] ?? 0,
    isStrange,
    partsOf: partsIn(table),
    ...judgement,
  })
  const accounts = [...rows.list, ...(before?.moved ?? []), ...again.moved]
  const { ringsMade, ...made } = makeRings(input, verdicts, {
    judgement,
    models,
    trust,
    isStrange,
    ...(before && { known: { ...before, made: before.judged, accounts } }),
  })
  return {
    rings: made.rings,
    judged: { ...made, judgement, distances },
    shift,
    frozen: { by: judgement.by, honest, trust },
    work: { accountsJudged: rows.list.length, suspectsSolved: again.suspectsSolved, ringsMade },
  }
}

/** Of communities that nothing has touched. */
function knownDistances({ placeBefore, communities }: Stale, judged: JudgedRings | undefined): Float64Array {
  const known = carriedColumn(judged?.distances ?? new Float64Array(), placeBefore)
  for (const place of communities.list) known[place] = Number.NaN
  return known
}

interface MakeOptions extends Pick<AssembleOptions, 'judgement' | 'models' | 'trust' | 'isStrange'> {
  readonly known?: Pick<KnownRingSearch, 'made' | 'changed' | 'accounts'>
}

function makeRings(
  input: JudgingInput,
  verdicts: Verdicts,
  { known, ...judged }: MakeOptions,
): MadeRings & Pick<JudgingWork, 'ringsMade'> {
  const { table, pairs, kindOf, asOf } = input
  const { labels, classOf } = verdicts
  const options = { kindOf, asOf, publicness: publicnessOf(input.publicness), ...judged }
  const knownFor = known ? knownRings({ ...known, labels }) : () => undefined
  const links = strongestOf(pairs, judged.judgement.groups.pairs)
  const communities = communitiesOf(table, links, { ...verdicts, kindOf })
  const strongest = strongestIn(pairs, labels)
  let ringsMade = 0
  const rings = communities.map((community) => {
    const ringClass = classOf.get(labels[community.members[0] ?? -1] ?? -1) ?? 'uncertain'
    const isStrange = community.members.some(judged.isStrange)
    const found = knownFor(community, { ringClass, isStrange })
    if (found) return found
    ringsMade += 1
    const pair = strongest.get(labels[community.members[0] ?? -1] ?? -1)
    return assembleRing(table, community, { ...options, ringClass, pair })
  })
  return { rings, takeovers: communities.map(({ takeover }) => cohortName(table, takeover)), ringsMade }
}

interface AssembleOptions {
  readonly kindOf: KindLookup
  readonly asOf: number
  readonly publicness: Publicness
  readonly judgement: Judgement
  readonly models: JudgingModels
  readonly trust: Trust
  readonly ringClass: RingClass
  readonly isStrange: (account: number) => boolean
  /** The place of its strongest link. */
  readonly pair: StrongestPair | undefined
}

/** Communities that neither their own figures nor a member's speak against. */
function calmGroups({ look, hostile, risk, compromise }: Judgement): CalmGroups {
  const { communities, table } = look.input
  const isSuspect = (account: number): boolean =>
    (risk[account] ?? 0) + (compromise[account] ?? 0) >= reviewMin
  const rows = communities.flatMap(({ members }, place) =>
    members.length >= ringSizeMin && (hostile[place] ?? 0) < hostileMin && !members.some(isSuspect)
      ? [place]
      : [],
  )
  return {
    columns: look.communities.columns,
    rows,
    keyOf: (row) => table.facts.idAt(communities[row]?.members[0] ?? -1),
  }
}

function assembleRing(
  table: LinkTable,
  community: Community,
  { kindOf, asOf, publicness, judgement, models, trust, ringClass, isStrange, pair }: AssembleOptions,
): FoundRing {
  const visitors = visitorsOf(table, community, { asOf, kindOf })
  const members = membersOf({
    table,
    community,
    visitors,
    judgement,
    trust,
  })
  const benign =
    ringClass === 'benign_shared'
      ? benignFinding(benignSigns(table, community, { kindOf, publicness }))
      : undefined
  const usersOf = anchorsOf(table, community)
  const ties = community.members.flatMap((account) => usedBy(table, account).ties)
  return {
    head: {
      class: ringClass,
      ...(benign && { subtype: benign.subtype }),
      risk: ringRisk(members),
      firstSeen: ties.reduce((first, { firstAt }) => Math.min(first, firstAt), Infinity),
      lastSeen: ties.reduce((last, { lastAt }) => Math.max(last, lastAt), -Infinity),
      topEvidence: topEvidence(table, community),
      ...(pair && { strongest: [nameOf(table, pair.a), nameOf(table, pair.b)] as const }),
      reasons: joinedReasons(
        benign?.reasons ?? strangeness(community, isStrange),
        reasonsOf(table, community, { judgement, models, ringClass }),
      ),
      anchors: [...usersOf.keys()],
    },
    members,
    usersOf,
  }
}

const nameOf = (table: LinkTable, account: number): string => table.facts.idAt(account)

/** The members on each anchor of the ring, by its name. */
function anchorsOf(table: LinkTable, { shared }: Community): ReadonlyMap<string, readonly string[]> {
  const anchors = shared.filter(isAnchor).map(({ identifier, members }) => {
    const { kind = '', ref = '' } = table.identifiers.at(identifier) ?? {}
    return [`${kind}:${ref}`, members.map((account) => nameOf(table, account))] as const
  })
  return new Map(anchors.toSorted(([a], [b]) => compareText(a, b)))
}

function reasonsOf(
  table: LinkTable,
  community: Community,
  { judgement, models, ringClass }: Pick<AssembleOptions, 'judgement' | 'models' | 'ringClass'>,
) {
  const { risk, compromise } = judgement
  const carriers = community.members.filter(
    (account) => (risk[account] ?? 0) + (compromise[account] ?? 0) >= reviewMin,
  )
  const members = carriers.length > 0 ? carriers : community.members
  const figures = ringFeatures(table, community, members)
  return ringReasons(judgement, models, { members, isTakeover: ringClass === 'takeover_cluster', figures })
}

const strangeness = ({ members }: Community, isStrange: AssembleOptions['isStrange']): readonly Reason[] =>
  members.some(isStrange) ? [{ code: 'unlike_honest' }] : []

/** What the people are to each other, or that nothing is known like them, comes first; no reason is told twice. */
function joinedReasons(first: readonly Reason[], others: readonly Reason[]): readonly Reason[] {
  const told = new Set(first.map(({ code }) => code))
  return [...first, ...others.filter(({ code }) => !told.has(code))].slice(0, ringReasonsMax)
}

function topEvidence(table: LinkTable, { shared }: Community): readonly RingEvidence[] {
  const total = shared.reduce((sum, { evidence }) => sum + evidence, 0)
  return shared.slice(0, topEvidenceMax).map(({ identifier, members, accounts, evidence }) => ({
    kind: table.identifiers.kindAt(identifier),
    ref: table.identifiers.refAt(identifier),
    mask: table.identifiers.at(identifier)?.mask ?? '',
    members: members.length,
    accounts,
    share: total > 0 ? Math.round((evidence / total) * microNats) / microNats : 0,
  }))
}
