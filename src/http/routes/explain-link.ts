import { z } from 'zod'
import { AppError } from '../../../graph/errors.ts'
import { defaultPathCaps } from '../../../graph/explain/path.ts'
import { metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { accountId, explanationSchema, metaSchema } from '../schemas.ts'

export const explainLink = route({
  method: 'get',
  path: '/v1/links/explain',
  summary: 'Why two accounts are linked: what they share, or the most probable path between them.',
  scope: 'rings:read',
  query: z.strictObject({
    a: accountId,
    b: accountId,
    k: z.coerce.number().int().min(1).max(5).default(1).describe('Paths looked for'),
    maxHops: z.coerce.number().int().min(1).max(8).default(defaultPathCaps.hopsMax),
  }),
  reply: explanationSchema.extend({ meta: metaSchema }),
  problems: ['account_not_found'],

  async handle(services, { query: { a, b, k, maxHops } }) {
    if (a === b) throw new AppError('invalid_input', 'a and b are the same account: name two')
    const view = await services.pages.make('link', { a, b, paths: k, hopsMax: maxHops })
    return { ...view, meta: metaOf(services) }
  },
})
