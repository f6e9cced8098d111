/** What a community looks like: a row each, by its place. */
import { poissonTail } from '../../evidence/chance.ts'
import { microNats } from '../../evidence/share.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import { usedBy, userCount } from '../../projection/uses/of.ts'
import type { Community } from '../../rings/community.ts'
import { dayMs } from '../../time.ts'
import type { Rows } from '../rows.ts'
import { type ColumnWriter, type FeatureColumns, writeRow } from './columns.ts'
import { targetUsersMax } from './crowds.ts'
import type { JudgingInput } from './input.ts'
import { countBelow } from './tails.ts'

const kinds = ['device', 'cookie', 'payment', 'payout', 'document'] as const

/** Columns of accounts whose mean over members is a feature. */
const averaged = [
  'age',
  'slept',
  'refusedShare',
  'chargebacks',
  'reports',
  'loginsFailedShare',
  'credentialChanges',
  'payoutChanges',
  'ownShare',
  'signupCompany',
  'labelledFraud',
  'labelledLegit',
  'toFirstPayment',
] as const

/** When accounts are born, which is known up to a time. */
export interface Births {
  /** Ascending. */
  readonly times: Float64Array
  readonly until: number
}

export const measureBirths = ({ facts, newestAt }: Pick<LinkTable, 'facts' | 'newestAt'>): Births => ({
  times: facts
    .births()
    .filter((at) => !Number.isNaN(at))
    .sort(),
  until: newestAt,
})

export interface CommunityLook {
  /** Of accounts. */
  readonly own: FeatureColumns
  readonly births: Births
  readonly rows: Rows
}

export function writeCommunityFeatures(
  input: JudgingInput,
  writer: ColumnWriter,
  { own, births, rows }: CommunityLook,
): void {
  const means = averaged.map((name) => ({
    column: writer.column(`members:${name}`),
    of: own.columns.get(name),
  }))
  for (const place of rows.list) {
    const community = input.communities[place]
    if (!community) continue
    writeRow(writer, place, shapeOf(community))
    writeRow(writer, place, birthsOf(input, community, births))
    writeRow(writer, place, sharingOf(community))
    writeRow(writer, place, visitsOf(input, community))
    writeRow(writer, place, relationsOf(input, community))
    for (const { column, of } of means) column[place] = meanOf(of, community.members)
  }
}

export function meanOf(column: Float64Array | undefined, members: readonly number[]): number {
  let [sum, count] = [0, 0]
  for (const account of members) {
    const value = column?.[account] ?? Number.NaN
    if (Number.isNaN(value)) continue
    sum += value
    count += 1
  }
  return count > 0 ? sum / count : Number.NaN
}

const probability = (evidence: number): number => -Math.expm1(-evidence / microNats)

function shapeOf({ members, links }: Community): Readonly<Record<string, number>> {
  const inside = links.reduce((sum, { evidence }) => sum + probability(evidence), 0)
  const attached = new Map<number, number>()
  for (const { a, b, evidence } of links) {
    attached.set(a, (attached.get(a) ?? 0) + probability(evidence))
    attached.set(b, (attached.get(b) ?? 0) + probability(evidence))
  }
  const weakest = members.reduce((least, account) => Math.min(least, attached.get(account) ?? 0), Infinity)
  return {
    size: members.length,
    weakestMember: weakest,
    linkProbability: links.length > 0 ? inside / links.length : 0,
  }
}

/** Beyond, one more nat makes no difference. */
const surpriseMax = 30

/** Windows within which accounts made together are born, in days. */
const birthWindows = [1, 3, 7, 30]
/** Fewer births together happen in any family. */
const birthsMin = 3

/**
 * How surprising it is that so many members were born so close together, where accounts are born as often as they are
 * here: -ln of the chance of the least likely window, the windows tried being told off.
 */
