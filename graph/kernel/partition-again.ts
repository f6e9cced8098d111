/**
 * The partition of a graph of which some accounts' links changed: components that hold none of them are as they were, because what
 * one component holds never touches another. The others are cut out and solved as a graph of their own.
 */
import type { PairEdges } from '../communities/pair-graph.ts'
import type { ChangedTable } from '../projection/change-table.ts'
import { placeAfter } from '../state/order.ts'
import { type Solver, solveComponents } from './partition.ts'
import { rootsAbove } from './shares/split.ts'

/** Components, numbered as they were found: one whose accounts change gets another number. */
export interface ComponentNumbers {
  readonly componentOf: Int32Array
  /** One more than the highest number. */
  readonly end: number
}

export interface PartitionedAgain {
  readonly labels: Int32Array
  readonly components: ComponentNumbers
  /** Accounts in the components that were solved, of those of two or more. */
  readonly accountsSolved: number
  /** Accounts whose community has another name than before, ascending. */
  readonly regrouped: readonly number[]
}

export interface PartitionKnown {
  /** As it was, with accounts numbered as they are; an account without a label (-1) was not there. */
  readonly labels: Int32Array
  readonly components: ComponentNumbers
  /** Accounts with a link that is new, gone, or of another weight. */
  readonly moved: readonly number[]
}

/** Of all accounts by the links there are. */
export function componentNumbers(pairs: PairEdges, options: ComponentOptions): ComponentNumbers {
  return { componentOf: rootsAbove(pairs, options), end: options.accounts }
}

export interface ComponentOptions {
  readonly gammaMicro: number
  readonly accounts: number
}

/** Numbers by those of before, and of before by those of now: one where nobody is new or gone. */
type Renumbered = Pick<ChangedTable, 'accountNow' | 'accountBefore'>

/** The same where accounts have other numbers; those that are new are in none (-1) until they are linked. */
export const componentsNow = (
  { componentOf, end }: ComponentNumbers,
  { accountNow, accountBefore }: Renumbered,
): ComponentNumbers => ({
  componentOf:
    accountNow === accountBefore
      ? componentOf
      : accountBefore.map((before) => (before < 0 ? -1 : (componentOf[before] ?? -1))),
  end,
})

export interface AgainOptions {
  readonly gammaMicro: number
  readonly idAt: (account: number) => string
  readonly solve?: Solver | undefined
}

export function partitionAgain(
  pairs: PairEdges,
  { labels: before, components, moved }: PartitionKnown,
  { solve = solveComponents, gammaMicro, idAt }: AgainOptions,
): PartitionedAgain {
  const members = membersOf(components, moved)
  const part = edgesAmong(pairs, members, before.length)
  const { labels: found } = solve(part, {
    gammaMicro,
    ids: Array.from(members, idAt),
  })
  const roots = rootsAbove(part, { gammaMicro, accounts: members.length })
  const [labels, componentOf] = [before.slice(), components.componentOf.slice()]
  for (let account = labels.indexOf(-1); account >= 0; account = labels.indexOf(-1, account + 1))
    labels[account] = account
  members.forEach((account, place) => {
    labels[account] = members[found[place] ?? place] ?? account
    componentOf[account] = components.end + (roots[place] ?? place)
  })
  const regrouped: number[] = []
  for (let account = 0; account < labels.length; account++)
    if (labels[account] !== before[account]) regrouped.push(account)
  return {
    labels,
    components: withinBounds({ componentOf, end: components.end + members.length }),
    accountsSolved: together(roots),
    regrouped,
  }
}

/** Accounts in any of the components that hold one of these, and these. Ascending. */
function membersOf({ componentOf, end }: ComponentNumbers, some: readonly number[]): Int32Array {
  const isAsked = new Uint8Array(end)
  const isMember = new Uint8Array(componentOf.length)
  for (const account of some) {
    isMember[account] = 1
    const component = componentOf[account] ?? -1
    if (component >= 0) isAsked[component] = 1
  }
  let count = 0
  for (let account = 0; account < isMember.length; account++) {
    if (isAsked[componentOf[account] ?? -1] === 1) isMember[account] = 1
    count += isMember[account] ?? 0
  }
  const members = new Int32Array(count)
  for (let account = 0, place = 0; account < isMember.length; account++)
    if (isMember[account] === 1) members[place++] = account
  return members
}

/** Edges that have both ends among these accounts, by their places. */
function edgesAmong({ a, b, weight }: PairEdges, members: Int32Array, accounts: number): PairEdges {
  const placeOf = new Int32Array(accounts).fill(-1)
  members.forEach((account, place) => {
    placeOf[account] = place
  })
  const edges: number[] = []
  for (const account of members) {
    const first = placeAfter(a.length, (edge) => (a[edge] ?? 0) < account)
    for (let edge = first; a[edge] === account; edge++)
      if ((placeOf[b[edge] ?? -1] ?? -1) >= 0) edges.push(edge)
  }
  return {
    a: Int32Array.from(edges, (edge) => placeOf[a[edge] ?? -1] ?? -1),
    b: Int32Array.from(edges, (edge) => placeOf[b[edge] ?? -1] ?? -1),
    weight: Int32Array.from(edges, (edge) => weight[edge] ?? 0),
  }
}

/** How many are not alone. */
function together(roots: Int32Array): number {
  const sizes = new Int32Array(roots.length)
  for (const root of roots) sizes[root] = (sizes[root] ?? 0) + 1
  return sizes.reduce((sum, size) => sum + (size > 1 ? size : 0), 0)
}

/** Numbered anew where far more numbers were given than are in use. */
function withinBounds({ componentOf, end }: ComponentNumbers): ComponentNumbers {
  if (end <= 4 * componentOf.length) return { componentOf, end }
  const numberOf = new Int32Array(end).fill(-1)
  let next = 0
  for (const component of componentOf) if (numberOf[component] === -1) numberOf[component] = next++
  return { componentOf: componentOf.map((component) => numberOf[component] ?? -1), end: next }
}
