/** An account, its links and its history. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../../../graph/errors.ts'
import { linksOf } from '../../../../graph/explain/path.ts'
import { historyOf, type Moment } from '../../../../graph/explain/picture/history.ts'
import type { AccountState } from '../../../../graph/model.ts'
import { linkView } from '../../../views/explanation.ts'
import { accountView, momentViews } from '../../../views/reads/account.ts'
import { riskView } from '../../../views/risk.ts'
import { cursorBytesMax, readCursor, writeCursor } from '../../cursor.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { accountId, metaSchema } from '../../schemas.ts'
import type { HttpServices } from '../../services.ts'
import { riskNow } from '../get-risk.ts'
import { accountLinkSchema, accountSchema, momentSchema } from './account-schemas.ts'
import { ringOptionsOf } from './weighing.ts'

const params = z.strictObject({ account: accountId })
const pageMax = 200

/** Identifiers told of one link in a list. */
const rowsMax = 8

export const getAccount = route({
  method: 'get',
  path: '/v1/accounts/{account}',
  summary: 'An account: both figures, its ring, what it uses and how many others do, labels and relations.',
  scope: 'rings:read',
  params,
  reply: accountSchema.extend({ meta: metaSchema }),
  problems: ['account_not_found'],

  async handle(services, { params: { account } }) {
    const state = await findAccount(services, account)
    const view = await accountView(services.store, state, await ringOptionsOf(services))
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
    await findAccount(services, account)
    const { links, truncated } = await linksOf(services.store, account, await ringOptionsOf(services))
    const snapshot = services.snapshots.current()
    const strongest = links.toSorted((x, y) => y.evidence - x.evidence).slice(0, limit)
    const items = strongest.map((link) => {
      const other = link.a === account ? link.b : link.a
      const { risk, compromise, ring } = riskView(snapshot, other)
      const standing = { risk, compromise, ring: ring?.id ?? null, role: ring?.role ?? null }
      return { ...linkView({ ...link, chance: [] }, rowsMax), account: other, ...standing }
    })
    const isCut = truncated || links.length > limit
    return { account, items, total: links.length, truncated: isCut, meta: metaOf(services) }
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
    const all = historyOf(await findAccount(services, account))
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

async function findAccount({ store }: Pick<HttpServices, 'store'>, id: string): Promise<AccountState> {
  const [state] = await store.accounts([id])
  if (state) return state
  throw new AppError('account_not_found', 'No event or label named this account: check the id')
}
