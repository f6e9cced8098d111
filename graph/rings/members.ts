/**
 * From a judged community to its members: risk (the owner takes part in fraud) and compromise (somebody else
 * controls the account), kept apart, and the role that follows from them.
 */
import { givesTo } from '../evidence/account-facts.ts'
import { probabilityOf } from '../evidence/share.ts'
import type { LinkTable } from '../projection/link-table.ts'
import type { Member, Reason, Role } from '../ring.ts'
import type { Visitor } from '../takeover/visitors.ts'
import { bridgesOf } from './articulation.ts'
import type { Community } from './community.ts'
import { hasOwnDevice } from './features.ts'
import { published, sigmoid } from './judge.ts'

/** From here an account is looked at by a person. */
export const reviewMin = 0.35

/** From here a core member is acted on, until the judging models exist. */
export const flagMin = 0.5

/** Shared by so many members, an identifier makes each of them core material. */
const coreSharersMin = 3

const reasonsMax = 3

interface Figures {
  readonly account: number
  readonly risk: number
  readonly compromise: number
  readonly membership: number
  readonly isPaid: boolean
  readonly reasons: readonly Reason[]
}

export interface MemberContext {
  readonly table: LinkTable
  readonly community: Community
  readonly visitors: ReadonlyMap<number, Visitor>
  readonly ringLogOdds: number
}

/** Members by account id, ascending. */
export function membersOf(context: MemberContext): readonly Member[] {
  const { community } = context
  const attachment = attachmentOf(context)
  const paid = paidByVictims(context)
  const figures = community.members.map((account) => figuresOf(context, account, { attachment, paid }))
  const carriers = figures.filter(isCarrier)
  const bridges = bridgesOf(
    carriers.map(({ account }) => account),
    community.links,
  )
  const carrying = new Set(carriers.map(({ account }) => account))
  return figures.map((row) => memberOf(context, row, roleOf(context, row, { bridges, carrying })))
}

const isVictim = ({ compromise, risk }: Figures): boolean => compromise >= reviewMin && compromise > risk
const isCarrier = (row: Figures): boolean => !isVictim(row) && row.risk >= reviewMin

