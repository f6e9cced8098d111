/** The life of a ring. */
import { z } from 'zod'
import { changeKinds, ringClasses, ringStatuses } from '../../../graph/ring.ts'
import { lineageView } from '../../views/lineage.ts'
import { metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { metaSchema } from '../schemas.ts'
import { findRing, ringParams } from './rings.ts'

const share = z.number().min(0).max(1)

const changeSchema = z
  .strictObject({
    version: z.int().describe('Publish number'),
    asOf: z.iso.datetime().nullable().describe('End of the day of the newest event that run saw'),
    kind: z.enum(changeKinds),
    cause: z.string(),
    class: z.enum(ringClasses),
    risk: share,
    size: z.int().describe('After the change'),
    joined: z.int(),
    left: z.int(),
    parent: z.string().optional().describe('The ring it split off from'),
    movedTo: z.string().optional().describe('The ring that absorbed it'),
    flow: z
      .strictObject({
        unicity: share.describe('How far the ring most accounts came from is ahead of the second'),
        identity: share.describe('How much of the rings they came from is here'),
        outflow: share.describe(
          'Accounts that were in no ring before; of a ring that ended, are in none now',
        ),
      })
      .nullable(),
  })
  .meta({ id: 'RingChange' })

const laneSchema = z
  .strictObject({
    ring: z.string(),
    status: z.enum(ringStatuses),
    class: z.enum(ringClasses),
    size: z.int(),
    parent: z.string().optional(),
    movedTo: z.string().optional(),
    changes: z.array(changeSchema).describe('Oldest first'),
  })
  .meta({ id: 'RingLane' })

export const getLineage = route({
  method: 'get',
  path: '/v1/rings/{ring}/lineage',
  summary: 'Where a ring came from and went: every ring of its kin, with each change and its cause.',
  scope: 'rings:read',
  params: ringParams,
  reply: z.strictObject({
    ring: z.string(),
    status: z.enum(ringStatuses),
    movedTo: z.string().optional().describe('Of an absorbed ring: the ring that its id leads to today'),
    lanes: z.array(laneSchema).describe('In order of birth'),
    truncated: z.boolean(),
    meta: metaSchema,
  }),
  problems: ['ring_not_found'],

  async handle(services, { params }) {
    const ring = await findRing(services, params.ring, undefined)
    return { ...(await lineageView(services.store, ring)), meta: metaOf(services) }
  },
})
