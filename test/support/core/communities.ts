/** Graphs and slow, obviously right answers for tests of communities. Shares no code with the product. */
import { type PairEdges, type PairGraph, pairGraph } from '../../../graph/communities/pair-graph.ts'

export interface Edge {
  readonly a: number
  readonly b: number
  /** Millionths. */
  readonly weight: number
}

const columns = (edges: readonly Edge[]): PairEdges => ({
  a: Int32Array.from(edges, ({ a }) => a),
  b: Int32Array.from(edges, ({ b }) => b),
  weight: Int32Array.from(edges, ({ weight }) => weight),
})

export const graphOf = (accounts: number, edges: readonly Edge[]): PairGraph =>
  pairGraph(accounts, columns(edges))

/** In the order in which the projection gives links. */
export const pairsOf = (edges: readonly Edge[]): PairEdges =>
  columns(
    edges
      .map(({ a, b, weight }) => ({ a: Math.min(a, b), b: Math.max(a, b), weight }))
      .toSorted((x, y) => x.a - y.a || x.b - y.b),
  )

/** Ids that ascend with the account's number. */
export const idsOf = (accounts: number): readonly string[] =>
  Array.from({ length: accounts }, (_, i) => `acct_${String(i).padStart(7, '0')}`)

export const clique = (from: number, size: number, weight: number): readonly Edge[] => {
  const edges: Edge[] = []
  for (let a = from; a < from + size; a++)
    for (let b = a + 1; b < from + size; b++) edges.push({ a, b, weight })
  return edges
}

/** `count` cliques in a ring, each joined to the next by one edge. */
export function ringOfCliques(
  count: number,
  size: number,
  { inside, between }: { inside: number; between: number },
): readonly Edge[] {
  const edges: Edge[] = []
  for (let i = 0; i < count; i++) {
    for (const edge of clique(i * size, size, inside)) edges.push(edge)
    edges.push({ a: i * size, b: ((i + 1) % count) * size + 1, weight: between })
  }
  return edges
}

export type Labels = ArrayLike<number>

/** Sum over communities of inner weight less gamma for every pair of members, in millionths. */
export function slowQuality(edges: readonly Edge[], labels: Labels, gamma: number): number {
  let quality = 0
  for (const { a, b, weight } of edges) if (labels[a] === labels[b]) quality += weight
  for (let a = 0; a < labels.length; a++) {
    for (let b = a + 1; b < labels.length; b++) if (labels[a] === labels[b]) quality -= gamma
  }
  return quality
}

/** The best quality over every partition there is; for a handful of accounts. */
export function bestQuality(edges: readonly Edge[], accounts: number, gamma: number): number {
  let best = -Infinity
  const labels: number[] = []
  const assign = (account: number, used: number): void => {
    if (account === accounts) {
      best = Math.max(best, slowQuality(edges, labels, gamma))
      return
    }
    for (let label = 0; label <= used; label++) {
      labels[account] = label
      assign(account + 1, Math.max(used, label + 1))
    }
  }
  assign(0, 0)
  return best
}

export const groupsOf = (labels: Labels): readonly (readonly number[])[] => {
  const groups = new Map<number, number[]>()
  Array.from(labels).forEach((label, account) => groups.set(label, [...(groups.get(label) ?? []), account]))
  return [...groups.values()]
}

/** Whether the accounts can reach each other among themselves. */
export function isConnected(accounts: readonly number[], edges: readonly Edge[]): boolean {
  const inside = new Set(accounts)
  const reached = new Set(accounts.slice(0, 1))
  for (let grew = true; grew; ) {
    grew = false
    for (const { a, b } of edges) {
      if (!inside.has(a) || !inside.has(b) || reached.has(a) === reached.has(b)) continue
      reached.add(a).add(b)
      grew = true
    }
  }
  return reached.size === inside.size
}
