/** Rings and members as the API and the command line show them. */
import { reasonWords } from '../../graph/explain/words.ts'
import type { Member, Reason, Ring, RingEvidence } from '../../graph/ring.ts'
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

export const ringView = ({ id, status, head, members, movedTo }: Ring) => ({
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
  ...(head.verdict && { verdict: head.verdict }),
})

/** Core in the wide sense: the accounts that carry the ring's risk. */
const carriesRisk = ({ role }: Member): boolean => role === 'core' || role === 'bridge' || role === 'receiver'

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
