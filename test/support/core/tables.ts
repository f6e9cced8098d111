/** From events to what detection makes of them, a step at a time, with accounts by name. */

import { gammaMicro } from '../../../graph/communities/gamma.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { partition } from '../../../graph/kernel/partition.ts'
import type { IdentifierClass, StoredEvent } from '../../../graph/model.ts'
import { entitiesOf, type KindLookup } from '../../../graph/projection/entities.ts'
import type { LinkPairs } from '../../../graph/projection/link-pairs.ts'
import { type LinkTable, linkable, readLinkTable } from '../../../graph/projection/link-table.ts'
import { project } from '../../../graph/projection/project.ts'
import { nothingPublic } from '../../../graph/projection/publicness.ts'
import { groupAccounts } from '../../../graph/rings/group.ts'
import { type TakeoverCohort, takeoverCohorts } from '../../../graph/takeover/cohorts.ts'
import { endOfDay } from '../../../graph/time.ts'

import { groupsOf } from './communities.ts'
import { stateOf } from './states.ts'

export const kindOf: KindLookup = (name) => shippedKinds.get(name)

/** Padded, so that they ascend with their number. */
export const names = (count: number, prefix: string): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(3, '0')}`)

export function tableOf(events: readonly StoredEvent[]): Promise<LinkTable> {
  const state = stateOf(events)
  return readLinkTable(state.scanAccounts(), state.scanIdentifiers())
}

export const searchOf = ({ newestAt }: LinkTable) => ({ kindOf, asOf: endOfDay(newestAt) })

export const numberOf = ({ facts }: LinkTable, account: string): number => facts.numberOf(account)

export const identifierOf = ({ identifiers }: LinkTable, text: string): number =>
  [...identifiers].findIndex(({ kind, ref }) => `${kind}:${ref}` === text)

export const nameOf = ({ facts }: LinkTable, account: number): string => facts.idAt(account)

/** The addresses of an event, said to be of a class. */
export const onClass = (ipClass: IdentifierClass, event: StoredEvent): StoredEvent => ({
  ...event,
  identifiers: event.identifiers.map((one) => (one.kind === 'ip' ? { ...one, class: ipClass } : one)),
})

/** Labels under which these accounts are together and every other is alone. */
export function labelsOf(table: LinkTable, together: readonly (readonly string[])[]): Int32Array {
  const labels = Int32Array.from(table.facts.ids, (_, account) => account)
  for (const group of together) {
    const numbers = group.map((account) => numberOf(table, account))
    for (const number of numbers) labels[number] = Math.min(...numbers)
  }
  return labels
}

/** Who is together, by name; accounts alone are left out. */
export const togetherIn = (table: LinkTable, labels: Int32Array): readonly (readonly string[])[] =>
  groupsOf(labels)
    .filter(({ length }) => length > 1)
    .map((group) => group.map((account) => nameOf(table, account)).toSorted())
    .toSorted((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1))

/** Links with nothing known of what is public. */
export const linksIn = (table: LinkTable, kinds: KindLookup = kindOf): LinkPairs =>
  project(table, entitiesOf(linkable(table), kinds, searchOf(table)), { publicness: nothingPublic })

/** Evidence by pair, in nats, while nothing is known of what is public. */
export async function evidenceIn(events: readonly StoredEvent[]): Promise<ReadonlyMap<string, number>> {
  const table = await tableOf(events)
  return evidenceOf(table, linksIn(table))
}

export const evidenceOf = (table: LinkTable, { a, b, evidence }: LinkPairs): ReadonlyMap<string, number> =>
  new Map(
    Array.from(a, (one, i) => [
      `${nameOf(table, one)}-${nameOf(table, b[i] ?? 0)}`,
      (evidence[i] ?? 0) / 1e6,
    ]),
  )

/** The communities of links alone, before they are joined or cohorts found. */
export function communityLabels(table: LinkTable): Int32Array {
  return partition(linksIn(table), { gammaMicro, ids: table.facts.ids })
}

/** Who is grouped with whom, of all that the events show. */
export async function groupsIn(events: readonly StoredEvent[]): Promise<readonly (readonly string[])[]> {
  const table = await tableOf(events)
  return togetherIn(table, groupAccounts(table, communityLabels(table), searchOf(table)).labels)
}

export interface NamedCohort {
  readonly victims: readonly string[]
  readonly receivers: readonly string[]
  readonly others: readonly string[]
}

export async function cohortsIn(events: readonly StoredEvent[]): Promise<readonly NamedCohort[]> {
  const table = await tableOf(events)
  return takeoverCohorts(table, searchOf(table)).cohorts.map((cohort) => named(table, cohort))
}

export const named = (table: LinkTable, { victims, receivers, others }: TakeoverCohort): NamedCohort => ({
  victims: [...victims.keys()].map((account) => nameOf(table, account)),
  receivers: receivers.map(({ account }) => nameOf(table, account)),
  others: others.map((account) => nameOf(table, account)),
})
