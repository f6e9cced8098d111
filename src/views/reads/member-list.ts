/** The accounts of a ring, page by page. */
import type { Member, Ring } from '../../../graph/ring.ts'
import { type Place, pageAfter } from '../places.ts'
import { memberView, reasonView } from '../rings.ts'

export const memberSorts = ['account', 'risk'] as const
export type MemberSort = (typeof memberSorts)[number]

export interface MemberPage {
  readonly sort: MemberSort
  readonly limit: number
  readonly after?: Place | undefined
}

/** By id, or those first that most likely take part or are in other hands. */
export function memberListView(ring: Ring, { sort, limit, after }: MemberPage) {
  const placeOf = ({ account, risk, compromise }: Member): Place => ({
    value: sort === 'risk' ? Math.max(risk, compromise) : 0,
    id: account,
  })
  const { page, next } = pageAfter(ring.members, { placeOf, after, limit })
  return {
    ring: ring.id,
    version: ring.version,
    size: ring.members.length,
    items: page.map((member) => ({
      ...memberView(ring, member),
      reasons: member.reasons.map(reasonView),
    })),
    next,
  }
}
