/** Publications with proper change rows, made from nothing but the rings that are active after each publish. */
import type { RingStore } from '../../../graph/ports.ts'
import type {
  ChangeKind,
  DetectionRun,
  FoundRing,
  Member,
  Publication,
  Ring,
  RingChange,
} from '../../../graph/ring.ts'

export async function publishAll(
  store: Pick<RingStore, 'publish'>,
  all: readonly Published[],
): Promise<void> {
  for (const { publication } of all) await store.publish(publication)
}

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

/** What takes the store from `before` to the rings of `set`. */
export function publicationOf(before: ReadonlyMap<string, Ring>, set: RingSet, version: number): Published {
  const ids = [...new Set([...before.keys(), ...set.keys()])].toSorted()
  const steps = ids.flatMap(
    (id) => stepOf(id, { old: before.get(id), found: set.get(id), before, after: set, version }) ?? [],
  )
  const rings = new Map([...before, ...steps.map(({ ring }) => [ring.id, ring] as const)])
  return {
    publication: {
      run: runOf(version, set.size),
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
  readonly before: ReadonlyMap<string, Ring>
  readonly after: RingSet
  readonly version: number
}

function stepOf(id: string, { old, found, before, after, version }: StepInput): Step | undefined {
  if (found)
    return isSame(old, found) ? undefined : step(activeRing(id, { old, found, before, version }), old)
  return old?.status === 'active' ? step(endedRing(old, after, version), old) : undefined
}

const isSame = (old: Ring | undefined, found: FoundRing): boolean =>
  old?.status === 'active' &&
  JSON.stringify([old.head, old.members]) === JSON.stringify([found.head, found.members])

/** A new ring split off the first one that held one of its members. */
function activeRing(
  id: string,
  { old, found, before, version }: Omit<StepInput, 'after' | 'found'> & { found: FoundRing },
): Ring {
  const accounts = new Set(found.members.map(({ account }) => account))
  const from = old
    ? undefined
    : [...before.values()].find(({ members }) => members.some(({ account }) => accounts.has(account)))
  const parent = old?.parent ?? from?.id
  return {
    id,
    status: 'active',
    bornVersion: old?.bornVersion ?? version,
    version,
    ...(parent !== undefined && { parent }),
    ...found,
  }
}

/** A ring ends in the first ring that now holds one of its members, or in none. */
function endedRing(old: Ring, after: RingSet, version: number): Ring {
  const held = new Set(old.members.map(({ account }) => account))
  const into = [...after].find(([, { members }]) => members.some(({ account }) => held.has(account)))
  const ended = {
    id: old.id,
    bornVersion: old.bornVersion,
    version,
    ...(old.parent !== undefined && { parent: old.parent }),
    ended: { at: runOf(version).asOf, core: [...held] },
    head: old.head,
    members: [],
  }
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
    ...(ring.parent !== undefined && !old && { parent: ring.parent }),
    ...(ring.ended && { ended: ring.ended }),
    asOf: runOf(ring.version).asOf,
    flow: { unicity: 1, identity: 0.5, outflow: 0.25 },
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
