/** Rings by what an investigator is after. */
import { z } from 'zod'
import type { RingFilter } from '../../../../graph/ports.ts'
import { type Ring, ringClasses, ringStatuses, verdicts } from '../../../../graph/ring.ts'
import { queueEntryOf } from '../../../../graph/rings/queue.ts'
import { ownerLettersMax } from '../../../owners.ts'
import { type Place, pageAfter } from '../../../views/places.ts'
import { type Growth, grownBy, growthView, readGrowth } from '../../../views/reads/growth.ts'
import { ringOnScale } from '../../../views/rings.ts'
import { cursorBytesMax, readCursor, writeCursor } from '../../cursor.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema, ringSchema } from '../../schemas.ts'
import type { HttpServices } from '../../services.ts'
import { growthSchema } from './schemas.ts'
import { weighingOf } from './weighing.ts'

const pageMax = 200
const growthDaysDefault = 7

const sorts = ['risk', 'priority', 'growth', 'new'] as const
type Sort = (typeof sorts)[number]

/** By who looks after a ring. */
export const ownerQuery = {
  owner: z.string().min(1).max(ownerLettersMax).optional().describe('Who looks after it'),
  owned: z.enum(['true', 'false']).optional().describe('Whether anybody looks after it'),
}

export const ownedBy = ({ owner, owned }: { owner?: string | undefined; owned?: string | undefined }) => ({
  owner,
  isOwned: owned === undefined ? undefined : owned === 'true',
})

type Asked = { readonly [Name in keyof RingFilter]: RingFilter[Name] | undefined } & {
  readonly verdict?: (typeof verdicts)[number] | 'none' | undefined
  readonly sort: Sort
  readonly limit: number
  readonly after?: Place
}

export const listRings = route({
  method: 'get',
  path: '/v1/rings',
  summary: 'Rings, riskiest first, or by what a look is worth, by growth or by birth.',
  scope: 'rings:read',
  query: z.strictObject({
    class: z.enum(ringClasses).optional(),
    status: z.enum(ringStatuses).optional(),
    minRisk: z.coerce.number().min(0).max(1).optional(),
    minSize: z.coerce.number().int().min(1).optional(),
    changedSince: z.coerce.number().int().min(0).optional().describe('Publish number'),
    verdict: z
      .enum([...verdicts, 'none'])
      .optional()
      .describe('What people decided; `none` also where what they decided no longer holds'),
    ...ownerQuery,
    sort: z
      .enum(sorts)
      .default('risk')
      .describe('`priority`: harm a look is expected to prevent a minute; `new`: newest birth first'),
    growthDays: z.coerce
      .number()
      .int()
      .min(1)
      .max(90)
      .optional()
      .describe('Adds how each ring grew in so many days'),
    limit: z.coerce.number().int().min(1).max(pageMax).default(50),
    cursor: z.string().max(cursorBytesMax).optional(),
  }),
  reply: z.strictObject({
    items: z.array(ringSchema.extend({ growth: growthSchema.optional() })),
    nextCursor: z.string().nullable(),
    meta: metaSchema,
  }),

  async handle(services, { query: { cursor, growthDays, owner, owned, ...others } }) {
    const asked = { ...others, ...ownedBy({ owner, owned }) }
    const { sort, limit } = asked
    const after = cursor === undefined ? undefined : readCursor(cursorOf(sort), cursor)
    const days = growthDays ?? (sort === 'growth' ? growthDaysDefault : undefined)
    const growth = days === undefined ? undefined : await growthOf(services, days)
    const valueOf = valuesOf(sort, growth)
    const rings = await ringsBy(services, { ...asked, limit: limit + 1, ...(after && { after }) }, valueOf)
    const page = rings.slice(0, limit)
    const last = rings.length > limit ? page.at(-1) : undefined
    const weighing = weighingOf(services)
    return {
      items: page.map((ring) => ({
        ...ringOnScale(ring, weighing),
        ...(growth && { growth: growthView(growth, ring) }),
      })),
      nextCursor: last ? writeCursor({ sort, value: valueOf(last), id: last.id }) : null,
      meta: metaOf(services),
    }
  },
})

const cursorOf = (sort: Sort) => z.strictObject({ sort: z.literal(sort), value: z.number(), id: z.string() })

async function growthOf({ store }: Pick<HttpServices, 'store'>, days: number): Promise<Growth> {
  const run = await store.published()
  return run ? await readGrowth(store, run, days) : { days, steps: new Map() }
}

const valuesOf =
  (sort: Sort, growth: Growth | undefined) =>
  (ring: Ring): number => {
    if (sort === 'priority') return queueEntryOf(ring).perMinute
    if (sort === 'growth') return growth ? grownBy(growth, ring.id) : 0
    return sort === 'new' ? ring.bornVersion : ring.head.risk
  }

/** Stores list by risk alone; for another order all that pass the filter are read. */
async function ringsBy(
  { store }: Pick<HttpServices, 'store'>,
  { sort, verdict, limit, after, ...filter }: Asked,
  valueOf: (ring: Ring) => number,
): Promise<readonly Ring[]> {
  const present = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
  if (sort === 'risk' && verdict === undefined) {
    return await store.rings({
      ...present,
      limit,
      ...(after && { after: { risk: after.value, id: after.id } }),
    })
  }
  const all = await store.rings(present)
  const those = all.filter((ring) => verdict === undefined || verdict === verdictOf(ring))
  const placeOf = (ring: Ring): Place => ({ value: valueOf(ring), id: ring.id })
  return pageAfter(those, { placeOf, after, limit }).page
}

const verdictOf = ({ head: { verdict } }: Ring) => (verdict?.holds ? verdict.verdict : 'none')
