/** Rings and members as the API and the command line show them. */
import { headlineWords, leadWords } from '../../graph/explain/headline.ts'
import { pairEvidence, type Weighing } from '../../graph/explain/picture/pair-evidence.ts'
import { reasonWords } from '../../graph/explain/words.ts'
import type { Owner } from '../../graph/owners.ts'
import type { Member, Reason, Ring, RingEvidence, Role } from '../../graph/ring.ts'
import { standingView } from './decisions.ts'
import { iso } from './times.ts'

/** Enough of an identifier's reference for people to tell it from others. */
const refLetters = 8

export const shortRef = (ref: string): string => ref.slice(0, refLetters)

export interface ReasonView {
  readonly code: string
  readonly text: string
}

export const reasonView = (reason: Reason): ReasonView => ({ code: reason.code, text: reasonWords(reason) })

export const evidenceView = ({ kind, ref, mask, members, accounts, share }: RingEvidence) => ({
  kind,
  ref,
  mask,
  members,
  accounts,
  share,
})

export const ringView = ({ id, status, head, members, movedTo, owner }: Ring) => ({
  ring: id,
  ...(status !== 'active' && { status }),
  ...(movedTo !== undefined && { movedTo }),
  class: head.class,
  ...(head.subtype !== undefined && { subtype: head.subtype }),
  risk: head.risk,
  size: members.length,
  core: members.filter(carriesRisk).length,
  firstSeen: iso(head.firstSeen),
  lastSeen: iso(head.lastSeen),
  topEvidence: head.topEvidence.map(evidenceView),
  ...(head.verdict && { verdict: standingView(head.verdict) }),
  ...(owner && { owner: ownerView(owner) }),
})

const ownerView = ({ name, since }: Owner) => ({ name, since: iso(since) })
export type OwnerView = ReturnType<typeof ownerView>

/** How many accounts have each role. */
export function rolesOf(members: readonly Pick<Member, 'role'>[]): Readonly<Record<Role, number>> {
  const counts = { victim: 0, receiver: 0, core: 0, bridge: 0, associate: 0, bystander: 0 }
  for (const { role } of members) counts[role] += 1
  return counts
}

/** With its identifiers on the scale of all evidence. */
export const ringOnScale = (ring: Ring, weighing: Weighing) => ({
  ...ringView(ring),
  headline: headlineWords(ring),
  lead: leadWords(ring),
  roles: rolesOf(ring.members),
  version: ring.version,
  bornVersion: ring.bornVersion,
  owner: ring.owner ? ownerView(ring.owner) : null,
  topEvidence: ring.head.topEvidence.map((tie) => ({
    ...evidenceView(tie),
    family: weighing.kindOf(tie.kind)?.family ?? ('network' as const),
    evidence: pairEvidence(tie, weighing),
  })),
})

/** Core in the wide sense: the accounts that carry the ring's risk. */
export const carriesRisk = ({ role }: Pick<Member, 'role'>): boolean =>
  role === 'core' || role === 'bridge' || role === 'receiver'

export const memberView = (ring: Pick<Ring, 'id' | 'head'>, member: Member) => ({
  account: member.account,
  ring: ring.id,
  class: ring.head.class,
  role: member.role,
  membership: member.membership,
  risk: member.risk,
  compromise: member.compromise,
  flagged: member.flagged,
})
