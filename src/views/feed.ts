/** Items of the feed, as pages, streams, webhooks and the command line show them. */

import { placeText } from '../../graph/feed/place.ts'
import {
  type AssignmentItem,
  assignmentType,
  type ChangeItem,
  type FeedItem,
  type HitItem,
  hitType,
} from '../../graph/feed/read.ts'
import type { Member } from '../../graph/ring.ts'
import { standingView } from './decisions.ts'
import { iso } from './times.ts'

export const feedItemView = (item: FeedItem) => ('change' in item ? changeView(item) : noteView(item))

const noteView = (item: HitItem | AssignmentItem) => ('hit' in item ? hitView(item) : assignmentView(item))

const changeView = ({ place, change }: ChangeItem) => ({
  cursor: placeText(place),
  type: `ring.${change.kind}` as const,
  ring: change.ring,
  version: change.version,
  asOf: change.asOf === undefined ? null : iso(change.asOf),
  cause: change.cause,
  status: change.status,
  class: change.head.class,
  risk: change.head.risk,
  verdict: change.head.verdict ? standingView(change.head.verdict) : null,
  parent: change.parent ?? null,
  movedTo: change.movedTo ?? null,
  joined: change.joined.map(figuresOf),
  left: [...change.left],
  changed: change.changed.map(figuresOf),
})

const hitView = ({ place, hit }: HitItem) => ({
  cursor: placeText(place),
  type: hitType,
  ring: hit.ring ?? null,
  version: hit.version,
  at: iso(hit.at),
  tripwire: hit.tripwire,
  account: hit.account,
  event: hit.type,
  kind: hit.kind,
  ref: hit.ref,
  mask: hit.mask,
})

const assignmentView = ({ place, assigned }: AssignmentItem) => ({
  cursor: placeText(place),
  type: assignmentType,
  ring: assigned.ring,
  version: assigned.version,
  at: iso(assigned.at),
  owner: assigned.owner ?? null,
  by: assigned.by,
  from: assigned.from ?? null,
})

/** Accounts of each list in a message: the specification asks for small ones. The feed has them all. */
const messageAccountsMax = 50

/** A message, as the Standard Webhooks specification shapes it. */
export function messageView(item: FeedItem) {
  if ('change' in item) return changeMessage(item)
  const { type, ...data } = noteView(item)
  return { type, timestamp: data.at, data }
}

function changeMessage(item: ChangeItem) {
  const { type, ...view } = changeView(item)
  const lists = [view.joined, view.left, view.changed]
  return {
    type,
    timestamp: view.asOf,
    data: {
      ...view,
      joined: view.joined.slice(0, messageAccountsMax),
      left: view.left.slice(0, messageAccountsMax),
      changed: view.changed.slice(0, messageAccountsMax),
      truncated: lists.some(({ length }) => length > messageAccountsMax),
    },
  }
}

export type FeedItemView = ReturnType<typeof feedItemView>

const figuresOf = ({ account, role, membership, risk, compromise, flagged }: Member) => ({
  account,
  role,
  membership,
  risk,
  compromise,
  flagged,
})
