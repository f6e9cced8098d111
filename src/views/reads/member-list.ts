/** The accounts of a ring, page by page. */
import type { MemberTie } from '../../../graph/explain/picture/member-ties.ts'
import type { Member, Ring } from '../../../graph/ring.ts'
import { linkView } from '../explanation.ts'
import { type Place, pageAfter } from '../places.ts'
import { memberView, reasonView } from '../rings.ts'
import { iso } from '../times.ts'

export const memberSorts = ['account', 'risk'] as const
export type MemberSort = (typeof memberSorts)[number]

export interface MemberPage {
  readonly sort: MemberSort
  readonly limit: number
  readonly after?: Place | undefined
}

interface Tied {
  /** What ties each, where it is asked for. */
  readonly tied?: ReadonlyMap<string, MemberTie> | undefined
}

/** By id, or those first that most likely take part or are in other hands. */
export function memberListView(ring: Ring, { sort, limit, after, tied }: MemberPage & Tied) {
  const placeOf = ({ account, risk, compromise }: Member): Place => ({
    value: sort === 'risk' ? Math.max(risk, compromise) : 0,
    id: account,
  })
  const { page, next } = pageAfter(ring.members, { placeOf, after, limit })
  return {
    ring: ring.id,
    version: ring.version,
    size: ring.members.length,
    items: page.map((member) => {
      const tie = tied?.get(member.account)
      return {
        ...memberView(ring, member),
        reasons: member.reasons.map(reasonView),
        ...(tie && { ties: memberTieView(tie) }),
      }
    }),
    next,
  }
}

/** Identifiers told of the link that holds it. */
const partsMax = 6

/** What ties an account to its ring. */
export function memberTieView({ member, tie, linked, strongest, sinceAt, bornAt, label }: MemberTie) {
  const link = strongest && linkView({ ...strongest, chance: [] }, partsMax)
  return {
    tie,
    linked,
    since: sinceAt === undefined ? null : iso(sinceAt),
    createdAt: bornAt === undefined ? null : iso(bornAt),
    label: label ?? null,
    heldBy: link ? { ...link, account: link.a === member.account ? link.b : link.a } : null,
  }
}
