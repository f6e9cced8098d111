import { z } from 'zod'
import { riskView } from '../../views/risk.ts'
import { metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { accountId, metaSchema, riskSchema } from '../schemas.ts'

const idsMax = 1_000

export const getRisk = route({
  method: 'get',
  path: '/v1/accounts/{account}/risk',
  summary: 'Risk, compromise and ring of one account, from memory. An unknown account answers the base rate.',
  scope: 'risk:read',
  params: z.strictObject({ account: accountId }),
  reply: riskSchema.extend({ meta: metaSchema }),

  async handle(services, { params: { account } }) {
    return { ...riskView(services.snapshots.current(), account), meta: metaOf(services) }
  },
})

export const postRiskBatch = route({
  method: 'post',
  path: '/v1/risk:batch',
  summary: 'Risk of up to 1,000 accounts, in the order asked.',
  scope: 'risk:read',
  body: z.strictObject({ accounts: z.array(accountId).min(1).max(idsMax) }).meta({ id: 'RiskBatch' }),
  reply: z.strictObject({ items: z.array(riskSchema), meta: metaSchema }),

  async handle(services, { body: { accounts } }) {
    const snapshot = services.snapshots.current()
    return { items: accounts.map((account) => riskView(snapshot, account)), meta: metaOf(services) }
  },
})
