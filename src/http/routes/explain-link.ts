import { z } from 'zod'
import { AppError } from '../../../graph/errors.ts'
import { defaultPathCaps, explainAccounts } from '../../../graph/explain/path.ts'
import { nothingPublic } from '../../../graph/projection/publicness.ts'
import { explanationView } from '../../views/explanation.ts'
import { metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { accountId, explanationSchema, metaSchema } from '../schemas.ts'
import { lateSoon } from './reads/weighing.ts'

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
    const { store, border, snapshots } = services
    const run = await store.published()
    const found = await explainAccounts(store, [a, b], {
      kindOf: (kind) => border.registry.get(kind),
      statistics: run?.statistics,
      publicness: snapshots.current()?.publicness ?? nothingPublic,
      caps: { ...defaultPathCaps, hopsMax: maxHops },
      paths: k,
      isLate: lateSoon(services),
    })
    if ('unknown' in found) {
      const which = found.unknown === a ? 'a' : 'b'
      throw new AppError('account_not_found', `The account given as ${which} is not known: no event named it`)
    }
    return { ...explanationView(found), meta: metaOf(services) }
  },
})
