/** Whom an account that does not exist yet would join. */
import { z } from 'zod'
import { eventSchema } from '../../sources/contract.ts'
import { admitted } from '../admitted.ts'
import { metaOf } from '../meta.ts'
import { matchEvents } from '../provisional.ts'
import { route } from '../route.ts'
import { matchedAccountSchema, matchedRingSchema, metaSchema } from '../schemas.ts'

const accountsMax = 20

const event = eventSchema.shape

export const postMatch = route({
  method: 'post',
  path: '/v1/match',
  summary: 'Accounts and rings that an account with these identifiers would be linked to. Stores nothing.',
  scope: 'rings:read',
  repeatable: true,
  body: z
    .strictObject({
      identifiers: event.identifiers.unwrap(),
      type: event.type.default('signup'),
      occurredAt: event.occurredAt.optional().describe('Now, without it'),
      accountCreatedAt: event.accountCreatedAt,
      sessionId: event.sessionId,
    })
    .meta({ id: 'Match' }),
  reply: z.strictObject({
    accounts: z.array(matchedAccountSchema).max(accountsMax).describe('Most evidence first'),
    rings: z.array(matchedRingSchema).describe('Most probable first'),
    truncated: z.boolean().describe('A limit was met: there may be more'),
    meta: metaSchema,
  }),
  problems: ['card_number', 'time_in_future', 'time_too_old'],

  async handle(services, { body }) {
    const occurredAt = body.occurredAt ?? new Date(services.clock()).toISOString()
    const newcomer = admitted(services, { ...body, occurredAt })
    const { accounts, rings, truncated } = await matchEvents(services, [newcomer])
    return {
      accounts: accounts.slice(0, accountsMax),
      rings,
      truncated: truncated || accounts.length > accountsMax,
      meta: metaOf(services),
    }
  },
})
