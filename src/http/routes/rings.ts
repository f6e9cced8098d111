import { z } from 'zod'
import { AppError } from '../../../graph/errors.ts'
import type { Ring } from '../../../graph/ring.ts'
import { ringClasses, ringStatuses } from '../../../graph/ring.ts'
import { currentRing } from '../../views/lineage.ts'
import { memberView, reasonView, ringView } from '../../views/rings.ts'
import { metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { memberSchema, metaSchema, reasonSchema, ringSchema } from '../schemas.ts'
import type { HttpServices } from '../services.ts'

const pageMax = 200

const cursorSchema = z.strictObject({ risk: z.number(), id: z.string() })
type Cursor = z.infer<typeof cursorSchema>

export const ringParams = z.strictObject({
  ring: z.string().min(1).max(64).describe('Id of a ring, absorbed ones too'),
})
const ringQuery = z.strictObject({
  v: z.coerce.number().int().min(1).optional().describe('As it was at this publish'),
})

export const listRings = route({
  method: 'get',
  path: '/v1/rings',
  summary: 'Rings, riskiest first.',
  scope: 'rings:read',
  query: z.strictObject({
    class: z.enum(ringClasses).optional(),
    status: z.enum(ringStatuses).optional(),
    minRisk: z.coerce.number().min(0).max(1).optional(),
    minSize: z.coerce.number().int().min(1).optional(),
    changedSince: z.coerce.number().int().min(0).optional().describe('Publish number'),
    limit: z.coerce.number().int().min(1).max(pageMax).default(50),
    cursor: z.string().max(256).optional(),
  }),
  reply: z.strictObject({ items: z.array(ringSchema), nextCursor: z.string().nullable(), meta: metaSchema }),

  async handle(services, { query: { limit, cursor, ...filter } }) {
    const after = cursor === undefined ? {} : { after: readCursor(cursor) }
    const present = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
    const rings = await services.store.rings({ ...present, ...after, limit: limit + 1 })
    const page = rings.slice(0, limit)
    const last = rings.length > limit ? page.at(-1) : undefined
    return {
      items: page.map(ringView),
      nextCursor: last ? writeCursor({ risk: last.head.risk, id: last.id }) : null,
      meta: metaOf(services),
    }
  },
})

export const getRing = route({
  method: 'get',
  path: '/v1/rings/{ring}',
  summary: 'One ring. An absorbed one answers with movedTo: the ring that its id leads to today.',
  scope: 'rings:read',
  params: ringParams,
  query: ringQuery,
  reply: ringSchema.extend({ version: z.int(), reasons: z.array(reasonSchema), meta: metaSchema }),
  problems: ['ring_not_found'],

  async handle(services, { params, query }) {
    const ring = await findRing(services, params.ring, query.v)
    const current = await currentRing(services.store, ring)
    return {
      ...ringView(ring),
      ...(current.id !== ring.id && { movedTo: current.id }),
      version: ring.version,
      reasons: ring.head.reasons.map(reasonView),
      meta: metaOf(services),
    }
  },
})

export const getMembers = route({
  method: 'get',
  path: '/v1/rings/{ring}/members',
  summary: 'The accounts of one ring with their roles and both figures.',
  scope: 'rings:read',
  params: ringParams,
  query: ringQuery,
  reply: z.strictObject({
    ring: z.string(),
    movedTo: z.string().optional().describe('Of an absorbed ring, which has no members'),
    version: z.int(),
    items: z.array(memberSchema),
    meta: metaSchema,
  }),
  problems: ['ring_not_found'],

  async handle(services, { params, query }) {
    const ring = await findRing(services, params.ring, query.v)
    const items = ring.members.map((member) => ({
      ...memberView(ring, member),
      reasons: member.reasons.map(reasonView),
    }))
    const current = await currentRing(services.store, ring)
    const moved = current.id !== ring.id && { movedTo: current.id }
    return { ring: ring.id, ...moved, version: ring.version, items, meta: metaOf(services) }
  },
})

export async function findRing(
  { store }: Pick<HttpServices, 'store'>,
  id: string,
  version: number | undefined,
): Promise<Ring> {
  const ring = await store.ring(id, version === undefined ? {} : { version })
  if (!ring) throw new AppError('ring_not_found', 'There is no such ring: see /v1/rings for those there are')
  return ring
}

const writeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

function readCursor(text: string): Cursor {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch (cause) {
    throw new AppError('invalid_input', 'The cursor is not one of ours: pass nextCursor on unchanged', {
      cause,
    })
  }
}
