/** What speaks for and against a ring and its members, in codes that graph/explain/words.ts turns into sentences. */
import type { Judgement } from '../judging/judge.ts'
import type { JudgingModels } from '../judging/models.ts'
import { sharesOf } from '../judging/trees/model.ts'
import type { LinkTable } from '../projection/link-table.ts'
import type { Reason, ReasonCode } from '../ring.ts'
import type { Visitor } from '../takeover/visitors.ts'
import type { Community } from './community.ts'
import { hasOwnDevice, type RingFeatures } from './features.ts'

export const ringReasonsMax = 5
const memberReasonsMax = 3
/** Micro-log-odds; less is not worth a line. */
const shareMin = 100_000

interface Telling {
  readonly features: RegExp
  readonly for?: ReasonCode
  readonly against?: ReasonCode
}

/**
 * Features by the reason they are told as: when they speak for a ring, and when they speak against one. The first that
 * fits tells; what fits none has no words.
 */
const told: readonly Telling[] = [
  {
    features: /reputation|suspect|(risk|compromise)(1|Most)?$/i,
    for: 'bad_company',
    against: 'clean_company',
  },
  { features: /birthSurprise|born|signupCompany/i, for: 'created_together' },
  { features: /shareOn:(device|cookie)/, for: 'few_devices' },
  { features: /moneyShared|shareOn:(payment|payout)|^money$/, for: 'shares_money' },
  { features: /refused/i, for: 'failed_payments', against: 'clean_record' },
  { features: /chargeback/i, for: 'chargebacks', against: 'clean_record' },
  { features: /reports|reportedBy/, for: 'reports', against: 'clean_record' },
  { features: /labelledFraud/, for: 'labelled_fraud' },
  { features: /labelledLegit/, against: 'labelled_legit' },
  { features: /ownShare/, for: 'no_own_device', against: 'own_device' },
  { features: /size$/, for: 'household_size', against: 'household_size' },
  { features: /householdOnly/, against: 'weak_tie' },
  { features: /visit|cohort|arrival/i, for: 'new_identifier_on_established' },
  { features: /Changes|Changed/, for: 'sensitive_change' },
  { features: /common/, for: 'common_aim' },
  { features: /age$|toFirst/, for: 'new_accounts', against: 'long_standing' },
  { features: /link|kinds|attached|weakestMember/i, for: 'strong_links' },
]

/** The reasons a feature may be told as; `undefined` for those that have no words. */
export function reasonsOfFeature(feature: string): Telling | undefined {
  if (!known.has(feature))
    known.set(
      feature,
      told.find(({ features }) => features.test(feature)),
    )
  return known.get(feature)
}

/** Every ring asks about the same features. */
const known = new Map<string, Telling | undefined>()

/** Means over the accounts that carry the ring, or over all where none does; strongest first. */
export function ringReasons(
  { look }: Judgement,
  models: JudgingModels,
  {
    members,
    isTakeover,
    figures,
  }: { members: readonly number[]; isTakeover: boolean; figures: RingFeatures },
): readonly Reason[] {
  const model = isTakeover ? models.second.compromise : models.second.risk
  const sums = new Map<Telling, number>()
  for (const { feature, share } of sharesOf(model, look.accounts.columns, members)) {
    const row = reasonsOfFeature(feature)
    if (row) sums.set(row, (sums.get(row) ?? 0) + share)
  }
  const said = new Map<ReasonCode, number>()
  sums.forEach((share, row) => {
    const code = share > 0 ? row.for : row.against
    if (code) said.set(code, (said.get(code) ?? 0) + share / members.length)
  })
  return [...said]
    .filter(([code, share]) => Math.abs(share) >= shareMin && isSaid(code, { figures, isTakeover }))
    .toSorted(([a, x], [b, y]) => Math.abs(y) - Math.abs(x) || (a < b ? -1 : 1))
    .slice(0, ringReasonsMax)
    .map(([code]) => ({ code, ...figureOf(code, figures) }))
}

const shareFigures: Readonly<Partial<Record<ReasonCode, keyof RingFeatures>>> = {
  created_together: 'bornTogether',
  few_devices: 'onOneDevice',
  failed_payments: 'failedPayments',
  chargebacks: 'chargebacks',
  reports: 'reports',
  labelled_fraud: 'labelledFraud',
  labelled_legit: 'labelledLegit',
  own_device: 'ownDevice',
  no_own_device: 'ownDevice',
  shares_money: 'onOneMoney',
}

/** A sentence whose figure is nothing says nothing. */
function isSaid(
  code: ReasonCode,
  { figures, isTakeover }: { figures: RingFeatures; isTakeover: boolean },
): boolean {
  if (code === 'new_identifier_on_established' || code === 'sensitive_change') return isTakeover
  const name = shareFigures[code]
  return name === undefined || code === 'no_own_device' || figures[name] > 0
}

function figureOf(code: ReasonCode, figures: RingFeatures): Partial<Reason> {
  if (code === 'household_size') return { count: figures.size }
  const name = shareFigures[code]
  return name === undefined ? {} : { share: Math.round(figures[name] * 1e6) / 1e6 }
}

/** Strongest first, at most 3. */
export function memberReasons(
  { table, community }: { readonly table: LinkTable; readonly community: Community },
  account: number,
  visitor: Visitor | undefined,
): readonly Reason[] {
  const held = community.shared.find(({ members }) => members.includes(account))
  const tie: Reason = held
    ? { code: 'shares_identifier', kind: held.kind.name, count: held.members.length - 1 }
    : { code: 'weak_tie' }
  return [
    // Alone, a new identifier is a new phone.
    ...(visitor && visitor.together > 1 ? visitReasons(table, visitor) : []),
    ...labelReasons(table, account),
    tie,
    ...conductReasons(table, account),
  ].slice(0, memberReasonsMax)
}

const visitReasons = (table: LinkTable, { pivot, together, sensitiveChange }: Visitor): readonly Reason[] => [
  { code: 'new_identifier_on_established', kind: table.identifiers.kindAt(pivot), count: together },
  ...(sensitiveChange ? [{ code: 'sensitive_change' } as const] : []),
]

const labelReasons = (table: LinkTable, account: number): readonly Reason[] =>
  table.facts.labelsAt(account).some(({ label }) => label === 'fraud') ? [{ code: 'labelled_fraud' }] : []

function conductReasons(table: LinkTable, account: number): readonly Reason[] {
  const { chargebacks = 0, failedPayments = 0 } = table.facts.at(account) ?? {}
  return [
    ...(chargebacks > 0 ? [{ code: 'chargebacks', count: chargebacks } as const] : []),
    ...(failedPayments > 0 ? [{ code: 'failed_payments', count: failedPayments } as const] : []),
    ...(hasOwnDevice(table, account) ? [{ code: 'own_device' } as const] : []),
  ]
}
