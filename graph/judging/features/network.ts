/** The company an account keeps on its networks: how new and how troubled the others on an address on one day are. */
import type { LinkTable } from '../../projection/link-table.ts'
import { usedBy } from '../../projection/uses/of.ts'
import { type Rows, rowSet } from '../rows.ts'
import { type ColumnWriter, writeRow } from './columns.ts'
import { crowdMax, standingOf, usersByDay } from './crowds.ts'
import type { JudgingInput } from './input.ts'

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

export function writeNetworkFeatures({ table }: JudgingInput, writer: ColumnWriter, rows: Rows): void {
  const companies = new Map(
    Array.from(rows.list, (account): [number, Company] => [
      account,
      { days: 0, newcomers: 0, troubled: 0, signup: 0 },
    ]),
  )
  for (const identifier of addressesOf(table, rows)) {
    for (const [day, users] of usersByDay(table, identifier)) {
      if (users.length >= 2 && users.length <= crowdMax) meet(table, { companies, users, day })
    }
  }
  companies.forEach((company, account) => {
    const known = company.days > 0
    writeRow(writer, account, {
      companyNew: known ? company.newcomers / company.days : undefined,
      companyTroubled: known ? company.troubled / company.days : undefined,
      signupCompany: company.signup,
    })
  })
}

/** Ascending. */
function addressesOf(table: LinkTable, rows: Rows): Int32Array {
  const all = rowSet(table.identifiers.length)
  for (const account of rows.list) {
    for (const identifier of usedBy(table, account).identifiers)
      if (table.identifiers.kindAt(identifier) === 'ip') all.add(identifier)
  }
  return all.list
}

function meet(
  table: LinkTable,
  {
    companies,
    users,
    day,
  }: { companies: ReadonlyMap<number, Company>; users: readonly number[]; day: number },
): void {
  const standing = users.map((account) => standingOf(table, account, day))
  const newcomers = standing.filter(({ isNew }) => isNew).length
  const troubled = standing.filter(({ isTroubled }) => isTroubled).length
  const bornToday = standing.filter(({ isBorn }) => isBorn).length
  users.forEach((account, place) => {
    const [company, own] = [companies.get(account), standing[place]]
    if (!company || !own) return
    const others = users.length - 1
    company.days += 1
    company.newcomers += (newcomers - (own.isNew ? 1 : 0)) / others
    company.troubled += (troubled - (own.isTroubled ? 1 : 0)) / others
    if (own.isBorn) company.signup = Math.max(company.signup, bornToday - 1)
  })
}
