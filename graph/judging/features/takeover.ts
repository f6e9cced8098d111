/** What speaks for somebody else having got into an account. */

import { changedAfter, hasArrived, isBrief, meetingsOf, paidAfter } from '../../takeover/arrivals.ts'
import type { Receiver, TakeoverCohort } from '../../takeover/cohorts.ts'
import { identifiersOfKinds, isHardwareKind } from '../../takeover/of-kinds.ts'
import type { Visitor } from '../../takeover/visitors.ts'
import { dayMs } from '../../time.ts'
import type { Rows } from '../rows.ts'
import { type ColumnWriter, writeRow } from './columns.ts'
import type { JudgingInput } from './input.ts'

/** Failed log-ins so shortly before an arrival were tries to get in. */
const triedWithinMs = dayMs

export function writeTakeoverFeatures(input: JudgingInput, writer: ColumnWriter, rows: Rows): void {
  const parts = cohortParts(input.cohorts)
  const isHardware = identifiersOfKinds(input.table, input.kindOf, isHardwareKind)
  for (const account of rows.list) {
    writeRow(writer, account, visitOf(input.visitors.get(account)))
    writeRow(writer, account, cohortOf(parts, account))
    writeRow(writer, account, arrivalsOf(input, account, isHardware))
  }
}

const visitOf = (visitor: Visitor | undefined): Readonly<Record<string, number>> => ({
  visits: visitor ? 1 : 0,
  visitedTogether: visitor?.together ?? 0,
  visitBrief: visitor?.brief ? 1 : 0,
  visitChanged: visitor?.sensitiveChange ? 1 : 0,
})

interface CohortParts {
  readonly victims: ReadonlyMap<number, TakeoverCohort>
  readonly receivers: ReadonlyMap<number, Receiver>
  readonly others: ReadonlySet<number>
}

const cohortParts = (cohorts: readonly TakeoverCohort[]): CohortParts => ({
  victims: new Map(
    cohorts.flatMap((cohort) => [...cohort.victims.keys()].map((victim) => [victim, cohort] as const)),
  ),
  receivers: new Map(cohorts.flatMap(({ receivers }) => receivers.map((one) => [one.account, one] as const))),
  others: new Set(cohorts.flatMap(({ others }) => others)),
})

function cohortOf(
  { victims, receivers, others }: CohortParts,
  account: number,
): Readonly<Record<string, number>> {
  const cohort = victims.get(account)
  const visit = cohort?.victims.get(account)
  return {
    cohortVictim: cohort ? 1 : 0,
    cohortVictims: cohort?.victims.size ?? 0,
    cohortVictimChanged: visit?.changed ? 1 : 0,
    cohortPays: visit?.paid.length ?? 0,
    cohortReceives: receivers.get(account)?.victims ?? 0,
    cohortOperator: others.has(account) && !cohort ? 1 : 0,
  }
}

/** Over all identifiers that the account arrived at, shared or not. */
function arrivalsOf(
  { table, asOf }: JudgingInput,
  account: number,
  isHardware: (identifier: number) => boolean,
): Readonly<Record<string, number>> {
  const facts = table.facts.at(account)
  const counts = { arrivals: 0, arrivalChanged: 0, arrivalPaid: 0, arrivalForced: 0, arrivalBrief: 0 }
  for (const met of meetingsOf(table, account)) {
    if (!isHardware(met.identifier) || !hasArrived(table, { account, met }, isHardware)) continue
    counts.arrivals += 1
    if (isBrief(met, asOf)) counts.arrivalBrief += 1
    if (changedAfter(table, account, met.firstAt)) counts.arrivalChanged += 1
    if (paidAfter(table, account, met.firstAt).length > 0) counts.arrivalPaid += 1
    const tried = (at: number): boolean => at <= met.firstAt && met.firstAt - at <= triedWithinMs
    if (facts?.failedLoginsAt.some(tried)) counts.arrivalForced += 1
  }
  return counts
}
