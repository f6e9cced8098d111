/** Two accounts side by side. */
import { z } from 'zod'
import { AppError } from '../../../../graph/errors.ts'
import { type Saying, sayings } from '../../../../graph/explain/compare.ts'
import { riskInterval } from '../../../../graph/rings/calibration.ts'
import { compareText } from '../../../../graph/state/order.ts'
import { saidFateView } from '../../../views/foretold.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { accountId, explanationSchema, metaSchema, riskSchema } from '../../schemas.ts'
import { foretellQuery, saidFateSchema } from '../../schemas-foretold.ts'
import { familySchema } from '../../schemas-link.ts'
import type { HttpServices } from '../../services.ts'
import { riskNow } from '../get-risk.ts'
import { accountSchema } from './account-schemas.ts'
import { count, probability, time } from './schemas.ts'

const interval = z
  .strictObject({ low: probability, high: probability })
  .describe('95 %, of the models’ own word: no verdict is on one account')

const sideSchema = z.strictObject({
  risk: riskSchema,
  riskInterval: interval,
  compromiseInterval: interval,
  createdAt: time.nullable(),
  firstSeen: time.nullable(),
  identifiers: count,
  activities: accountSchema.shape.activities,
})

const ownSchema = z.strictObject({ told: accountSchema.shape.identifiers, omitted: count })

export const compareAccounts = route({
  method: 'get',
  path: '/v1/compare',
  summary:
    'Two accounts side by side: how they are linked, what only one uses, when both were active, what people could say.',
  scope: 'rings:read',
  query: z.strictObject({
    a: accountId,
    b: accountId,
    k: z.coerce.number().int().min(1).max(5).default(3).describe('Paths between them'),
    foretell: foretellQuery,
  }),
  reply: z.strictObject({
    accounts: z.strictObject({ a: sideSchema, b: sideSchema }),
    link: explanationSchema.describe('As /v1/links/explain tells it'),
    unshared: z
      .array(
        z.strictObject({
          kind: z.string(),
          family: familySchema,
          a: ownSchema,
          b: ownSchema,
          sentence: z.string(),
        }),
      )
      .describe('Kinds of which they share nothing, which speaks against one owner'),
    activity: z.strictObject({
      from: z.iso.date(),
      to: z.iso.date(),
      days: z
        .array(
          z.strictObject({
            day: z.iso.date(),
            a: count.describe('Types of event it had that day'),
            b: count,
            isSameMinute: z.boolean(),
          }),
        )
        .describe('On which either was active'),
      daysBoth: count,
      daysSameMinute: count.describe(
        'Both within one minute; the least there were: the newest 32 of each type are kept',
      ),
    }),
    sayings: z
      .array(
        z.strictObject({
          kind: z.enum(sayings),
          fits: z.boolean().describe('What the evidence fits best; none may'),
          sentence: z.string().describe('What the next run does once it is said'),
          foretold: saidFateSchema
            .nullable()
            .optional()
            .describe('How both would be judged then, and by whom else it is felt'),
        }),
      )
      .describe('What people could assert of the two'),
    meta: metaSchema,
  }),
  problems: ['account_not_found'],

  async handle(services, { query: { a, b, k, foretell } }) {
    if (a === b) throw new AppError('invalid_input', 'a and b are the same account: compare two')
    const [{ accounts, ...page }, foretold] = await Promise.all([
      services.pages.make('compare', { a, b, paths: k }),
      foretell === 'true' ? foretoldSayings(services, [a, b]) : undefined,
    ])
    return {
      ...page,
      sayings: page.sayings.map((saying) => ({ ...saying, ...foretold?.(saying.kind) })),
      accounts: {
        a: { ...accounts.a, ...figuresOf(services, a) },
        b: { ...accounts.b, ...figuresOf(services, b) },
      },
      meta: metaOf(services),
    }
  },
})

/** Of each saying what would become of both. */
async function foretoldSayings({ foretell, snapshots }: HttpServices, accounts: readonly [string, string]) {
  const subjects = accounts.toSorted(compareText)
  const found = await foretell({ about: accounts, ifs: sayings.map((kind) => [{ kind, subjects }]) })
  const baseRate = snapshots.current()?.baseRate ?? 0
  return (kind: Saying) => ({
    foretold: found ? saidFateView(found, sayings.indexOf(kind), { accounts, baseRate }) : null,
  })
}

function figuresOf(services: HttpServices, account: string) {
  const risk = riskNow(services, account)
  const by = services.snapshots.current()?.run.calibration ?? 'shipped'
  const intervalOf = (figure: number) => riskInterval(figure, { rings: 0, confirmed: 0 }, by)
  return { risk, riskInterval: intervalOf(risk.risk), compromiseInterval: intervalOf(risk.compromise) }
}
