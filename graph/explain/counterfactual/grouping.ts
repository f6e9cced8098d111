/** How accounts group by their links, out of what was read around them (surroundings.ts). */
import { type Asserted, nothingAsserted, sameAs } from '../../assertions/standing.ts'
import { componentsAbove } from '../../communities/components.ts'
import { gammaMicro } from '../../communities/gamma.ts'
import { pairGraph } from '../../communities/pair-graph.ts'
import { partition } from '../../kernel/partition.ts'
import type { IdentifierKey } from '../../model.ts'
import { entitiesOf, type KindLookup } from '../../projection/entities.ts'
import type { LinkPairs } from '../../projection/link-pairs.ts'
import { type LinkTable, linkable } from '../../projection/link-table.ts'
import { project } from '../../projection/project.ts'
import type { Publicness } from '../../projection/publicness.ts'
import { joinLinked } from '../../rings/group.ts'
import { tellingCrowds } from '../../rings/stitch.ts'
import {
  keyOf,
  linkingKeys,
  mayBeLinkedBy,
  type Reader,
  reader,
  type SurroundingsCaps,
  type SurroundingsStore,
  sharedWeakKeys,
  tableOf,
  tableWithout,
} from './surroundings.ts'

export interface GroupingOptions {
  readonly kindOf: KindLookup
  readonly asOf: number
  readonly publicness: Publicness
  readonly asserted?: Asserted
}

/** Reads all that decides how these accounts group; first what is known of the one that is asked `about`. */
export async function readSurroundings(
  store: SurroundingsStore,
  accounts: readonly string[],
  { caps, about, ...options }: GroupingOptions & { caps: SurroundingsCaps; about?: string },
): Promise<Reader> {
  const read = reader(store, caps)
  if (about !== undefined) await readFirst(read, about, options)
  const reached = await closeOver(read, accounts, options)
  if (read.isSpent) return read
  const neighbours = await stitchable(read, reached, options)
  await closeOver(read, [...reached, ...neighbours], options)
  return read
}

async function readFirst(read: Reader, about: string, { kindOf }: GroupingOptions): Promise<void> {
  await read.readAccounts([about])
  const state = read.states.get(about)
  if (state) await read.readUsers(linkingKeys(state, kindOf))
}

/** The accounts and all that links above gamma reach from them. */
async function closeOver(
  read: Reader,
  start: readonly string[],
  options: GroupingOptions,
): Promise<readonly string[]> {
  const inside = new Set(start)
  for (let frontier = start; frontier.length > 0; ) {
    const near = await around(read, frontier, options)
    if (read.isSpent) break
    frontier = reachedFrom(await linked(near, options), new Set(frontier)).filter(
      (id) => !inside.has(id) && read.states.has(id),
    )
    for (const account of frontier) inside.add(account)
  }
  return [...inside].filter((id) => read.states.has(id))
}

/** Some accounts, all that may be linked to them, and what decides how strongly. */
async function around(
  read: Reader,
  accounts: readonly string[],
  { kindOf, asserted = nothingAsserted }: GroupingOptions,
): Promise<Pick<Reader, 'states' | 'crowds' | 'isSpent'>> {
  await read.readAccounts(accounts)
  const keys = accounts.flatMap((id) => {
    const state = read.states.get(id)
    return state ? linkingKeys(state, kindOf) : []
  })
  await read.readUsers(keys)
  const same = asserted.pairs.size > 0 ? accounts.flatMap((id) => sameAs(asserted, id)) : []
  const near = [...accounts, ...same, ...neighboursBy(read, keys, kindOf)]
  await read.readAccounts(near)
  const states = new Map(near.flatMap((id) => pairOf(read.states, id)))
  const weak = sharedWeakKeys(states.values(), kindOf)
  await read.readUsers(weak)
  const crowds = new Map([...keys, ...weak].flatMap((key) => pairOf(read.crowds, keyOf(key))))
  return { states, crowds, isSpent: read.isSpent }
}

function pairOf<T>(known: ReadonlyMap<string, T>, id: string): readonly (readonly [string, T])[] {
  const found = known.get(id)
  return found === undefined ? [] : [[id, found]]
}

function neighboursBy(read: Reader, keys: readonly IdentifierKey[], kindOf: KindLookup): readonly string[] {
  const crowds = [...new Set(keys.map(keyOf))].flatMap((id) => read.crowds.get(id) ?? [])
  return crowds.flatMap((crowd) => mayBeLinkedBy(crowd, kindOf))
}

export interface Linked {
  readonly table: LinkTable
  readonly pairs: LinkPairs
}

export async function linked(
  read: Pick<Reader, 'states' | 'crowds' | 'isSpent'>,
  options: GroupingOptions,
): Promise<Linked> {
  return linkedIn(await tableOf(read, options.asserted), options)
}

const linkedIn = (table: LinkTable, { kindOf, asOf, publicness }: GroupingOptions): Linked => ({
  table,
  pairs: project(table, entitiesOf(linkable(table), kindOf, { asOf }), { publicness }),
})

/** The links there would be had nobody ever used these identifiers. */
export const linkedWithout = (
  { table }: Linked,
  without: readonly IdentifierKey[],
  options: GroupingOptions,
): Linked => linkedIn(tableWithout(table, without), options)

function reachedFrom({ table, pairs }: Linked, inside: ReadonlySet<string>): readonly string[] {
  const graph = pairGraph(table.facts.length, pairs)
  return componentsAbove(graph, gammaMicro).flatMap((component) => {
    const names = Array.from(component, (account) => table.facts.idAt(account))
    return names.some((name) => inside.has(name)) ? names.filter((name) => !inside.has(name)) : []
  })
}

/** Accounts that share an address in a week with two of one component. */
async function stitchable(
  read: Reader,
  accounts: readonly string[],
  options: GroupingOptions,
): Promise<readonly string[]> {
  const states = accounts.flatMap((id) => read.states.get(id) ?? [])
  await read.readUsers(sharedWeakKeys(states, options.kindOf).filter(({ kind }) => kind === 'ip'))
  const { table, pairs } = await linked(read, options)
  const own = new Set(accounts)
  const componentOf = new Map<number, number>()
  componentsAbove(pairGraph(table.facts.length, pairs), gammaMicro).forEach((component, number) => {
    for (const account of component) {
      if (own.has(table.facts.idAt(account))) componentOf.set(account, number)
    }
  })
  const found = new Set<number>()
  for (const identifier of table.identifiers.ofKind('ip')) {
    for (const users of tellingCrowds(table, identifier)) {
      if (holdsTwo(users, componentOf)) for (const user of users) found.add(user)
    }
  }
  return [...found].map((account) => table.facts.idAt(account)).filter((name) => !own.has(name))
}

function holdsTwo(users: ReadonlySet<number>, componentOf: ReadonlyMap<number, number>): boolean {
  const seen = new Set<number>()
  for (const user of users) {
    const component = componentOf.get(user)
    if (component === undefined) continue
    if (seen.has(component)) return true
    seen.add(component)
  }
  return false
}

/** The group of each account by name, and how many accounts each group has. */
export interface Groups {
  readonly groupOf: ReadonlyMap<string, number>
  readonly sizes: ReadonlyMap<number, number>
}

export function groupsOf({ table, pairs }: Linked, kindOf: KindLookup): Groups {
  const communities = partition(pairs, { gammaMicro, ids: table.facts.ids })
  const { labels } = joinLinked(table, communities, { kindOf })
  const sizes = new Map<number, number>()
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1)
  return { groupOf: new Map(table.facts.ids.map((account, i) => [account, labels[i] ?? i])), sizes }
}
