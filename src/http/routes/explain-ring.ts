import { AppError } from '../../../graph/errors.ts'
import { explainMember } from '../../../graph/explain/member.ts'
import { explainRing } from '../../../graph/explain/ring.ts'
import { memberExplanationView } from '../../views/member-explanation.ts'
import { ringExplanationView } from '../../views/ring-explanation.ts'
import { metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { accountId, metaSchema } from '../schemas.ts'
import { memberExplanationSchema, ringExplanationSchema } from '../schemas-why.ts'
import { ringOptionsOf } from './reads/weighing.ts'
import { findRing, ringParams } from './rings.ts'

export const getRingExplanation = route({
  method: 'get',
  path: '/v1/rings/{ring}/explain',
  summary: 'Why these accounts are a ring: what ties them, since when, and what would change without it.',
  scope: 'rings:read',
  params: ringParams,
  reply: ringExplanationSchema.extend({ meta: metaSchema }),
  problems: ['ring_not_found'],

  async handle(services, { params }) {
    const ring = await findRing(services, params.ring, undefined)
    const found = await explainRing(services.store, ring, await ringOptionsOf(services))
    return { ...ringExplanationView(found), meta: metaOf(services) }
  },
})

export const getMemberExplanation = route({
  method: 'get',
  path: '/v1/rings/{ring}/why/{account}',
  summary: 'Why an account is in a ring, and in its role.',
  scope: 'rings:read',
  params: ringParams.extend({ account: accountId }),
  reply: memberExplanationSchema.extend({ meta: metaSchema }),
  problems: ['ring_not_found', 'account_not_found'],

  async handle(services, { params: { ring: id, account } }) {
    const ring = await findRing(services, id, undefined)
    const found = await explainMember(services.store, ring, { ...(await ringOptionsOf(services)), account })
    if (!found)
      throw new AppError('account_not_found', 'The account is not in this ring: its members list who is')
    return { ...memberExplanationView(found), meta: metaOf(services) }
  },
})
