/** What people decide on rings, and who looks after them. */
import { z } from 'zod'
import { ringClasses, verdicts } from '../../../graph/ring.ts'
import { decisionsOn, retractDecision } from '../../decisions.ts'
import { assignRing, ownerLettersMax } from '../../owners.ts'
import { reasonLettersMax } from '../../reasons.ts'
import { decisionView } from '../../views/decisions.ts'
import { ringOnScale } from '../../views/rings.ts'
import { route } from '../route.ts'
import { ringSchema } from '../schemas.ts'
import { weighingOf } from './reads/weighing.ts'
import { findRing, ringParams } from './rings.ts'

const decisionSchema = z
  .strictObject({
    id: z.string(),
    ring: z.string().describe('The ring it was made on; of a part that split off, the ring it came from'),
    version: z.int().describe('Of the ring, as it was seen'),
    class: z.enum(ringClasses).describe('As it was seen'),
    accounts: z.int().describe('Accounts it was made on: those that made the ring'),
    verdict: z.enum(verdicts),
    author: z.string(),
    reason: z.string(),
    at: z.iso.datetime(),
    retractedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable().describe('By the days of the data'),
    receipt: z
      .string()
      .nullable()
      .describe('Hash of what it was taken on; null of one taken before receipts'),
    holds: z
      .boolean()
      .nullable()
      .describe('False once the ring changed too much for it; null when it does not stand on the ring'),
  })
  .meta({ id: 'Decision' })

export const postDecision = route({
  method: 'post',
  path: '/v1/rings/{ring}/decisions',
  summary:
    'Confirms a ring, or finds it benign. Every later run obeys while the ring is made of what was seen; a confirmed one is watched by a tripwire.',
  scope: 'decide',
  status: 201,
  params: ringParams,
  body: z
    .strictObject({
      verdict: z.enum(verdicts),
      reason: z.string().min(1).max(reasonLettersMax),
      version: z.int().min(1).optional().describe('The version that was looked at; today’s when absent'),
      expiresAt: z.iso
        .datetime()
        .optional()
        .describe('It stands while this is after the last day of the data; for ever when absent'),
    })
    .meta({ id: 'NewDecision' }),
  reply: decisionSchema,
  problems: ['ring_not_found', 'conflict', 'card_number'],

  async handle(services, { params, body: { verdict, reason, version, expiresAt }, caller }) {
    const order = { verdict, reason, at: services.clock(), author: caller }
    const { decision, more, head } = await services.pages.make('verdict', {
      ring: params.ring,
      v: version,
      ...order,
      ...(expiresAt !== undefined && { expiresAt: Date.parse(expiresAt) }),
    })
    await services.store.decide(decision, more)
    await services.queue.request('detect')
    return decisionView(decision, { head })
  },
})

export const listDecisions = route({
  method: 'get',
  path: '/v1/rings/{ring}/decisions',
  summary: 'What people decided on a ring, newest first, and whether it still holds.',
  scope: 'rings:read',
  params: ringParams,
  reply: z.strictObject({ ring: z.string(), items: z.array(decisionSchema) }),
  problems: ['ring_not_found'],

  async handle(services, { params }) {
    const ring = await findRing(services, params.ring, undefined)
    const decisions = await decisionsOn(services.store, ring)
    return { ring: ring.id, items: decisions.map((one) => decisionView(one, ring)) }
  },
})

export const retract = route({
  method: 'delete',
  path: '/v1/rings/{ring}/decisions/{decision}',
  summary: 'Takes a decision back; from the next run on it counts no longer. It stays on record.',
  scope: 'decide',
  params: ringParams.extend({ decision: z.string().min(1).max(64) }),
  reply: decisionSchema,
  problems: ['ring_not_found', 'not_found'],

  async handle(services, { params, caller }) {
    const ring = await findRing(services, params.ring, undefined)
    const order = { ring: ring.id, id: params.decision, at: services.clock(), by: caller }
    const decision = await retractDecision(services.store, order)
    await services.queue.request('detect')
    return decisionView(decision, ring)
  },
})

export const patchRing = route({
  method: 'patch',
  path: '/v1/rings/{ring}',
  summary:
    'Gives a ring to somebody who looks after it, or to nobody. It holds at once, goes on with what becomes of the ring, and is told in the feed.',
  scope: 'decide',
  params: ringParams,
  body: z
    .strictObject({
      owner: z.string().min(1).max(ownerLettersMax).nullable().describe('A name; null for nobody'),
    })
    .meta({ id: 'RingPatch' }),
  reply: ringSchema,
  problems: ['ring_not_found', 'conflict', 'card_number'],

  async handle(services, { params, body: { owner }, caller }) {
    const ring = await findRing(services, params.ring, undefined)
    const order = { ring, owner, by: caller, at: services.clock() }
    return ringOnScale(await assignRing(services.store, order), weighingOf(services))
  },
})
