/** An account, its links and its history. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { historyOf, type Moment } from '../../../../graph/explain/picture/history.ts'
import { accountOf } from '../../../pages/desk.ts'
import { momentViews } from '../../../views/reads/account.ts'
import { riskView } from '../../../views/risk.ts'
import { cursorBytesMax, readCursor, writeCursor } from '../../cursor.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { accountId, metaSchema } from '../../schemas.ts'
import { riskNow } from '../get-risk.ts'
import { accountLinkSchema, accountSchema, momentSchema } from './account-schemas.ts'

const params = z.strictObject({ account: accountId })
const pageMax = 200

export const getAccount = route({
  method: 'get',
  path: '/v1/accounts/{account}',
  summary: 'An account: both figures, its ring, what it uses and how many others do, labels and relations.',
  scope: 'rings:read',
  params,
  reply: accountSchema.extend({ meta: metaSchema }),
  problems: ['account_not_found'],

  async handle(services, { params: { account } }) {
    const view = await services.pages.make('account', { account })
    return { ...view, risk: riskNow(services, account), meta: metaOf(services) }
  },
})

export const getAccountLinks = route({
  method: 'get',
  path: '/v1/accounts/{account}/links',
  summary: 'Accounts it is linked to, most evidence first, with what each link is made of.',
  scope: 'rings:read',
  params,
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(pageMax).default(50) }),
  reply: z.strictObject({
    account: z.string(),
    items: z.array(accountLinkSchema),
    total: z.int().describe('Links found, shown or not'),
    truncated: z.boolean().describe('A limit was met: there may be more'),
    meta: metaSchema,
  }),
  problems: ['account_not_found'],

  async handle(services, { params: { account }, query: { limit } }) {
    const { links, ...page } = await services.pages.make('accountLinks', { account, limit })
    const snapshot = services.snapshots.current()
    const items = links.map((link) => {
      const { risk, compromise, ring } = riskView(snapshot, link.account)
      return { ...link, risk, compromise, ring: ring?.id ?? null, role: ring?.role ?? null }
    })
    return { account, items, ...page, meta: metaOf(services) }
  },
})

export const getAccountTimeline = route({
  method: 'get',
  path: '/v1/accounts/{account}/timeline',
  summary: 'What an account did, met and was called, newest first.',
  scope: 'rings:read',
  params,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(pageMax).default(100),
    cursor: z.string().max(cursorBytesMax).optional(),
  }),
  reply: z.strictObject({
    account: z.string(),
    items: z.array(momentSchema),
    nextCursor: z.string().nullable(),
    meta: metaSchema,
  }),
  problems: ['account_not_found'],

  async handle(services, { params: { account }, query: { limit, cursor } }) {
    const after = cursor === undefined ? undefined : readCursor(placeSchema, cursor)
    const all = historyOf(await accountOf(services.store, account))
    const rest = after ? all.slice(nextOf(all, after)) : all
    const page = rest.slice(0, limit)
    const last = rest.length > limit ? page.at(-1) : undefined
    return {
      account,
      items: await momentViews(services.store, page),
      nextCursor: last ? writeCursor({ at: last.at, mark: markOf(last) }) : null,
      meta: metaOf(services),
    }
  },
})

const placeSchema = z.strictObject({ at: z.number(), mark: z.string() })

/** Names hold accounts, which may be long. */
const markOf = ({ name }: Moment): string =>
  createHash('sha256').update(name).digest('base64url').slice(0, 16)

/** Behind the moment a page ended with or, once that is no longer kept, behind its time. */
function nextOf(all: readonly Moment[], { at, mark }: z.infer<typeof placeSchema>): number {
  const place = all.findIndex((moment) => moment.at === at && markOf(moment) === mark)
  if (place >= 0) return place + 1
  const older = all.findIndex((moment) => moment.at < at)
  return older < 0 ? all.length : older
}
