/** What an account is and does by itself. */
import { type AccountFacts, referredBy } from '../../evidence/account-facts.ts'
import type { LabelValue, RelationName, StateType } from '../../model.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import { usedBy, userCount } from '../../projection/uses/of.ts'
import { identifiersOfKinds } from '../../takeover/of-kinds.ts'
import { dayMs } from '../../time.ts'
import type { Rows } from '../rows.ts'
import { type ColumnWriter, writeRow } from './columns.ts'
import type { JudgingInput } from './input.ts'

/** Longer pauses between active days are a sleep. */
const sleepDays = 14

export function writeOwnFeatures(input: JudgingInput, writer: ColumnWriter, rows: Rows): void {
  const usedOf = usedByKind(input)
  for (const account of rows.list) {
    const facts = input.table.facts.at(account)
    if (!facts) continue
    writeRow(writer, account, agesOf(facts, input.asOf))
    writeRow(writer, account, conductOf(facts))
    writeRow(writer, account, usedOf(account))
  }
  writeReferred(input.table, writer, rows)
}

const daysBetween = (from: number | undefined, to: number | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.max(0, to - from) / dayMs

function agesOf(facts: AccountFacts, asOf: number): Readonly<Record<string, number | undefined>> {
  const { bornAt, activeDays, conduct } = facts
  let longest = 0
  for (let i = 1; i < activeDays.length; i++)
    longest = Math.max(longest, (activeDays[i] ?? 0) - (activeDays[i - 1] ?? 0))
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
    relations.length > 0
      ? new Set(relations.filter(({ relation }) => relation === name).map(({ to }) => to)).size
      : 0
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
  const numberOf = new Map(Array.from(rows.list, (account) => [facts.ids[account], account]))
  for (let account = 0; account < facts.length; account++) {
    for (const id of referredBy({ relations: facts.relationsAt(account) })) {
      const number = numberOf.get(id)
      if (number !== undefined) column[number] = (column[number] ?? 0) + 1
    }
  }
}

/** Classes of addresses that anybody can rent. */
const hosted: ReadonlySet<string> = new Set(['datacenter', 'vpn', 'tor', 'relay'])

function usedByKind({ table, kindOf }: JudgingInput) {
  const isMoney = identifiersOfKinds(table, kindOf, ({ family }) => family === 'money')
  const isStrong = identifiersOfKinds(table, kindOf, ({ evidence }) => evidence.links === 'pairs')
  const isAddress = identifiersOfKinds(table, kindOf, ({ name }) => name === 'ip')
  return (account: number): Readonly<Record<string, number | undefined>> => {
    let [money, strong, own, addresses, rented] = [0, 0, 0, 0, 0]
    for (const identifier of usedBy(table, account).identifiers) {
      if (isMoney(identifier)) money += 1
      if (isStrong(identifier)) {
        strong += 1
        if (userCount(table, identifier) <= 1) own += 1
      }
      if (isAddress(identifier)) {
        addresses += 1
        if (hosted.has(table.identifiers.classAt(identifier) ?? '')) rented += 1
      }
    }
    return { money, ownShare: shareOf(own, strong), hostedShare: shareOf(rented, addresses) }
  }
}

const shareOf = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined)
