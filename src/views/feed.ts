/** Items of the feed, as pages, streams, webhooks and the command line show them. */
import type { Member } from '../../graph/ring.ts'
import { placeText } from '../feed/place.ts'
import type { FeedItem } from '../feed/read.ts'
import { iso } from './times.ts'

export const feedItemView = ({ place, change }: FeedItem) => ({
  cursor: placeText(place),
  type: `ring.${change.kind}` as const,
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

export type FeedItemView = ReturnType<typeof feedItemView>

const figuresOf = ({ account, role, membership, risk, compromise, flagged }: Member) => ({
  account,
  role,
  membership,
  risk,
  compromise,
  flagged,
})
