/** The company an account keeps on its networks: how new and how troubled the others on an address on one day are. */
import { type LinkTable, tieOf } from '../../projection/link-table.ts'
import { dayOf } from '../../time.ts'
import { type ColumnWriter, writeRow } from './columns.ts'
import type { JudgingInput } from './input.ts'

/** More accounts at once are a crowd that tells nothing. */
const crowdMax = 80
const newcomerDays = 7

/** Of one account. */
interface Company {
  /** Days on an address with others. */
  days: number
  /** Sums over them of the share of others that were new, and of those with a record. */
  newcomers: number
  troubled: number
  /** The most others born on an address on the day it was. */
  signup: number
}

export function writeNetworkFeatures({ table }: JudgingInput, writer: ColumnWriter): void {
  const companies = table.facts.map((): Company => ({ days: 0, newcomers: 0, troubled: 0, signup: 0 }))
  table.identifiers.forEach(({ kind }, identifier) => {
    if (kind !== 'ip') return
    for (const [day, users] of usersByDay(table, identifier)) {
      if (users.length >= 2 && users.length <= crowdMax) meet(table, { companies, users, day })
    }
  })
  companies.forEach((company, account) => {
    const known = company.days > 0
    writeRow(writer, account, {
      companyNew: known ? company.newcomers / company.days : undefined,
      companyTroubled: known ? company.troubled / company.days : undefined,
      signupCompany: company.signup,
    })
  })
}

function usersByDay(table: LinkTable, identifier: number): ReadonlyMap<number, number[]> {
  const days = new Map<number, number[]>()
  const users = table.postings[identifier] ?? new Int32Array()
  if (users.length < 2) return days
  for (const account of users) {
    for (const day of tieOf(table, account, identifier)?.days ?? []) {
      const known = days.get(day)
      if (known) known.push(account)
      else days.set(day, [account])
    }
  }
  return days
}

function meet(
  table: LinkTable,
  { companies, users, day }: { companies: readonly Company[]; users: readonly number[]; day: number },
): void {
  const bornOn = (account: number): number | undefined => {
    const at = table.facts[account]?.bornAt
    return at === undefined ? undefined : dayOf(at)
  }
  const isNew = (account: number): boolean => {
    const born = bornOn(account)
    return born !== undefined && day - born <= newcomerDays
  }
  const isTroubled = (account: number): boolean => {
    const conduct = table.facts[account]?.conduct
    return (conduct?.chargeback ?? conduct?.report ?? conduct?.payment_failed) !== undefined
  }
  const newcomers = users.filter(isNew).length
  const troubled = users.filter(isTroubled).length
  const bornToday = users.filter((account) => bornOn(account) === day).length
  for (const account of users) {
    const company = companies[account]
    if (!company) continue
    const others = users.length - 1
    company.days += 1
    company.newcomers += (newcomers - (isNew(account) ? 1 : 0)) / others
    company.troubled += (troubled - (isTroubled(account) ? 1 : 0)) / others
    if (bornOn(account) === day) company.signup = Math.max(company.signup, bornToday - 1)
  }
}
