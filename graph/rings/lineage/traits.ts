/** What a ring is known again by: the accounts that make it, and the strong identifiers that hold two of them or more. */
import { linkingAccountsMax } from '../../evidence/share.ts'
import type { Member, Ring, RingBody, Role } from '../../ring.ts'
import type { SharedIdentifier } from '../community.ts'

export interface Traits {
  readonly accounts: ReadonlySet<string>
  readonly anchors: ReadonlySet<string>
}

export const traitsOf = ({ head, members, ended }: RingBody & Pick<Ring, 'ended'>): Traits => ({
  accounts: new Set(ended?.core ?? coreOf(members)),
  anchors: new Set(head.anchors),
})

const carriers: ReadonlySet<Role> = new Set(['core', 'bridge', 'receiver', 'victim'])

/** Members that carry the ring, or all of them where those are the lesser part. */
export function coreOf(members: readonly Member[]): readonly string[] {
  const carrying = members.filter(({ role }) => carriers.has(role))
  const core = carrying.length * 2 >= members.length ? carrying : members
  return core.map(({ account }) => account)
}

/** Of what members share: what tells one ring from another. Crowds and neighbours meet on anything else. */
export const isAnchor = ({ kind, members, accounts }: SharedIdentifier): boolean =>
  kind.evidence.unit === 'value' &&
  !kind.household &&
  (accounts <= linkingAccountsMax(kind.evidence) || members.length * 2 >= accounts)
