/**
 * Leiden on the Constant Potts Model as its rules say it, on sets of accounts and nothing but the given edges: no
 * levels, no tables, no sums kept from one step to the next. Shares no code with the product.
 */
import { type Edge, slowQuality } from './communities.ts'

interface Slow {
  readonly edges: readonly Edge[]
  readonly gamma: number
}

/** A node is the accounts it stands for. */
type Node = readonly number[]

/** The community of each account by its least account. */
export function slowPartition(
  ids: readonly string[],
  edges: readonly Edge[],
  gamma: number,
): readonly number[] {
  const labels = ids.map((_, account) => account)
  for (const members of slowComponents(ids.length, edges, gamma)) {
    const slow = { edges: edges.filter(({ a, b }) => members.includes(a) && members.includes(b)), gamma }
    const found = isWhole(members, slow) ? members.map(() => members[0] ?? 0) : best(members, ids, slow)
    members.forEach((account, i) => {
      labels[account] = found[i] ?? account
    })
  }
  return labels
}

function slowComponents(accounts: number, edges: readonly Edge[], gamma: number): readonly Node[] {
  let sets = Array.from({ length: accounts }, (_, account) => [account])
  for (const { a, b, weight } of edges) {
    if (weight <= gamma) continue
    const joined = sets.filter((set) => set.includes(a) || set.includes(b))
    sets = [...sets.filter((set) => !joined.includes(set)), joined.flat().toSorted((x, y) => x - y)]
  }
  return sets.filter(({ length }) => length > 1)
}

function isWhole({ length: n }: Node, { edges, gamma }: Slow): boolean {
  const least = edges.length === (n * (n - 1)) / 2 ? gamma : gamma * Math.floor((n * n) / 4)
  return edges.every(({ weight }) => weight >= least)
}

/** What sixteen starts found, each region the best, or fewer once two in a row were better nowhere. */
function best(members: Node, ids: readonly string[], slow: Slow): readonly number[] {
  const found = (start: number) => rounds(visits(members, ids, start), members, slow)
  let labels = found(1)
  for (let start = 2, vain = 0; start <= 16 && vain < 2; start++) {
    const next = betterOf(members, labels, found(start), slow)
    vain = next === labels ? vain + 1 : 0
    labels = next
  }
  return labels
}

/** A region is what overlapping communities of both hold together. */
function betterOf(
  members: Node,
  one: readonly number[],
  other: readonly number[],
  slow: Slow,
): readonly number[] {
  const groups = [one, other].flatMap((labels) => [
    ...Map.groupBy(members.keys(), (place) => labels[place]).values(),
  ])
  const regions = groups.reduce<number[][]>((sets, group) => {
    const joined = sets.filter((set) => set.some((place) => group.includes(place)))
    return [...sets.filter((set) => !joined.includes(set)), [...new Set([...joined.flat(), ...group])]]
  }, [])
  const gained = regions.filter((region) => {
    const own = region.map((place) => members[place] ?? 0)
    const edges = slow.edges.filter(({ a, b }) => own.includes(a) && own.includes(b))
    const qualityOf = (labels: readonly number[]) =>
      qualityIn(
        own,
        region.map((place) => labels[place] ?? 0),
        { ...slow, edges },
      )
    return qualityOf(other) > qualityOf(one)
  })
  if (gained.length === 0) return one
  const isGained = new Set(gained.flat())
  return one.map((label, place) => (isGained.has(place) ? (other[place] ?? label) : label))
}

function qualityIn(members: Node, labels: readonly number[], { edges, gamma }: Slow): number {
  const place = (account: number) => members.indexOf(account)
  const inner = edges.map(({ a, b, weight }) => ({ a: place(a), b: place(b), weight }))
  return slowQuality(inner, labels, gamma)
}

/** Accounts by two hashes of their ids, the second without its lower 11 bits. */
function visits(members: Node, ids: readonly string[], start: number): Node {
  const mask = 0xffffffffn
  const mix = (hash: bigint) => {
    const one = ((hash ^ (hash >> 16n)) * 0x85ebca6bn) & mask
    const two = ((one ^ (one >> 13n)) * 0xc2b2ae35n) & mask
    return two ^ (two >> 16n)
  }
  const walk = (codes: readonly number[], seed: bigint) =>
    codes.reduce((hash, code) => ((hash ^ BigInt(code)) * 0x01000193n) & mask, seed)
  const key = (account: number) => {
    const codes = [...(ids[account] ?? '')].map((character) => character.charCodeAt(0))
    const high = mix(walk(codes, 0x811c9dc5n) ^ ((BigInt(start) * 0x9e3779b1n) & mask))
    const low = mix(walk(codes.toReversed(), 0x050c5d1fn) ^ ((BigInt(start) * 0x85ebca77n) & mask))
    return (high << 21n) | (low >> 11n)
  }
  return members.toSorted((a, b) => Number(key(a) - key(b)) || a - b)
}

function rounds(order: Node, members: Node, slow: Slow): readonly number[] {
  let labels: readonly number[] = members
  for (let round = 0; round < 10; round++) {
    const next = oneRound(order, members, labels, slow)
    if (qualityIn(members, next, slow) <= qualityIn(members, labels, slow)) break
    labels = next
  }
  return labels
}

