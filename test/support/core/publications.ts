/** Publications with proper change rows, made from nothing but the rings that are active after each publish. */
import type {
  ChangeKind,
  DetectionRun,
  FoundRing,
  Member,
  Publication,
  Ring,
  RingChange,
} from '../../../graph/ring.ts'

/** Active rings by id. */
export type RingSet = ReadonlyMap<string, FoundRing>

export interface Published {
  readonly publication: Publication
  /** Every ring ever published, by id, as it is after this publication. */
  readonly rings: ReadonlyMap<string, Ring>
}

/** One publication for each set, numbered from `from` + 1. */
export function publicationsOf(sets: readonly RingSet[], from = 0): readonly Published[] {
  const published: Published[] = []
  let rings: ReadonlyMap<string, Ring> = new Map()
  for (const [i, set] of sets.entries()) {
    const next = publicationOf(rings, set, from + i + 1)
    published.push(next)
    rings = next.rings
  }
  return published
}

/** What takes the store from `before` to the rings of `after`. */
export function publicationOf(before: ReadonlyMap<string, Ring>, after: RingSet, version: number): Published {
  const ids = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  const steps = ids.flatMap(
    (id) => stepOf(id, { old: before.get(id), found: after.get(id), after, version }) ?? [],
  )
  const rings = new Map([...before, ...steps.map(({ ring }) => [ring.id, ring] as const)])
  return {
    publication: {
      run: runOf(version, after.size),
      rings: steps.map(({ ring }) => ring),
      changes: steps.map(({ change }) => change),
      snapshot: new TextEncoder().encode(`snapshot ${version}`),
    },
    rings,
  }
}

export const runOf = (version: number, rings = 0): DetectionRun => ({
  version,
  asOf: 1_000 + version,
  stateChanges: version,
  publishedAt: 2_000 + version,
  tookMs: 5,
  accounts: 10,
  links: 20,
  rings,
  policy: 'default 1f2e',
  method: 'cpm-leiden',
  statistics: {
    kinds: [{ kind: 'device', identifiers: 3, uses: 10, ordered: 24 }],
    reasons: [{ code: 'own_device', rings: 2, shares: 2, sum: 0.75 }],
    dataHasSignups: true,
  },
})

interface Step {
  readonly ring: Ring
  readonly change: RingChange
}
interface StepInput {
  readonly old: Ring | undefined
  readonly found: FoundRing | undefined
  readonly after: RingSet
  readonly version: number
}

function stepOf(id: string, { old, found, after, version }: StepInput): Step | undefined {
  if (found) return isSame(old, found) ? undefined : step(activeRing(id, { old, found, version }), old)
  return old?.status === 'active' ? step(endedRing(old, after, version), old) : undefined
}

const isSame = (old: Ring | undefined, found: FoundRing): boolean =>
  old?.status === 'active' &&
  JSON.stringify([old.head, old.members]) === JSON.stringify([found.head, found.members])

const activeRing = (
  id: string,
  { old, found, version }: { old: Ring | undefined; found: FoundRing; version: number },
): Ring => ({
  id,
  status: 'active',
  bornVersion: old?.bornVersion ?? version,
  version,
  ...found,
})

/** A ring ends in the first ring that now holds one of its members, or in none. */
function endedRing(old: Ring, after: RingSet, version: number): Ring {
  const held = new Set(old.members.map(({ account }) => account))
  const into = [...after].find(([, { members }]) => members.some(({ account }) => held.has(account)))
  const ended = { id: old.id, bornVersion: old.bornVersion, version, head: old.head, members: [] }
  return into ? { ...ended, status: 'merged', movedTo: into[0] } : { ...ended, status: 'dissolved' }
}

function step(ring: Ring, old: Ring | undefined): Step {
  const before = new Map(old?.members.map((member) => [member.account, member]))
  const now = new Set(ring.members.map(({ account }) => account))
  const change: RingChange = {
    ring: ring.id,
    version: ring.version,
    kind: kindOf(ring, old),
    cause: 'a test said so',
    status: ring.status,
    ...(ring.movedTo !== undefined && { movedTo: ring.movedTo }),
    head: ring.head,
    joined: ring.members.filter(({ account }) => !before.has(account)),
    left: [...before.keys()].filter((account) => !now.has(account)),
    changed: ring.members.filter((member) => hasChanged(before.get(member.account), member)),
  }
  return { ring, change }
}

const hasChanged = (old: Member | undefined, member: Member): boolean =>
  old !== undefined && JSON.stringify(old) !== JSON.stringify(member)

function kindOf(ring: Ring, old: Ring | undefined): ChangeKind {
  if (ring.status !== 'active') return ring.status
  if (!old) return 'born'
  if (old.status !== 'active') return 'revived'
  return ring.members.length > old.members.length ? 'grew' : 'continued'
}
