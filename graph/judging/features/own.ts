/** What an account is and does by itself. */
import { type AccountFacts, referredBy } from '../../evidence/account-facts.ts'
import type { LabelValue, RelationName, StateType } from '../../model.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import { usedBy, userCount } from '../../projection/uses/of.ts'
import { dayMs } from '../../time.ts'
import type { Rows } from '../rows.ts'
import { type ColumnWriter, writeRow } from './columns.ts'
import type { JudgingInput } from './input.ts'

/** Longer pauses between active days are a sleep. */
const sleepDays = 14

export function writeOwnFeatures(input: JudgingInput, writer: ColumnWriter, rows: Rows): void {
  for (const account of rows.list) {
    const facts = input.table.facts[account]
    if (!facts) continue
    writeRow(writer, account, {
      ...agesOf(facts, input.asOf),
      ...conductOf(facts),
      ...identifiersOf(input, account),
    })
  }
  writeReferred(input.table, writer, rows)
}

const daysBetween = (from: number | undefined, to: number | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.max(0, to - from) / dayMs

function agesOf(facts: AccountFacts, asOf: number): Readonly<Record<string, number | undefined>> {
  const { bornAt, activeDays, conduct } = facts
  const pauses = activeDays.slice(1).map((day, place) => day - (activeDays[place] ?? day))
  const longest = pauses.reduce((most, pause) => Math.max(most, pause), 0)
  return {
    age: daysBetween(bornAt, asOf),
    slept: longest >= sleepDays ? longest : 0,
    toFirstPayment: daysBetween(bornAt, conduct.payment?.firstAt),
    toFirstPayout: daysBetween(bornAt, conduct.payout?.firstAt),
  }
}

function conductOf({
  conduct,
  labels,
  relations,
}: AccountFacts): Readonly<Record<string, number | undefined>> {
  const countOf = (type: StateType): number => conduct[type]?.count ?? 0
  const part = (some: StateType, of: StateType): number | undefined =>
    countOf(some) + countOf(of) > 0 ? countOf(some) / (countOf(some) + countOf(of)) : undefined
  const says = (value: LabelValue): number => (labels.some(({ label }) => label === value) ? 1 : 0)
  const towards = (name: RelationName): number =>
    new Set(relations.filter(({ relation }) => relation === name).map(({ to }) => to)).size
  const paid = countOf('payment')
  return {
    paymentsRefused: countOf('payment_failed'),
    refusedShare: part('payment_failed', 'payment'),
    chargebacks: countOf('chargeback'),
    chargebackShare: paid > 0 ? Math.min(1, countOf('chargeback') / paid) : undefined,
    reports: countOf('report'),
    reportedBy: towards('reported_by'),
    loginsFailed: countOf('login_failed'),
    loginsFailedShare: part('login_failed', 'login'),
    credentialChanges: countOf('credential_change'),
    payoutChanges: countOf('payout_change'),
    refers: towards('referred'),
    labelledFraud: says('fraud'),
    labelledVictim: says('victim'),
    labelledLegit: says('legit'),
  }
}

/** By how many accounts each was referred. */
function writeReferred({ facts }: LinkTable, writer: ColumnWriter, rows: Rows): void {
  const column = writer.column('referredBy')
  for (const account of rows.list) column[account] = 0
  const numberOf = new Map(Array.from(rows.list, (account) => [facts[account]?.account, account]))
  for (const one of facts) {
    if (one.relations.length === 0) continue
    for (const id of referredBy(one)) {
      const number = numberOf.get(id)
      if (number !== undefined) column[number] = (column[number] ?? 0) + 1
    }
  }
}

/** Classes of addresses that anybody can rent. */
const hosted: ReadonlySet<string> = new Set(['datacenter', 'vpn', 'tor', 'relay'])

function identifiersOf(
  { table, kindOf }: JudgingInput,
  account: number,
): Readonly<Record<string, number | undefined>> {
  const { identifiers, ties } = usedBy(table, account)
  const rows = ties.flatMap((tie, place) => {
    const kind = kindOf(tie.kind)
    const identifier = identifiers[place] ?? -1
    const users = userCount(table, identifier)
    return kind ? [{ tie, kind, users, class: table.identifiers[identifier]?.class ?? '' }] : []
  })
  const strong = rows.filter(({ kind }) => kind.evidence.links === 'pairs')
  const addresses = rows.filter(({ tie }) => tie.kind === 'ip')
  return {
    money: rows.filter(({ kind }) => kind.family === 'money').length,
    ownShare: shareOf(strong, ({ users }) => users <= 1),
    hostedShare: shareOf(addresses, (one) => hosted.has(one.class)),
  }
}

function shareOf<T>(all: readonly T[], is: (one: T) => boolean): number | undefined {
  return all.length > 0 ? all.filter(is).length / all.length : undefined
}