function birthsOf(
  { table }: JudgingInput,
  { members }: Community,
  population: Births,
): Readonly<Record<string, number>> {
  const births = members.flatMap((account) => table.facts.bornAt(account) ?? []).toSorted((a, b) => a - b)
  let [least, most] = [1, 0]
  for (const days of birthWindows) {
    const windowMs = days * dayMs
    let from = 0
    births.forEach((at, to) => {
      while (at - (births[from] ?? at) > windowMs) from += 1
      const count = to - from + 1
      if (days <= 7) most = Math.max(most, count)
      if (count < birthsMin) return
      const usual = usualBirths(population, { from: births[from] ?? at, to: at, windowMs, count })
      const mean = (births.length * Math.max(1, usual)) / Math.max(1, population.times.length)
      least = Math.min(least, poissonTail(mean, count) * births.length * birthWindows.length)
    })
  }
  return {
    birthSurprise: Math.min(surpriseMax, 0 - Math.log(Math.max(least, Number.MIN_VALUE))),
    bornTogether: most >= birthsMin ? most / members.length : 0,
  }
}

/** Births in a window besides those of `count` members; where it is not known yet, those in the last that is. */
function usualBirths(
  { times, until }: Births,
  { from, to, windowMs, count }: { from: number; to: number; windowMs: number; count: number },
): number {
  const isKnown = to <= until
  const start = isKnown ? from : Math.min(from, until - windowMs)
  const all = countBelow(times, start + windowMs, true) - countBelow(times, start)
  // The members' own births are part of what is usual, and prove nothing.
  return isKnown ? all - count : all
}

function sharingOf({ members, shared }: Community): Readonly<Record<string, number>> {
  const most = (wanted: (name: string) => boolean): number =>
    shared.reduce(
      (best, { kind, members: on }) => (wanted(kind.name) ? Math.max(best, on.length) : best),
      0,
    ) / members.length
  return {
    ...Object.fromEntries(kinds.map((name) => [`shareOn:${name}`, most((kind) => kind === name)])),
    kindsShared: new Set(shared.map(({ kind }) => kind.name)).size,
    householdOnly: shared.every(({ kind }) => kind.household) ? 1 : 0,
    moneyShared: shared.filter(({ kind }) => kind.family === 'money').length / members.length,
  }
}

function visitsOf({ visitors }: JudgingInput, community: Community): Readonly<Record<string, number>> {
  const { members, takeover } = community
  const visiting = members.flatMap((account) => visitors.get(account) ?? [])
  const together = visiting.filter((visitor) => visitor.together >= 3)
  return {
    visitorShare: visiting.length / members.length,
    visitorsTogether: together.length / members.length,
    visitorsChanged: visiting.filter(({ sensitiveChange }) => sensitiveChange).length / members.length,
    cohort: takeover ? 1 : 0,
  }
}

/** How often members paid, referred or messaged each other, and whom or what many of them turned to alike. */
function relationsOf({ table }: JudgingInput, { members }: Community): Readonly<Record<string, number>> {
  const inside = new Set(members.map((account) => table.facts.ids[account]))
  const towards = members.map((account) => new Set(table.facts.relationsAt(account).map(({ to }) => to)))
  const within = towards.reduce((sum, own) => sum + own.intersection(inside).size, 0)
  const outside = towards.map((own) => own.difference(inside))
  return {
    relatedInside: within / members.length,
    commonCounterparty: mostShared(outside) / members.length,
    commonTarget: mostShared(members.map((account) => targetsOf(table, account))) / members.length,
  }
}

const targetsOf = (table: LinkTable, account: number): ReadonlySet<number> =>
  new Set(
    [...usedBy(table, account).identifiers].filter(
      (identifier) =>
        table.identifiers.kindAt(identifier) === 'target' && userCount(table, identifier) <= targetUsersMax,
    ),
  )

/** How many sets hold the value that most of them hold; 0 where no two share one. */
function mostShared<T>(sets: readonly ReadonlySet<T>[]): number {
  const counts = new Map<T, number>()
  for (const set of sets) for (const one of set) counts.set(one, (counts.get(one) ?? 0) + 1)
  const most = [...counts.values()].reduce((best, count) => Math.max(best, count), 0)
  return most > 1 ? most : 0
}
