/**
 * What is seen of a population before anybody is judged, and what each round of judging adds. Teaching and judging go
 * through the same steps, so that a model meets the features it was taught by.
 */
import { type ColumnWriter, columnWriter } from './features/columns.ts'
import { type Births, communityFeatures, measureBirths } from './features/community.ts'
import type { JudgingInput } from './features/input.ts'
import { writeLinkFeatures } from './features/links.ts'
import { writeMemberFeatures } from './features/member.ts'
import { writeNetworkFeatures } from './features/network.ts'
import { writeOwnFeatures } from './features/own.ts'
import { agesOf, measureSpreads, type OwnSpreads, tellRelatively } from './features/relative.ts'
import { type HubReputations, measureReputations, writeSuspicionFeatures } from './features/suspicion.ts'
import type { TailReference } from './features/tails.ts'
import { writeTakeoverFeatures } from './features/takeover.ts'
import { clusterSuspects, type Suspicion } from './suspects/cluster.ts'

export interface Look {
  readonly input: JudgingInput
  /** A row each account. */
  readonly accounts: ColumnWriter
  /** A row each community. */
  readonly communities: ColumnWriter
}

/** What accounts are and do, before it is told by how rare it is. */
export function plainLook(input: JudgingInput): ColumnWriter {
  const accounts = columnWriter(input.table.facts.length)
  writeOwnFeatures(input, accounts)
  writeNetworkFeatures(input, accounts)
  writeTakeoverFeatures(input, accounts)
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

/** `accounts`: the plain look, which it goes on writing. */
export function lookAt(
  input: JudgingInput,
  reference: TailReference,
  {
    accounts = plainLook(input),
    usual = measureUsual(input, accounts),
  }: { readonly accounts?: ColumnWriter; readonly usual?: Usual } = {},
): Look & { readonly usual: Usual } {
  tellRelatively(accounts, agesOf(input.table, input.asOf), { spreads: usual.spreads, reference })
  writeLinkFeatures(input, accounts)
  return { input, accounts, communities: communityFeatures(input, accounts, usual.births), usual }
}

/** `hostile`: probability of each community. */
export function addHostility({ input, accounts, communities }: Look, hostile: Float64Array): void {
  communities.column('hostile').set(hostile)
  writeMemberFeatures(input, accounts, communities)
}

/** Clusters whom the first judgement suspects, and adds what that shows. */
export function addSuspicion(
  { input, accounts }: Look,
  suspicion: Suspicion,
  hubs: HubReputations = measureReputations(input.table, suspicion),
): HubReputations {
  const groups = clusterSuspects(input.table, suspicion, input.kindOf)
  writeSuspicionFeatures(input, accounts, { suspicion, groups, hubs })
  return hubs
}
