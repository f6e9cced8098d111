/** What investigators look at first. */
import { z } from 'zod'
import { queueTabs } from '../../views/reads/ring-list.ts'
import { cursorBytesMax, readCursor, writeCursor } from '../cursor.ts'
import { metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { metaSchema } from '../schemas.ts'
import { narrowed, narrowing, ringRowSchema } from './reads/row-schema.ts'
import { count } from './reads/schemas.ts'

const entrySchema = ringRowSchema
  .extend({
    expectedParticipants: z.number().describe('Accounts expected to take part in fraud'),
    expectedTaken: z.number().describe('Accounts expected to be in other hands'),
    minutes: z.int().describe('What a look is reckoned to take an investigator'),
    perMinute: z.number().describe('Both by the minute; entries come by it'),
    why: z.string(),
  })
  .meta({ id: 'QueueEntry' })

const countsSchema = z
  .strictObject({
    toDecide: count.describe('The whole queue'),
    growing: count.describe('Of the queue, grown within 7 days'),
    takeovers: count,
    uncertain: count,
    again: count.describe('Decided once, and changed too much since'),
    unowned: count.describe('Of the queue, that nobody looks after'),
    mine: count.nullable().describe('Active rings of the owner asked for; null where none is'),
    decided: count.describe('Active rings on which a verdict holds'),
    decidedInWeek: count.describe('Verdicts of the 7 days before the last publish'),
    bornInRun: count.describe('Of the queue, new with the last publish'),
  })
  .meta({ id: 'QueueCounts' })

const place = z.strictObject({ value: z.number(), id: z.string() })

export const getQueue = route({
  method: 'get',
  path: '/v1/queue',
  summary: 'Rings that nobody decided on, by the harm a look is expected to prevent a minute.',
  scope: 'rings:read',
  query: z.strictObject({
    tab: z.enum(queueTabs).default('all'),
    ...narrowing,
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(cursorBytesMax).optional(),
  }),
  reply: z.strictObject({
    items: z.array(entrySchema),
    nextCursor: z.string().nullable(),
    total: count.describe('Entries that are asked for'),
    counts: countsSchema.describe('Of each tab, whatever is asked for'),
    meta: metaSchema,
  }),

  async handle(services, { query: { cursor, ...query } }) {
    const after = cursor === undefined ? undefined : readCursor(place, cursor)
    const { next, ...page } = await services.pages.make('queue', { ...narrowed(query), after })
    return { ...page, nextCursor: next ? writeCursor(next) : null, meta: metaOf(services) }
  },
})