/** Evidence between each member and the accounts at the ring's core: those on an identifier of three members. */
function attachmentOf({ community }: MemberContext): ReadonlyMap<number, { core: number; all: number }> {
  const core = new Set(
    community.shared
      .filter(({ members, kind }) => members.length >= coreSharersMin && !kind.household)
      .flatMap(({ members }) => members),
  )
  // A chain has no such identifier; then every member is as central as the next.
  const isCore = (account: number): boolean => core.size * 2 < community.members.length || core.has(account)
  const sums = new Map(community.members.map((account) => [account, { core: 0, all: 0 }]))
  for (const { a, b, evidence } of community.links) {
    for (const [own, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const sum = sums.get(own)
      if (!sum) continue
      sum.all += evidence
      if (isCore(other)) sum.core += evidence
    }
  }
  return sums
}

/** How many likely victims paid each member, or share a payout identifier with it. */
function paidByVictims({ table, community, visitors }: MemberContext): ReadonlyMap<number, number> {
  const byName = new Map(community.members.map((account) => [table.facts[account]?.account, account]))
  const payers = new Map<number, Set<number>>()
  const pay = (receiver: number | undefined, victim: number): void => {
    if (receiver === undefined || visitors.has(receiver)) return
    payers.set(receiver, (payers.get(receiver) ?? new Set<number>()).add(victim))
  }
  for (const victim of visitors.keys()) {
    for (const { to } of table.facts[victim]?.relations.filter(givesTo) ?? []) pay(byName.get(to), victim)
  }
  for (const { kind, members } of community.shared) {
    if (kind.name !== 'payout') continue
    const victims = members.filter((account) => visitors.has(account))
    for (const victim of victims) for (const member of members) pay(member, victim)
  }
  return new Map([...payers].map(([receiver, victims]) => [receiver, victims.size]))
}

function figuresOf(
  context: MemberContext,
  account: number,
  {
    attachment,
    paid,
  }: { attachment: ReadonlyMap<number, { core: number; all: number }>; paid: ReadonlyMap<number, number> },
): Figures {
  const visitor = context.visitors.get(account)
  const compromise = visitor ? compromiseOf(visitor) : 0
  const tie = attachment.get(account) ?? { core: 0, all: 0 }
  const payers = paid.get(account) ?? 0
  const own = ownLogOdds(context.table, account) + (payers > 0 ? 1.5 + payers : 0)
  // What an intruder did is no evidence about the owner, so the chance of one takes risk away twice over.
  const risk = sigmoid(context.ringLogOdds + own) * probabilityOf(tie.core) * (1 - compromise) ** 2
  return {
    account,
    risk: published(compromise >= reviewMin && compromise > risk ? Math.min(risk, reviewMin - 1e-6) : risk),
    compromise: published(compromise),
    membership: published(probabilityOf(tie.all)),
    isPaid: payers > 0,
    reasons: reasonsOf(context, account, visitor),
  }
}

function compromiseOf({ together, brief, sensitiveChange }: Visitor): number {
  return sigmoid(-1 + 0.9 * (together - 1) + (sensitiveChange ? 1.5 : 0) - (brief ? 0 : 3))
}

function ownLogOdds(table: LinkTable, account: number): number {
  const facts = table.facts[account]
  if (!facts) return 0
  const says = (value: string): boolean => facts.labels.some(({ label }) => label === value)
  return (
    Math.min(0.6, 0.15 * facts.failedPayments) +
    (facts.chargebacks > 0 ? 1.5 : 0) +
    (says('fraud') ? 4 : 0) -
    (says('legit') ? 4 : 0) -
    (hasOwnDevice(table, account) ? 1 : 0)
  )
}

function roleOf(
  context: MemberContext,
  row: Figures,
  { bridges, carrying }: { bridges: ReadonlySet<number>; carrying: ReadonlySet<number> },
): Role {
  if (isVictim(row)) return 'victim'
  if (isCarrier(row)) {
    if (row.isPaid) return 'receiver'
    return bridges.has(row.account) ? 'bridge' : 'core'
  }
  return isTiedTo(context, row.account, carrying) ? 'associate' : 'bystander'
}

/** Whether an identifier that households do not share ties the account to one that carries risk. */
function isTiedTo({ community }: MemberContext, account: number, carrying: ReadonlySet<number>): boolean {
  return community.shared.some(
    ({ kind, members }) =>
      !kind.household &&
      members.includes(account) &&
      members.some((other) => other !== account && carrying.has(other)),
  )
}

function memberOf({ table }: MemberContext, row: Figures, role: Role): Member {
  const isActedOn = role === 'core' || role === 'bridge' || role === 'receiver'
  return {
    account: table.facts[row.account]?.account ?? '',
    role,
    membership: row.membership,
    risk: row.risk,
    compromise: row.compromise,
    flagged: isActedOn && row.risk >= flagMin,
    reasons: row.reasons,
  }
}

function reasonsOf(context: MemberContext, account: number, visitor: Visitor | undefined): readonly Reason[] {
  const { table, community } = context
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
  ].slice(0, reasonsMax)
}

const visitReasons = (table: LinkTable, { pivot, together, sensitiveChange }: Visitor): readonly Reason[] => [
  { code: 'new_identifier_on_established', kind: table.identifiers[pivot]?.kind ?? '', count: together },
  ...(sensitiveChange ? [{ code: 'sensitive_change' } as const] : []),
]

const labelReasons = (table: LinkTable, account: number): readonly Reason[] =>
  table.facts[account]?.labels.some(({ label }) => label === 'fraud') ? [{ code: 'labelled_fraud' }] : []

function conductReasons(table: LinkTable, account: number): readonly Reason[] {
  const { chargebacks = 0, failedPayments = 0 } = table.facts[account] ?? {}
  return [
    ...(chargebacks > 0 ? [{ code: 'chargebacks', count: chargebacks } as const] : []),
    ...(failedPayments > 0 ? [{ code: 'failed_payments', count: failedPayments } as const] : []),
    ...(hasOwnDevice(table, account) ? [{ code: 'own_device' } as const] : []),
  ]
}
