import { z } from 'zod'
import { AppError } from '../../../graph/errors.ts'
import { riskView } from '../../views/risk.ts'
import { type Meta, metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { accountId, metaSchema, riskSchema } from '../schemas.ts'
import type { HttpServices } from '../services.ts'

export const idsMax = 1_000

const riskQuery = z.strictObject({
  maxStalenessMs: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe('Answer `snapshot_stale` rather than from what was published longer ago than this'),
})

export const getRisk = route({
  method: 'get',
  path: '/v1/accounts/{account}/risk',
  summary: 'Risk, compromise and ring of one account, from memory. An unknown account answers the base rate.',
  scope: 'risk:read',
  params: z.strictObject({ account: accountId }),
  query: riskQuery,
  reply: riskSchema.extend({ meta: metaSchema }),
  problems: ['snapshot_stale'],

  async handle(services, { params: { account }, query: { maxStalenessMs } }) {
    const meta = metaOf(services)
    demandFresh(meta, maxStalenessMs)
    return { ...riskNow(services, account), meta }
  },
})

export const postRiskBatch = route({
  method: 'post',
  path: '/v1/risk:batch',
  summary: 'Risk of up to 1,000 accounts, in the order asked.',
  scope: 'risk:read',
  repeatable: true,
  query: riskQuery,
  body: z.strictObject({ accounts: z.array(accountId).min(1).max(idsMax) }).meta({ id: 'RiskBatch' }),
  reply: z.strictObject({ items: z.array(riskSchema), meta: metaSchema }),
  problems: ['snapshot_stale'],

  async handle(services, { body: { accounts }, query: { maxStalenessMs } }) {
    const meta = metaOf(services)
    demandFresh(meta, maxStalenessMs)
    return { items: accounts.map((account) => riskNow(services, account)), meta }
  },
})

/** By the snapshot, and by what happened since. */
export function riskNow({ snapshots, live }: Pick<HttpServices, 'snapshots' | 'live'>, account: string) {
  const snapshot = snapshots.current()
  return riskView(snapshot, account, { found: snapshot?.risk(account), provisional: live.of(account) })
}

/** Before the first publish nothing is fresh enough. */
export const isFresh = ({ lagMs }: Meta, maxStalenessMs: number | undefined): boolean =>
  maxStalenessMs === undefined || (lagMs !== null && lagMs <= maxStalenessMs)

function demandFresh(meta: Meta, maxStalenessMs: number | undefined): void {
  if (isFresh(meta, maxStalenessMs)) return
  const age = meta.lagMs === null ? 'nothing was published yet' : `it is ${meta.lagMs} ms old`
  throw new AppError(
    'snapshot_stale',
    `What could be answered is older than maxStalenessMs allows (${age}): allow more, or decide without it`,
  )
}
