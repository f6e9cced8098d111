/** What a takeover cohort holds, told by names, so that one of another run can be compared with it. */
import type { ChangedTable } from '../../projection/change-table.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import type { TakeoverCohort } from '../../takeover/cohorts.ts'

export function cohortName(
  { facts, identifiers }: LinkTable,
  cohort: TakeoverCohort | undefined,
): string | undefined {
  if (!cohort) return undefined
  const nameOf = (account: number): string => facts.idAt(account)
  const victims = [...cohort.victims.values()].map(({ account, at, met, changed, paid }) => {
    const { kind, ref } = identifiers.at(met) ?? {}
    return [nameOf(account), at, kind, ref, changed, paid]
  })
  const receivers = cohort.receivers.map(({ account, ...counts }) => [nameOf(account), counts])
  return JSON.stringify([victims, receivers, cohort.others.map(nameOf)])
}

/** Accounts now of cohorts that are new, gone or other than before. */
export function accountsOfChanged(
  { before, table, accountNow }: ChangedTable,
  known: readonly TakeoverCohort[],
  now: readonly TakeoverCohort[],
): readonly number[] {
  const [names, namesBefore] = [
    new Set(now.map((one) => cohortName(table, one))),
    new Set(known.map((one) => cohortName(before, one))),
  ]
  const left = known.filter((one) => !names.has(cohortName(before, one))).flatMap(accountsOf)
  const come = now.filter((one) => !namesBefore.has(cohortName(table, one))).flatMap(accountsOf)
  return [...left.map((account) => accountNow[account] ?? -1), ...come]
}

const accountsOf = ({ victims, receivers, others }: TakeoverCohort): readonly number[] => [
  ...victims.keys(),
  ...receivers.map(({ account }) => account),
  ...others,
]
