/** Items of the feed, as pages, streams, webhooks and the command line show them. */

import { placeText } from '../../graph/feed/place.ts'
import { type FeedItem, typeOf } from '../../graph/feed/read.ts'
import type { Member } from '../../graph/ring.ts'
import { iso } from './times.ts'

export const feedItemView = ({ place, change }: FeedItem) => ({
  cursor: placeText(place),
  type: typeOf({ change }),
  ring: change.ring,
  version: change.version,
  asOf: change.asOf === undefined ? null : iso(change.asOf),
  cause: change.cause,
  status: change.status,
  class: change.head.class,
  risk: change.head.risk,
  verdict: change.head.verdict ?? null,
  parent: change.parent ?? null,
  movedTo: change.movedTo ?? null,
  joined: change.joined.map(figuresOf),
  left: [...change.left],
  changed: change.changed.map(figuresOf),
})

/** Accounts of each list in a message: the specification asks for small ones. The feed has them all. */
const messageAccountsMax = 50

/** A message, as the Standard Webhooks specification shapes it. */
export function messageView(item: FeedItem) {
  const { type, ...view } = feedItemView(item)
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
