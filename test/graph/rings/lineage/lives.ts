/** Rings through one publish after the other, as a store would keep them. */
import type { Decision, FoundRing, Member, Ring, RingChange, Role } from '../../../../graph/ring.ts'
import { tombstoneDays } from '../../../../graph/rings/lineage/match.ts'
import { updateRings } from '../../../../graph/rings/lineage/publish.ts'
import { dayMs } from '../../../../graph/time.ts'

export const member = (account: string, risk = 0.5, role: Role = 'core'): Member => ({
  account,
  role,
  membership: 0.9,
  risk,
  compromise: 0,
  flagged: false,
  reasons: [],
})

export interface Making {
  readonly risk?: number
  /** Members on each. */
  readonly anchors?: Readonly<Record<string, readonly string[]>>
  /** All others are core. */
  readonly roles?: Readonly<Record<string, Role>>
}

export const found = (
  accounts: readonly string[],
  { risk = 0.5, anchors = {}, roles = {} }: Making = {},
): FoundRing => ({
  head: {
    class: 'uncertain',
    risk,
    firstSeen: 0,
    lastSeen: 1,
    topEvidence: [],
    reasons: [],
    anchors: Object.keys(anchors).toSorted(),
  },
  members: accounts.toSorted().map((account) => member(account, risk, roles[account])),
  usersOf: new Map(Object.entries(anchors).toSorted(([a], [b]) => (a < b ? -1 : 1))),
})

export interface Point {
  readonly rings: readonly FoundRing[]
  /** Since the publish before. */
  readonly days?: number
  /** All that were made until then. */
  readonly decisions?: readonly Decision[]
}

export interface Published {
  readonly version: number
  readonly asOf: number
  /** Every ring there ever was, by id, as it is then. */
  readonly rings: ReadonlyMap<string, Ring>
  readonly changes: readonly RingChange[]
  /** Those that are said to be active. */
  readonly active: readonly Ring[]
}

export type Order = <T>(list: readonly T[]) => readonly T[]

/** What is published after each point; `order` lays out every list that is handed over. */
export function lives(points: readonly Point[], order: Order = (list) => list): readonly Published[] {
  const published: Published[] = []
  let rings: ReadonlyMap<string, Ring> = new Map()
  let asOf = 0
  for (const [i, { rings: now, days = 1, decisions = [] }] of points.entries()) {
    asOf += days * dayMs
    const version = i + 1
    const all = order([...rings.values()])
    const known = {
      active: all.filter(({ status }) => status === 'active'),
      ended: all.filter((ring) => mayComeBack(ring, asOf)),
    }
    const update = updateRings(order(now), known, { version, asOf, decisions: order(decisions) })
    rings = new Map([
      ...rings,
      ...[...update.rings, ...update.active].map((ring) => [ring.id, ring] as const),
    ])
    published.push({ version, asOf, rings, changes: update.changes, active: update.active })
  }
  return published
}

const mayComeBack = ({ status, ended }: Ring, asOf: number): boolean =>
  status !== 'active' && (ended?.at ?? 0) >= asOf - tombstoneDays * dayMs

export const activeOf = ({ rings }: Pick<Published, 'rings'>): readonly Ring[] =>
  [...rings.values()].filter(({ status }) => status === 'active')
