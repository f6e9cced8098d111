import { metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { accountId, metaSchema } from '../schemas.ts'
import { memberExplanationSchema, ringExplanationSchema } from '../schemas-why.ts'
import { ringParams } from './rings.ts'

export const getRingExplanation = route({
  method: 'get',
  path: '/v1/rings/{ring}/explain',
  summary: 'Why these accounts are a ring: what ties them, since when, and what would change without it.',
  scope: 'rings:read',
  params: ringParams,
  reply: ringExplanationSchema.extend({ meta: metaSchema }),
  problems: ['ring_not_found'],

  async handle(services, { params: { ring } }) {
    return { ...(await services.pages.make('ring', { ring })), meta: metaOf(services) }
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

  async handle(services, { params: { ring, account } }) {
    return { ...(await services.pages.make('member', { ring, account })), meta: metaOf(services) }
  },
})
