/**
 * What is seen of a population before anybody is judged, and what each round of judging adds. Teaching and judging go
 * through the same steps, so that a model meets the features it was taught by.
 */
import { type ColumnWriter, columnWriter } from './features/columns.ts'
import { type Births, measureBirths, writeCommunityFeatures } from './features/community.ts'
import type { JudgingInput } from './features/input.ts'
import { writeLinkFeatures } from './features/links.ts'
import { writeMemberFeatures } from './features/member.ts'
import { writeNetworkFeatures } from './features/network.ts'
import { writeOwnFeatures } from './features/own.ts'
import { agesOf, measureSpreads, type OwnSpreads, tellRelatively } from './features/relative.ts'
import { type HubReputations, measureReputations, writeSuspicionFeatures } from './features/suspicion.ts'
import type { TailReference } from './features/tails.ts'
import { writeTakeoverFeatures } from './features/takeover.ts'
import { everyRow, type Rows } from './rows.ts'
import { clusterSuspects, type SuspectGroups } from './suspects/cluster.ts'
import type { Suspicion } from './suspicion.ts'

export interface Look {
  readonly input: JudgingInput
  /** A row each account. */
  readonly accounts: ColumnWriter
  /** A row each community. */
  readonly communities: ColumnWriter
}

/** What accounts are and do, before it is told by how rare it is. Figures of those that are not stale are left as they are. */
export function plainLook(
  input: JudgingInput,
  accounts: ColumnWriter = columnWriter(input.table.facts.length),
): ColumnWriter {
  writeOwnFeatures(input, accounts, input.stale.own)
  writeNetworkFeatures(input, accounts, input.stale.own)
  writeTakeoverFeatures(input, accounts, input.stale.own)
  return accounts
}

/** What of a population tells how rare something is in it. */
export interface Usual {
  readonly spreads: OwnSpreads
  readonly births: Births
}

export const measureUsual = (input: JudgingInput, accounts: ColumnWriter): Usual => ({
  spreads: measureSpreads(accounts, agesOf(input.table, input.asOf)),
  births: measureBirths(input.table),
})

/** `accounts`: the plain look, which it goes on writing; `communities`: figures of those that are not stale. */
export function lookAt(
  input: JudgingInput,
  reference: TailReference,
  {
    accounts = plainLook(input),
    communities = columnWriter(input.communities.length),
    usual = measureUsual(input, accounts),
  }: {
    readonly accounts?: ColumnWriter
    readonly communities?: ColumnWriter
    readonly usual?: Usual
  } = {},
): Look & { readonly usual: Usual } {
  const { stale } = input
  const ages = agesOf(input.table, input.asOf)
  tellRelatively(accounts, ages, { spreads: usual.spreads, reference, rows: stale.own })
  writeLinkFeatures(input, accounts, stale.linked)
  const rows = stale.communities
  writeCommunityFeatures(input, communities, { own: accounts, births: usual.births, rows })
  return { input, accounts, communities, usual }
}

/** `hostile`: probability of each community. */
export function addHostility({ input, accounts, communities }: Look, hostile: Float64Array): void {
  communities.column('hostile').set(hostile)
  writeMemberFeatures(input, accounts, { ofCommunity: communities, rows: input.stale.members })
}

export interface Suspected {
  readonly groups: SuspectGroups
  readonly hubs: HubReputations
  /** Accounts of which it says other than before. */
  readonly rows: Rows
}

/** Adds what the first judgement, and how those cluster whom it suspects, shows of accounts. */
export function addSuspicion(
  { input, accounts }: Look,
  suspicion: Suspicion,
  {
    groups = clusterSuspects(input.table, suspicion, { kindOf: input.kindOf }).groups,
    hubs = measureReputations(input.table, suspicion),
    rows = everyRow(accounts.accounts),
  }: Partial<Suspected> = {},
): void {
  writeSuspicionFeatures(input, accounts, { suspicion, groups, hubs, rows })
}