/** `labels` are accounts; nodes are visited in the order in which `order` first meets one of theirs. */
function oneRound(order: Node, members: Node, labels: readonly number[], slow: Slow): readonly number[] {
  let nodes: readonly Node[] = members.map((account) => [account])
  let found = labels.map((label) => members.indexOf(label))
  for (;;) {
    const visited = order.map((account) => nodes.findIndex((node) => node.includes(account)))
    const turns = [...new Set(visited)]
    found = move(nodes, found, turns, slow)
    const communities = numbered(found)
    if (new Set(found).size === nodes.length) break
    const refined = numbered(refine(nodes, found, turns, slow))
    const parts = new Set(refined).size < nodes.length ? refined : communities
    const count = new Set(parts).size
    const merged = Array.from({ length: count }, (_, part) =>
      nodes.filter((_, i) => parts[i] === part).flat(),
    )
    found = merged.map((_, part) => communities[parts.indexOf(part)] ?? 0)
    nodes = merged
  }
  const labelOf = new Map(nodes.flatMap((node, i) => node.map((account) => [account, found[i]] as const)))
  return connected(
    members,
    members.map((account) => labelOf.get(account) ?? 0),
    slow,
  )
}

const numbered = (labels: readonly number[]): readonly number[] => {
  const seen = [...new Set(labels)]
  return labels.map((label) => seen.indexOf(label))
}

const between = (one: Node, other: Node, { edges }: Slow): number =>
  edges
    .filter(({ a, b }) => (one.includes(a) && other.includes(b)) || (one.includes(b) && other.includes(a)))
    .reduce((sum, { weight }) => sum + weight, 0)

const gainOf = (one: Node, other: Node, slow: Slow): number =>
  between(one, other, slow) - slow.gamma * one.length * other.length

function move(
  nodes: readonly Node[],
  start: readonly number[],
  turns: readonly number[],
  slow: Slow,
): number[] {
  const labels = [...start]
  const accountsIn = (label: number, but: number): Node =>
    nodes.filter((_, i) => labels[i] === label && i !== but).flat()
  const free = nodes
    .map((_, i) => i)
    .filter((label) => !labels.includes(label))
    .toReversed()
  const queue = [...turns]
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    const mine = nodes[node] ?? []
    const own = labels[node] ?? 0
    if (accountsIn(own, node).length === 0) free.push(own)
    const near = nodes.flatMap((other, i) => (i !== node && between(mine, other, slow) > 0 ? [i] : []))
    const gain = (label: number) => gainOf(mine, accountsIn(label, node ?? -1), slow)
    const most = Math.max(gain(own), ...near.map((i) => gain(labels[i] ?? 0)))
    const winners = near.map((i) => labels[i] ?? 0).filter((label) => gain(label) === most)
    const to = most < 0 ? (free.at(-1) ?? own) : gain(own) === most ? own : Math.min(...winners)
    if (to === free.at(-1)) free.pop()
    if (to === own) continue
    labels[node] = to
    queue.push(...near.filter((i) => labels[i] !== to && !queue.includes(i)))
  }
  return labels
}

function refine(
  nodes: readonly Node[],
  labels: readonly number[],
  turns: readonly number[],
  slow: Slow,
): number[] {
  const refined = nodes.map((_, i) => i)
  for (const node of turns) {
    const mates = nodes.flatMap((_, i) => (labels[i] === labels[node] ? [i] : []))
    const accountsIn = (label: number): Node =>
      mates.filter((i) => refined[i] === label).flatMap((i) => nodes[i] ?? [])
    const isTied = (label: number): boolean => {
      const inside = accountsIn(label)
      return (
        gainOf(
          inside,
          mates.flatMap((i) => nodes[i] ?? []).filter((one) => !inside.includes(one)),
          slow,
        ) >= 0
      )
    }
    if (mates.some((i) => i !== node && refined[i] === node) || !isTied(node)) continue
    const gains = [...new Set(mates.map((i) => refined[i] ?? i))]
      .filter((label) => label !== node && isTied(label))
      .map((label) => ({ label, gain: gainOf(nodes[node] ?? [], accountsIn(label), slow) }))
      .filter(({ gain }) => gain > 0)
      .toSorted((a, b) => b.gain - a.gain || a.label - b.label)
    refined[node] = gains[0]?.label ?? node
  }
  return refined
}

/** Communities by the least account of each connected piece. */
function connected(members: Node, labels: readonly number[], { edges }: Slow): readonly number[] {
  const labelOf = new Map(members.map((account, i) => [account, labels[i]]))
  const names = new Map(members.map((account) => [account, account]))
  for (let changed = true; changed; ) {
    changed = false
    for (const { a, b } of edges) {
      const least = Math.min(names.get(a) ?? a, names.get(b) ?? b)
      if (labelOf.get(a) !== labelOf.get(b) || (names.get(a) === least && names.get(b) === least)) continue
      names.set(a, least).set(b, least)
      changed = true
    }
  }
  return members.map((account) => names.get(account) ?? account)
}
