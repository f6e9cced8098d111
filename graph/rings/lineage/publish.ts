/** What a detection changes about the published rings: new versions, and a row for every change with its cause. */
import { asHousehold, inRoles } from '../../assertions/rings.ts'
import { type Asserted, nothingAsserted } from '../../assertions/standing.ts'
import type { Decision, FoundRing, Member, Ring, RingChange, RingFlow } from '../../ring.ts'
import { compareText } from '../../state/order.ts'
import { causeOf } from './cause.ts'
import { flowTo } from './flow.ts'
import { type KnownRings, type Matching, matchRings, type RingMatch } from './match.ts'
import { freshId } from './names.ts'
import { liveVerdicts, obey, standingOf, type Verdicts } from './standing.ts'
import { coreOf } from './traits.ts'

export interface RingUpdate {
  /** Rings that are new or differ from what is published, by id. */
  readonly rings: readonly Ring[]
  readonly changes: readonly RingChange[]
  /** All that are active now, by their least account, made of what was found: one found again is known by that. */
  readonly active: readonly Ring[]
}

export interface PublishPoint {
  readonly version: number
  readonly asOf: number
  /** All there are. */
  readonly decisions?: readonly Decision[]
  /** What was held to be true of what was found. */
  readonly asserted?: Asserted
}

interface Change {
  readonly ring: Ring
  readonly change: RingChange
}

/** A ring as it is now, and what changed about it, if anything did. */
type Outcome = Pick<Change, 'ring'> & Partial<Change>

/** The same publish points in the same order give the same ids, whatever the order of rings. */
export function updateRings(found: readonly FoundRing[], known: KnownRings, point: PublishPoint): RingUpdate {
  const matching = matchRings(found, known)
  const idOf = nameRings(matching, point)
  const kin = kinOf(matching, idOf)
  const verdicts = liveVerdicts(point.decisions ?? [], point.asOf)
  const flowFrom = flowTo(known.active)
  const flowInto = flowTo(found)
  const now = matching.matches.map((match) => updateOf(match, { point, kin, idOf, verdicts, flowFrom }))
  const ended = matching.ended.map(({ ring, into }) =>
    endOf(ring, { into: into && idOf.get(into), point, flow: flowInto(ring.members) }),
  )
  const updates = [...now, ...ended].filter(isChange).toSorted((a, b) => compareText(a.ring.id, b.ring.id))
  return {
    rings: updates.map(({ ring }) => ring),
    changes: updates.map(({ change }) => change),
    active: now.map(({ ring }) => ring),
  }
}

const isChange = (one: Outcome): one is Change => one.change !== undefined

function nameRings({ matches }: Matching, { version }: PublishPoint): ReadonlyMap<RingMatch, string> {
  const given = new Set<string>()
  return new Map(
    matches.map((match) => {
      const id = match.continues?.id ?? freshId(match.found, version, given)
      given.add(id)
      return [match, id]
    }),
  )
}

interface Kin {
  readonly absorbedBy: ReadonlyMap<RingMatch, readonly Ring[]>
  /** Ids of rings that split off, by the id they came from. */
  readonly childrenOf: ReadonlyMap<string, readonly string[]>
}

function kinOf({ matches, ended }: Matching, idOf: ReadonlyMap<RingMatch, string>): Kin {
  const absorbed = ended.flatMap(({ ring, into }) => (into ? [{ ring, into }] : []))
  const children = matches.flatMap((match) => {
    const id = idOf.get(match)
    return match.cameFrom && id !== undefined ? [{ id, from: match.cameFrom.id }] : []
  })
  return {
    absorbedBy: grouped(absorbed, ({ into, ring }) => [into, ring]),
    childrenOf: grouped(children, ({ from, id }) => [from, id]),
  }
}

function grouped<Row, Key, Value>(
  rows: readonly Row[],
  entry: (row: Row) => readonly [Key, Value],
): ReadonlyMap<Key, readonly Value[]> {
  const groups = Map.groupBy(rows.map(entry), ([key]) => key)
  return new Map([...groups].map(([key, entries]) => [key, entries.map(([, value]) => value)]))
}

interface UpdateContext {
  readonly point: PublishPoint
  readonly kin: Kin
  readonly idOf: ReadonlyMap<RingMatch, string>
  readonly verdicts: Verdicts
  readonly flowFrom: (accounts: readonly Member[]) => RingFlow
}

