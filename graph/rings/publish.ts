/** What a detection changes about the published rings: new versions, and a row for every change with its cause. */
import type { ChangeKind, FoundRing, Member, Ring, RingChange } from '../ring.ts'
import { compareText } from '../state/order.ts'
import { type Matching, matchRings, type RingMatch } from './identity.ts'

export interface RingUpdate {
  /** Rings that are new or differ from what is published, by id. */
  readonly rings: readonly Ring[]
  readonly changes: readonly RingChange[]
}

/** `published`: active rings as they are; `taken`: whether an id was ever given. */
export function updateRings(
  found: readonly FoundRing[],
  { published, version }: { published: readonly Ring[]; version: number },
): RingUpdate {
  const matching = matchRings(found, published)
  const named = nameRings(matching, version)
  const kept = [...named].flatMap(([match, id]) => updateOf(match, id, version))
  const ended = matching.ended.map(({ ring, into }) => endOf(ring, into && named.get(into), version))
  const updates = [...kept, ...ended].toSorted((a, b) => compareText(a.ring.id, b.ring.id))
  return { rings: updates.map(({ ring }) => ring), changes: updates.map(({ change }) => change) }
}

/** A new id is made of the publish number and the ring's least core account, so that it never depends on chance. */
function nameRings({ matches }: Matching, version: number): ReadonlyMap<RingMatch, string> {
  const given = new Set<string>()
  return new Map(
    matches.map((match) => {
      const id =
        match.continues?.id ?? freeName(`ring_${version}_${shortHash(leastCore(match.found))}`, given)
      given.add(id)
      return [match, id]
    }),
  )
}

function leastCore({ members }: FoundRing): string {
  const core = members.find(({ role }) => role === 'core' || role === 'bridge')
  return (core ?? members[0])?.account ?? ''
}

/** The pair of publish number and account may repeat; then an ordinal tells them apart. */
function freeName(name: string, given: ReadonlySet<string>): string {
  if (!given.has(name)) return name
  let ordinal = 2
  while (given.has(`${name}_${ordinal}`)) ordinal += 1
  return `${name}_${ordinal}`
}

/** FNV-1a in two halves: short, and the same everywhere. An id is a name, not a secret. */
function shortHash(text: string): string {
  let [a, b] = [0x811c9dc5, 0xc9dc5118]
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193) >>> 0
    b = Math.imul(b ^ a, 0x01000193) >>> 0
  }
  return (a.toString(36) + b.toString(36)).padStart(12, '0').slice(0, 12)
}

function updateOf(
  match: RingMatch,
  id: string,
  version: number,
): readonly { ring: Ring; change: RingChange }[] {
  const { found, continues } = match
  const before = continues?.members ?? []
  const parts = memberParts(before, found.members)
  if (continues && isSame(continues, found, parts)) return []
  const ring: Ring = {
    id,
    status: 'active',
    bornVersion: continues?.bornVersion ?? version,
    version,
    ...found,
  }
  const change: RingChange = {
    ring: id,
    version,
    ...(continues ? kindOfChange(continues, found, parts) : kindOfBirth(match)),
    status: 'active',
    head: found.head,
    ...parts,
  }
  return [{ ring, change }]
}

function memberParts(before: readonly Member[], after: readonly Member[]) {
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

type MemberParts = ReturnType<typeof memberParts>

const isSame = (old: Ring, found: FoundRing, { joined, left, changed }: MemberParts): boolean =>
  joined.length + left.length + changed.length === 0 &&
  JSON.stringify(old.head) === JSON.stringify(found.head)

function kindOfChange(
  old: Ring,
  found: FoundRing,
  { joined, left }: MemberParts,
): { kind: ChangeKind; cause: string } {
  if (old.head.class !== found.head.class) {
    return { kind: 'reclassified', cause: `from ${old.head.class} to ${found.head.class}` }
  }
  if (joined.length > left.length) return { kind: 'grew', cause: `${accounts(joined.length)} joined` }
  if (left.length > 0) return { kind: 'shrank', cause: `${accounts(left.length)} left` }
  return { kind: 'continued', cause: 'figures changed' }
}

function kindOfBirth({ cameFrom, found }: RingMatch): { kind: ChangeKind; cause: string; parent?: string } {
  if (cameFrom) return { kind: 'split', cause: `split off ${cameFrom.id}`, parent: cameFrom.id }
  return { kind: 'born', cause: `${accounts(found.members.length)} linked` }
}

const accounts = (count: number): string => (count === 1 ? '1 account' : `${count} accounts`)

function endOf(old: Ring, into: string | undefined, version: number): { ring: Ring; change: RingChange } {
  const status = into === undefined ? 'dissolved' : 'merged'
  const moved = into !== undefined && { movedTo: into }
  return {
    ring: { ...old, status, version, ...moved, members: [] },
    change: {
      ring: old.id,
      version,
      kind: status,
      cause: into === undefined ? 'its accounts are no longer linked' : `absorbed by ${into}`,
      status,
      ...moved,
      head: old.head,
      joined: [],
      left: old.members.map(({ account }) => account),
      changed: [],
    },
  }
}
