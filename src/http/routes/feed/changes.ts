/** The feed of changes, in pages and as a stream. */
import { z } from 'zod'
import { beginning, type FeedPlace, placeText, readPlace } from '../../../../graph/feed/place.ts'
import { assignmentType, changeTypes, hitType, readFeed } from '../../../../graph/feed/read.ts'
import { ringClasses, ringStatuses, roles } from '../../../../graph/ring.ts'
import { feedItemView } from '../../../views/feed.ts'
import type { StreamedEvent } from '../../edge/event-stream.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema } from '../../schemas.ts'
import { standingSchema } from '../../schemas-said.ts'
import type { HttpServices } from '../../services.ts'

const pageMax = 1_000
/** Items read at once for a stream: what one reader holds in memory. */
const streamPage = 50
/** How soon a stream notices that its key was revoked, or that the process stops. */
const wakeMs = 500

const probability = z.number().min(0).max(1)

const figuresSchema = z
  .strictObject({
    account: z.string(),
    role: z.enum(roles),
    membership: probability,
    risk: probability,
    compromise: probability,
    flagged: z.boolean(),
  })
  .meta({ id: 'MemberFigures' })

const hitSchema = z
  .strictObject({
    cursor: z.string(),
    type: z.literal(hitType),
    ring: z.string().nullable().describe('Whose identifier it is'),
    version: z.int().describe('The publish that was the newest then'),
    at: z.iso.datetime().describe('Of the event'),
    tripwire: z.string(),
    account: z.string().describe('Who came with it, and is not of the ring'),
    event: z.string().describe('Type of the event'),
    kind: z.string(),
    ref: z.string(),
    mask: z.string(),
  })
  .meta({ id: 'TripwireHit' })

const changeSchema = z
  .strictObject({
    cursor: z.string().describe('Its place in the feed: `after` it comes the next'),
    type: z.enum(changeTypes),
    ring: z.string(),
    version: z.int().describe('Publish number'),
    asOf: z.iso.datetime().nullable().describe('End of the day of the newest event that run saw'),
    cause: z.string(),
    status: z.enum(ringStatuses),
    class: z.enum(ringClasses),
    risk: probability,
    verdict: standingSchema.nullable(),
    parent: z.string().nullable().describe('The ring it split off from'),
    movedTo: z.string().nullable().describe('The ring that absorbed it'),
    joined: z.array(figuresSchema),
    left: z.array(z.string()).describe('Accounts'),
    changed: z.array(figuresSchema).describe('Members that stayed, with their new figures'),
  })
  .meta({ id: 'Change' })

const assignmentSchema = z
  .strictObject({
    cursor: z.string(),
    type: z.literal(assignmentType),
    ring: z.string(),
    version: z.int().describe('The publish that was the newest then'),
    at: z.iso.datetime(),
    owner: z.string().nullable().describe('Who looks after it from now on; null: nobody'),
    by: z.string().describe('Who said so'),
    from: z.string().nullable().describe('The ring whose owner went on with what became of it'),
  })
  .meta({ id: 'RingAssignment' })

export const feedItemSchema = z.discriminatedUnion('type', [changeSchema, assignmentSchema, hitSchema])

const querySchema = z.strictObject({
  after: z
    .string()
    .max(128)
    .optional()
    .describe('The cursor of the last item you had, or `latest`; from the beginning without it'),
  ring: z.string().min(1).max(64).optional().describe('Of this ring alone'),
  limit: z.coerce.number().int().min(1).max(pageMax).default(100).describe('Of a page'),
})

export const getChanges = route({
  method: 'get',
  path: '/v1/changes',
  summary:
    'What every publish changed, and what happened in between, oldest first: pages, or server-sent events for who accepts text/event-stream.',
  scope: 'rings:read',
  query: querySchema,
  reply: z.strictObject({
    items: z.array(feedItemSchema),
    nextCursor: z.string().describe('Ask for what comes after it, now or later'),
    more: z.boolean().describe('Whether the next page is there already'),
    meta: metaSchema,
  }),
  problems: ['overloaded', 'rate_limited'],

  async handle(services, { query: { after, ring, limit } }) {
    const from = await placeOf(services, after)
    const found = await readFeed(services.store, { after: from, ring, limit: limit + 1 })
    const items = found.slice(0, limit)
    const last = items.at(-1)?.place ?? from ?? beginning
    return {
      items: items.map(feedItemView),
      nextCursor: placeText(last),
      more: found.length > limit,
      meta: metaOf(services),
    }
  },

  stream: {
    event: feedItemSchema,
    async open(services, { query: { after, ring }, lastEventId }) {
      // The reader's own memory is newer than the address it was given.
      const from = await placeOf(services, lastEventId ?? after)
      return (signal) => changesOf(services, { from, ring, signal })
    },
  },
})

export async function placeOf(
  { store }: Pick<HttpServices, 'store'>,
  text: string | undefined,
): Promise<FeedPlace | undefined> {
  if (text === undefined) return undefined
  return text === 'latest' ? await store.feedEnd() : readPlace(text)
}

interface Following {
  readonly from: FeedPlace | undefined
  readonly ring: string | undefined
  readonly signal: AbortSignal
}

/** Every item there is and will be; undefined whenever there is none for a while. */
async function* changesOf(
  { store, tail }: Pick<HttpServices, 'store' | 'tail'>,
  { from, ring, signal }: Following,
): AsyncGenerator<StreamedEvent | undefined> {
  let after = from
  while (!signal.aborted) {
    const turn = tail.turn()
    const items = await readFeed(store, { after, ring, limit: streamPage })
    for (const item of items) {
      const { cursor, ...data } = feedItemView(item)
      yield { id: cursor, type: data.type, data: { cursor, ...data } }
      after = item.place
    }
    const isAtEnd = items.length === 0
    while (isAtEnd && tail.turn() === turn && !signal.aborted) {
      yield undefined
      await tail.after(turn, { ms: wakeMs, signal })
    }
  }
}