function updateOf(match: RingMatch, context: UpdateContext): Outcome {
  const { continues: before, cameFrom } = match
  const { version, asOf } = context.point
  const id = context.idOf.get(match) ?? ''
  const found = judged(match, context)
  const parts = memberParts(before?.members ?? [], found.members)
  if (before?.status === 'active' && isSame(before, found, parts))
    return { ring: { ...before, head: found.head, members: found.members } }
  const cause = causeOf({
    found,
    before,
    ...parts,
    parent: cameFrom?.id,
    absorbed: absorbedBy(match, context),
    children: context.kin.childrenOf.get(id) ?? [],
    authorOf: (decision) => context.verdicts.byId.get(decision)?.author ?? '',
    isExpired: (decision) => context.verdicts.expired.has(decision),
  })
  // A ring that comes back is older than the ring its accounts were in meanwhile.
  const from = before ? undefined : cameFrom?.id
  const change: RingChange = {
    ring: id,
    version,
    ...cause,
    status: 'active',
    ...(from !== undefined && { parent: from }),
    asOf,
    flow: context.flowFrom(found.members),
    head: found.head,
    ...parts,
  }
  const parent = before?.parent ?? from
  return { ring: ringOf(id, { ...match, found }, { version, parent }), change }
}

const absorbedBy = (match: RingMatch, { kin }: UpdateContext): readonly Ring[] =>
  kin.absorbedBy.get(match) ?? []

/**
 * As it is published under the verdicts on it and on the rings its accounts came from, and under what is asserted of its
 * accounts. That they are a household does not undo that their ring was confirmed.
 */
function judged(match: RingMatch, context: UpdateContext): FoundRing {
  const { found, continues: before, cameFrom } = match
  const absorbed = absorbedBy(match, context)
  const others = cameFrom ? [cameFrom, ...absorbed] : absorbed
  const { point, verdicts } = context
  const { asserted = nothingAsserted } = point
  const standing = standingOf(found, { before, others }, verdicts)
  const obeyed = obey(found, standing, verdicts)
  const isConfirmed = standing?.holds === true && standing.verdict === 'confirm'
  return inRoles(isConfirmed ? obeyed : asHousehold(obeyed, asserted), asserted)
}

const ringOf = (
  id: string,
  { found: { head, members }, continues }: RingMatch,
  { version, parent }: { version: number; parent: string | undefined },
): Ring => ({
  id,
  status: 'active',
  bornVersion: continues?.bornVersion ?? version,
  version,
  ...(parent !== undefined && { parent }),
  head,
  members,
})

interface MemberParts {
  readonly joined: readonly Member[]
  readonly left: readonly string[]
  readonly changed: readonly Member[]
}

function memberParts(before: readonly Member[], after: readonly Member[]): MemberParts {
  if (before === after) return { joined: [], left: [], changed: [] }
  const known = new Map(before.map((member) => [member.account, JSON.stringify(member)]))
  const now = new Set(after.map(({ account }) => account))
  return {
    joined: after.filter(({ account }) => !known.has(account)),
    left: before.flatMap(({ account }) => (now.has(account) ? [] : [account])),
    changed: after.filter((member) => {
      const then = known.get(member.account)
      return then !== undefined && then !== JSON.stringify(member)
    }),
  }
}

const isSame = (old: Ring, found: FoundRing, { joined, left, changed }: MemberParts): boolean =>
  joined.length + left.length + changed.length === 0 &&
  (old.head === found.head || JSON.stringify(old.head) === JSON.stringify(found.head))

function endOf(
  old: Ring,
  { into, point, flow }: { into: string | undefined; point: PublishPoint; flow: RingFlow },
): Change {
  const { version, asOf } = point
  const status = into === undefined ? 'dissolved' : 'merged'
  const moved = into !== undefined && { movedTo: into }
  const ended = { at: asOf, core: coreOf(old.members) }
  return {
    ring: { ...old, status, version, ...moved, ended, members: [] },
    change: {
      ring: old.id,
      version,
      kind: status,
      cause: into === undefined ? 'its accounts are no longer linked' : `absorbed by ${into}`,
      status,
      ...moved,
      ended,
      asOf,
      flow,
      head: old.head,
      joined: [],
      left: old.members.map(({ account }) => account),
      changed: [],
    },
  }
}
