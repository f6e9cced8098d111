/** "Tell me when they come back". */
import { z } from 'zod'
import { unwiredReasons } from '../../../../graph/tripwires/tripwire.ts'
import { reasonLettersMax } from '../../../reasons.ts'
import { eventSchema } from '../../../sources/contract.ts'
import { armIdentifiers, armRing, disarm } from '../../../tripwires.ts'
import { tripwireView } from '../../../views/tripwires.ts'
import { admitted } from '../../admitted.ts'
import { route } from '../../route.ts'
import { findRing } from '../rings.ts'

const time = z.iso.datetime()

const tripwireSchema = z
  .strictObject({
    id: z.string(),
    ring: z.string().nullable().describe('Whose identifiers these are'),
    decision: z.string().nullable().describe('The verdict that armed it'),
    author: z.string(),
    reason: z.string(),
    at: time,
    disarmedAt: time.nullable(),
    expiresAt: time.nullable().describe('With its verdict: what happens from then on trips nothing'),
    identifiers: z.array(z.strictObject({ kind: z.string(), ref: z.string(), mask: z.string() })),
    unwired: z
      .array(z.strictObject({ kind: z.string(), why: z.enum(unwiredReasons), identifiers: z.int() }))
      .describe(
        'What is not watched: too many accounts are on it, a household shares it, or it tells nobody apart',
      ),
  })
  .meta({ id: 'Tripwire' })

export const listTripwires = route({
  method: 'get',
  path: '/v1/tripwires',
  summary: 'Watched identifiers, oldest first.',
  scope: 'rings:read',
  query: z.strictObject({
    ring: z.string().min(1).max(64).optional(),
    disarmed: z.enum(['true', 'false']).default('false').describe('Those too that are armed no longer'),
  }),
  reply: z.strictObject({ items: z.array(tripwireSchema) }),

  async handle({ store }, { query: { ring, disarmed } }) {
    const all = (await store.tripwires())?.tripwires ?? []
    const items = all.filter(
      (one) =>
        (ring === undefined || one.ring === ring) && (disarmed === 'true' || one.disarmedAt === undefined),
    )
    return { items: items.map(tripwireView) }
  },
})

export const createTripwire = route({
  method: 'post',
  path: '/v1/tripwires',
  summary: 'Watches identifiers, or those of a ring: whoever else comes with one is told of.',
  scope: 'decide',
  status: 201,
  body: z
    .strictObject({
      ring: z.string().min(1).max(64).optional(),
      identifiers: eventSchema.shape.identifiers.unwrap().optional(),
      reason: z.string().min(1).max(reasonLettersMax),
    })
    .refine(({ ring, identifiers }) => (ring === undefined) !== (identifiers === undefined), {
      error: 'needs a ring or identifiers, and not both',
    })
    .meta({ id: 'NewTripwire' }),
  reply: tripwireSchema,
  problems: ['ring_not_found', 'conflict', 'card_number'],

  async handle(services, { body: { ring, identifiers, reason }, caller }) {
    const { store, border, clock } = services
    const around = { store, kindOf: (kind: string) => border.registry.get(kind) }
    const order = { author: caller, reason, at: clock() }
    if (ring !== undefined)
      return tripwireView(await armRing(around, await findRing(services, ring, undefined), order))
    const occurredAt = new Date(clock()).toISOString()
    const event = admitted(services, { type: 'other', occurredAt, identifiers })
    return tripwireView(await armIdentifiers(around, event.identifiers, order))
  },
})

export const deleteTripwire = route({
  method: 'delete',
  path: '/v1/tripwires/{tripwire}',
  summary: 'Watches no longer. It stays on record.',
  scope: 'decide',
  params: z.strictObject({ tripwire: z.string().min(1).max(64) }),
  reply: tripwireSchema,
  problems: ['not_found'],
  handle: async ({ store, clock }, { params, caller }) =>
    tripwireView(await disarm(store, params.tripwire, { at: clock(), by: caller })),
})
