/**
 * A graph cut at gamma into its components (why that is exact: graph/communities/components.ts), before any kernel sees
 * it. Components that are one community for certain (graph/communities/level.ts) are told apart, so that only the others
 * are searched. Columns as long as the population are few: to make them costs as much as to fill them.
 */
import type { PairEdges } from '../../communities/pair-graph.ts'
import { Int32Column } from '../../projection/columns.ts'
import { linksOutOfOrder, weightOutOfRange } from '../instance.ts'

export interface SplitOptions {
  readonly gammaMicro: number
  readonly accounts: number
  /** Only components that hold one of these are asked for; all when not given. */
  readonly among?: readonly number[]
}

/** Components of two accounts or more that were asked for, numbered by their least accounts. */
export interface Split {
  /** By account; `alone` and `unasked` are none. */
  readonly componentOf: Int32Array
  /** By component, its least account. */
  readonly roots: Int32Array
  readonly accounts: Int32Array
  /** How many edges have both ends in it. */
  readonly edges: Int32Array
  /** Whether it has to be searched. */
  readonly isLeft: Uint8Array
}

export const alone = -1
export const unasked = -2

const weightMax = 1_000_000

export function splitGraph(pairs: PairEdges, options: SplitOptions): Split {
  checkPairs(pairs, options.accounts)
  const rootOf = rootsAbove(pairs, options)
  const { roots, accounts } = numberComponents(rootOf, options)
  const { edges, lightest } = innerEdges(pairs, { componentOf: rootOf, components: roots.length })
  const isLeft = new Uint8Array(roots.length)
  for (let component = 0; component < roots.length; component++) {
    const size = accounts[component] ?? 0
    const isComplete = edges[component] === (size * (size - 1)) / 2
    const weightOfAny = options.gammaMicro * (isComplete ? 1 : Math.floor(size ** 2 / 4))
    isLeft[component] = (lightest[component] ?? 0) < weightOfAny ? 1 : 0
  }
  return { componentOf: rootOf, roots, accounts, edges, isLeft }
}

function checkPairs({ a, b, weight }: PairEdges, accounts: number): void {
  let lastA = 0
  let lastB = -1
  for (let at = 0; at < a.length; at++) {
    const from = a[at] ?? -1
    const to = b[at] ?? -1
    const w = weight[at] ?? 0
    const isAfter = from > lastA || (from === lastA && to > lastB)
    if (!isAfter || from >= to || to >= accounts) throw linksOutOfOrder()
    if (w < 1 || w > weightMax) throw weightOutOfRange()
    lastA = from
    lastB = to
  }
}

/** By account, the least of its component: by the least of a set (graph/communities/disjoint-sets.ts), on the column itself: it is done for every edge there is. */
export function rootsAbove(
  { a, b, weight }: PairEdges,
  { gammaMicro, accounts }: Omit<SplitOptions, 'among'>,
): Int32Array {
  const parent = new Int32Array(accounts)
  for (let account = 0; account < accounts; account++) parent[account] = account
  for (let at = 0; at < a.length; at++) {
    if ((weight[at] ?? 0) <= gammaMicro) continue
    const from = rootIn(parent, a[at] ?? 0)
    const to = rootIn(parent, b[at] ?? 0)
    if (from < to) parent[to] = from
    else parent[from] = to
  }
  // A parent is less than its children, so it knows its root before they ask.
  for (let account = 0; account < accounts; account++) parent[account] = parent[parent[account] ?? 0] ?? 0
  return parent
}

function rootIn(parent: Int32Array, one: number): number {
  let account = one
  while (parent[account] !== account) {
    const above = parent[parent[account] ?? 0] ?? 0
    parent[account] = above
    account = above
  }
  return account
}

/** Puts the component's number in the place of its root. */
function numberComponents(rootOf: Int32Array, { accounts: count, among }: SplitOptions) {
  /** By root, until its number is known. */
  const sizes = new Int32Array(count)
  for (let account = 0; account < count; account++) sizes[rootOf[account] ?? 0]! += 1
  const isAsked = among && askedRoots(rootOf, among)
  const [roots, accounts] = [new Int32Column(), new Int32Column()]
  for (let account = 0; account < count; account++) {
    const root = rootOf[account] ?? 0
    if (root === account) {
      const size = sizes[root] ?? 0
      if (isAsked && isAsked[root] === 0) sizes[root] = unasked
      else if (size < 2) sizes[root] = alone
      else {
        sizes[root] = roots.length
        roots.push(root)
        accounts.push(size)
      }
    }
    rootOf[account] = sizes[root] ?? alone
  }
  return { roots: roots.values(), accounts: accounts.values() }
}

function askedRoots(rootOf: Int32Array, among: readonly number[]): Uint8Array {
  const isAsked = new Uint8Array(rootOf.length)
  for (const account of among) isAsked[rootOf[account] ?? 0] = 1
  return isAsked
}

/** By component: how many edges have both ends in it, and the lightest of them. */
function innerEdges(
  { a, b, weight }: PairEdges,
  { componentOf, components }: Pick<Split, 'componentOf'> & { readonly components: number },
) {
  const edges = new Int32Array(components)
  const lightest = new Int32Array(components).fill(weightMax)
  for (let at = 0; at < a.length; at++) {
    const component = componentOf[a[at] ?? 0] ?? alone
    if (component < 0 || component !== componentOf[b[at] ?? 0]) continue
    edges[component]! += 1
    const w = weight[at] ?? 0
    if (w < (lightest[component] ?? 0)) lightest[component] = w
  }
  return { edges, lightest }
}
