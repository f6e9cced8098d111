/** What people hold to be true of accounts and identifiers. */
import { z } from 'zod'
import { assertionKinds } from '../../../graph/model.ts'
import { roles } from '../../../graph/ring.ts'
import { makeAssertion, retractAssertion, subjectsMax } from '../../assertions.ts'
import { reasonLettersMax } from '../../reasons.ts'
import { errorFields } from '../../telemetry/log.ts'
import { assertionView, madeView } from '../../views/assertions.ts'
import { cursorBytesMax, readCursor, writeCursor } from '../cursor.ts'
import { route } from '../route.ts'
import { accountId } from '../schemas.ts'
import { facetSchema } from '../schemas-said.ts'
import type { HttpServices } from '../services.ts'

const time = z.iso.datetime()
const kind = z.enum(assertionKinds)

const assertionSchema = z
  .strictObject({
    id: z.string(),
    kind,
    subjects: z.array(z.string()).describe('Accounts, or identifiers as kind:ref'),
    role: z.enum(roles).nullable(),
    author: z.string(),
    reason: z.string(),
    at: time,
    expiresAt: time.nullable().describe('By the days of the data'),
    retractedAt: time.nullable(),
    stands: z.boolean().describe('False once it was taken back, or the data is past its expiry'),
  })
  .meta({ id: 'Assertion' })

export const postAssertion = route({
  method: 'post',
  path: '/v1/assertions',
  summary:
    'Says what is true of accounts or of an identifier; every later run obeys. The same again is the same assertion, and answers 200.',
  scope: 'decide',
  status: 201,
  statusOf: ({ isNew }) => (isNew ? 201 : 200),
  body: z
    .strictObject({
      kind,
      subjects: z
        .array(accountId.max(1_024).describe('An account, or an identifier as kind:ref'))
        .min(1)
        .max(subjectsMax),
      role: z.enum(roles).optional().describe('Of kind role only'),
      reason: z.string().min(1).max(reasonLettersMax),
      expiresAt: time.optional().describe('It stands while this is after the last day of the data'),
    })
    .meta({ id: 'NewAssertion' }),
  reply: assertionSchema.extend({
    isNew: z.boolean().describe('False where the same stood already'),
    facets: z
      .array(facetSchema)
      .optional()
      .describe('Of kind shared_by_design: what follows from the values. Each is an identifier of its own'),
  }),
  problems: ['account_not_found', 'not_found', 'card_number'],

  async handle(services, { body: { expiresAt, role, ...said }, caller }) {
    const { store, clock, border } = services
    const { assertion, isNew } = await makeAssertion(store, {
      ...said,
      ...(role !== undefined && { role }),
      ...(expiresAt !== undefined && { expiresAt: Date.parse(expiresAt) }),
      author: caller,
      at: clock(),
    })
    if (isNew) await told(services)
    return { ...(await madeView(store, assertion, (kind) => border.registry.get(kind))), isNew }
  },
})

const place = z.strictObject({ at: z.int(), id: z.string() })

export const listAssertions = route({
  method: 'get',
  path: '/v1/assertions',
  summary: 'What people hold to be true, newest first.',
  scope: 'rings:read',
  query: z.strictObject({
    account: accountId.optional().describe('Those that name it'),
    kind: kind.optional(),
    standing: z.enum(['true', 'false']).default('true').describe('false: those too that stand no longer'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(cursorBytesMax).optional(),
  }),
  reply: z.strictObject({ items: z.array(assertionSchema), nextCursor: z.string().nullable() }),

  async handle({ store }, { query: { account, kind: wanted, standing, limit, cursor } }) {
    const asOf = (await store.published())?.asOf
    const found = await store.assertionPage({
      ...(wanted !== undefined && { kind: wanted }),
      ...(account !== undefined && { account }),
      ...(standing === 'true' && { standingAt: asOf ?? 0 }),
      ...(cursor !== undefined && { after: readCursor(place, cursor) }),
      limit: limit + 1,
    })
    const items = found.slice(0, limit)
    const last = items.at(-1)
    return {
      items: items.map((one) => assertionView(one, asOf)),
      nextCursor: last && found.length > limit ? writeCursor({ at: last.at, id: last.id }) : null,
    }
  },
})

export const deleteAssertion = route({
  method: 'delete',
  path: '/v1/assertions/{assertion}',
  summary: 'Takes an assertion back; from the next run on it counts no longer. It stays on record.',
  scope: 'decide',
  params: z.strictObject({ assertion: z.string().min(1).max(64) }),
  reply: assertionSchema,
  problems: ['not_found'],

  async handle(services, { params, caller }) {
    const { store, clock } = services
    const retracted = await retractAssertion(store, params.assertion, { at: clock(), by: caller })
    await told(services)
    return assertionView(retracted, (await store.published())?.asOf)
  },
})

/** It is kept by now, so whatever fails is caught up with by the next run. */
async function told({ queue, live, log }: Pick<HttpServices, 'queue' | 'live' | 'log'>): Promise<void> {
  await queue.request('detect')
  await live
    .hear()
    .catch((error: unknown) => log.warn('what is asserted could not be read anew', errorFields(error)))
}
