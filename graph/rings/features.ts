/** What a community looks like, in figures of 0 to 1 or counts that people read; judging has features of its own. */
import type { Family } from '../identifiers/kind.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { identifiersUsed, useOf, userCount } from '../projection/uses/of.ts'
import { dayMs } from '../time.ts'
import type { Community } from './community.ts'

export interface RingFeatures {
  readonly size: number
  /** Largest share of members born within three days of each other; 0 where births are unknown. */
  readonly bornTogether: number
  /** Share of members on the one device most of them use. */
  readonly onOneDevice: number
  /** Share of members on the one payment instrument or payout account most of them use. */
  readonly onOneMoney: number
  /** Means over members, each saturating. */
  readonly failedPayments: number
  readonly chargebacks: number
  readonly reports: number
  readonly labelledFraud: number
  readonly labelledLegit: number
  /** Share with a device nobody else uses, still in use three days after birth or arrival. */
  readonly ownDevice: number
}

const togetherMs = 3 * dayMs
/** Two births in one week happen in any household. */
const togetherMin = 3
const settledMs = 3 * dayMs

/** Failures that count as many; card testing makes dozens. */
const failuresMany = 4

/** `members`: those to judge by; victims say nothing about who did it. */
export function ringFeatures(
  table: LinkTable,
  community: Community,
  members: readonly number[],
): RingFeatures {
  const facts = members.map((account) => table.facts.at(account)).filter((one) => one !== undefined)
  const share = (count: (fact: (typeof facts)[number]) => number): number =>
    facts.length === 0 ? 0 : facts.reduce((sum, fact) => sum + count(fact), 0) / facts.length
  const onOne = (family: Family): number =>
    community.shared.reduce(
      (most, { kind, members: on }) => (kind.family === family ? Math.max(most, on.length) : most),
      0,
    ) / community.members.length
  return {
    size: community.members.length,
    bornTogether: bornTogether(
      facts.flatMap(({ bornAt }) => bornAt ?? []),
      facts.length,
    ),
    onOneDevice: onOne('hardware'),
    onOneMoney: onOne('money'),
    failedPayments: share(({ failedPayments }) => Math.min(1, failedPayments / failuresMany)),
    chargebacks: share(({ chargebacks }) => Math.min(1, chargebacks)),
    reports: share(({ reports }) => Math.min(1, reports / 2)),
    labelledFraud: share(({ labels }) => (labels.some(({ label }) => label === 'fraud') ? 1 : 0)),
    labelledLegit: share(({ labels }) => (labels.some(({ label }) => label === 'legit') ? 1 : 0)),
    ownDevice: ownDevice(table, members),
  }
}

function bornTogether(births: readonly number[], members: number): number {
  const sorted = births.toSorted((a, b) => a - b)
  let most = 0
  let from = 0
  sorted.forEach((at, to) => {
    while (at - (sorted[from] ?? at) > togetherMs) from += 1
    most = Math.max(most, to - from + 1)
  })
  return most < togetherMin ? 0 : most / members
}

function ownDevice(table: LinkTable, members: readonly number[]): number {
  if (members.length === 0) return 0
  return members.filter((account) => hasOwnDevice(table, account)).length / members.length
}

export function hasOwnDevice(table: LinkTable, account: number): boolean {
  const bornAt = table.facts.bornAt(account) ?? table.facts.at(account)?.firstSeenAt
  if (bornAt === undefined) return false
  return identifiersUsed(table.uses, account).some((identifier) => {
    const kind = table.identifiers.kindAt(identifier)
    if ((kind !== 'device' && kind !== 'cookie') || userCount(table, identifier) !== 1) return false
    const use = useOf(table, account, identifier) ?? -1
    return (table.uses.rows.lastAt[use] ?? 0) - bornAt > settledMs
  })
}
