/** Whom an account that does not exist yet would join. */
import { z } from 'zod'
import { AppError } from '../../../graph/errors.ts'
import { linksOfNewcomer, ringsOfNewcomer } from '../../../graph/explain/counterfactual/newcomer.ts'
import { defaultPathCaps } from '../../../graph/explain/path.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { nothingPublic } from '../../../graph/projection/publicness.ts'
import { admitEvent } from '../../sources/admit.ts'
import { eventSchema } from '../../sources/contract.ts'
import { matchedAccountView, matchedRingView } from '../../views/match.ts'
import { metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { matchedAccountSchema, matchedRingSchema, metaSchema } from '../schemas.ts'
import type { HttpServices } from '../services.ts'

const accountsMax = 20

/** No customer's id may hold NUL, so this account is nobody's. */
const nobody = '\0'

const event = eventSchema.shape

export const postMatch = route({
  method: 'post',
  path: '/v1/match',
  summary: 'Accounts and rings that an account with these identifiers would be linked to. Stores nothing.',
  scope: 'rings:read',
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
    const { store, border, snapshots, clock } = services
    const occurredAt = body.occurredAt ?? new Date(clock()).toISOString()
    const newcomer = admitted(services, { ...body, occurredAt })
    const { links, truncated } = await linksOfNewcomer(store, [newcomer], {
      kindOf: (kind) => border.registry.get(kind),
      publicness: snapshots.current()?.publicness ?? nothingPublic,
      caps: defaultPathCaps,
    })
    const snapshot = snapshots.current()
    const standing = new Map(links.map(({ account }) => [account, snapshot?.risk(account)]))
    const rings = new Map(
      [...standing.values()].flatMap((one) => (one?.ring ? [[one.ring.id, one.ring]] : [])),
    )
    return {
      accounts: links
        .slice(0, accountsMax)
        .map((link) => matchedAccountView(link, standing.get(link.account))),
      rings: ringsOfNewcomer(links, (account) => standing.get(account)?.ring?.id).flatMap((match) => {
        const ring = rings.get(match.ring)
        return ring ? [matchedRingView(match, ring)] : []
      }),
      truncated: truncated || links.length > accountsMax,
      meta: metaOf(services),
    }
  },
})

/** As the border takes an event, and with its refusals. */
function admitted({ border }: Pick<HttpServices, 'border'>, sent: object): StoredEvent {
  const admission = admitEvent(border, { ...sent, eventId: 'match', account: 'match' }, { live: true })
  if ('value' in admission) return { ...admission.value, account: nobody }
  const { code, pointer, detail } = admission.refusal
  throw new AppError(code, `The body is not as it should be: ${pointer} ${detail}`, {
    issues: [{ pointer, detail }],
  })
}
