/**
 * From a judged community to its members: risk (the owner takes part in fraud) and compromise (somebody else
 * controls the account), kept apart, and the role that follows from them.
 */
import { givesTo } from '../evidence/account-facts.ts'
import { probabilityOf } from '../evidence/share.ts'
import type { Judgement } from '../judging/judge.ts'
import { flagMins, reviewMin, type Trust } from '../judging/thresholds.ts'
import type { LinkTable } from '../projection/link-table.ts'
import type { Member, Reason, Role } from '../ring.ts'
import type { Visitor } from '../takeover/visitors.ts'
import { bridgesOf } from './articulation.ts'
import type { Community } from './community.ts'
import { memberReasons } from './reasons.ts'
import { published } from './verdict.ts'

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
  readonly judgement: Judgement
  readonly trust: Trust
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

/** Takeovers are rarely whole; the three surest speak for the ring. */
const surest = 3

export function ringRisk(members: readonly Pick<Member, 'risk' | 'compromise'>[]): number {
  const suspicions = members.map(({ risk, compromise }) => Math.max(risk, compromise))
  const top = suspicions.toSorted((a, b) => b - a).slice(0, surest)
  return published(top.reduce((sum, suspicion) => sum + suspicion, 0) / top.length)
}

const isVictim = ({ compromise, risk }: Figures): boolean => compromise >= reviewMin && compromise > risk
const isCarrier = (row: Figures): boolean => !isVictim(row) && row.risk >= reviewMin

/** Evidence between each member and the others, in micro-nats. */
function attachmentOf({ community }: MemberContext): ReadonlyMap<number, number> {
  const sums = new Map(community.members.map((account) => [account, 0]))
  for (const { a, b, evidence } of community.links) {
    for (const end of [a, b]) sums.set(end, (sums.get(end) ?? 0) + evidence)
  }
  return sums
}

/** Members that likely victims paid, or share a payout identifier with. */
function paidByVictims({ table, community, visitors }: MemberContext): ReadonlySet<number> {
  const byName = new Map(community.members.map((account) => [table.facts.ids[account], account]))
  const paid = new Set<number>()
  const pay = (receiver: number | undefined): void => {
    if (receiver !== undefined && !visitors.has(receiver)) paid.add(receiver)
  }
  for (const victim of visitors.keys()) {
    for (const { to } of table.facts.relationsAt(victim).filter(givesTo)) pay(byName.get(to))
  }
  for (const { kind, members } of community.shared) {
    if (kind.name !== 'payout') continue
    if (members.some((account) => visitors.has(account))) for (const member of members) pay(member)
  }
  return paid
}

function figuresOf(
  context: MemberContext,
  account: number,
  { attachment, paid }: { attachment: ReadonlyMap<number, number>; paid: ReadonlySet<number> },
): Figures {
  const { judgement } = context
  const [risk, compromise] = [judgement.risk[account] ?? 0, judgement.compromise[account] ?? 0]
  return {
    account,
    // What an intruder did is no evidence about the owner.
    risk: published(compromise >= reviewMin && compromise > risk ? Math.min(risk, reviewMin - 1e-6) : risk),
    compromise: published(compromise),
    membership: published(probabilityOf(attachment.get(account) ?? 0)),
    isPaid: paid.has(account),
    reasons: memberReasons(context, account, context.visitors.get(account)),
  }
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

function memberOf({ table, trust }: MemberContext, row: Figures, role: Role): Member {
  const isActedOn = role === 'core' || role === 'bridge' || role === 'receiver'
  return {
    account: table.facts.idAt(row.account),
    role,
    membership: row.membership,
    risk: row.risk,
    compromise: row.compromise,
    flagged: isActedOn && row.risk >= flagMins[trust],
    reasons: row.reasons,
  }
}
