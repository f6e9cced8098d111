/**
 * Two partitions of one graph made one that is as good as either, and better wherever they are good in different places.
 * Communities of the two that overlap make regions: no community of either crosses a region's border, and the objective
 * is a sum over communities, so each region is taken from whichever is better there (partition crossover: Whitley, Hains
 * & Howe 2009, "Tunneling between optima").
 */
import { disjointSets } from './disjoint-sets.ts'
import type { Level } from './level.ts'

/** `one` but where `other` is better; labels are those of the least nodes. `undefined` where it is better nowhere. */
export function bestOfBoth(
  level: Level,
  { one, other, gammaMicro }: { one: Int32Array; other: Int32Array; gammaMicro: number },
): Int32Array | undefined {
  const regions = disjointSets(level.nodes)
  for (const labels of [one, other])
    labels.forEach((label, node) => {
      regions.unite(node, label)
    })
  const gains = new Float64Array(level.nodes)
  const add = (labels: Int32Array, sign: 1 | -1): void =>
    twiceByCommunity(level, labels, gammaMicro).forEach((quality, label) => {
      const region = regions.rootOf(label)
      gains[region] = (gains[region] ?? 0) + sign * quality
    })
  add(one, -1)
  add(other, 1)
  if (gains.every((gain) => gain <= 0)) return undefined
  return one.map((label, node) => ((gains[regions.rootOf(node)] ?? 0) > 0 ? (other[node] ?? label) : label))
}

/** Twice what each community adds to the objective, by its label, the least of its nodes. */
function twiceByCommunity(
  { nodes, offsets, targets, weights }: Level,
  labels: Int32Array,
  gammaMicro: number,
): Float64Array {
  const sizes = new Float64Array(nodes)
  const quality = new Float64Array(nodes)
  labels.forEach((label, node) => {
    sizes[label] = (sizes[label] ?? 0) + 1
    for (let i = offsets[node] ?? 0; i < (offsets[node + 1] ?? 0); i++)
      if (labels[targets[i] ?? 0] === label) quality[label] = (quality[label] ?? 0) + (weights[i] ?? 0)
  })
  return quality.map((inner, label) => inner - gammaMicro * (sizes[label] ?? 0) * ((sizes[label] ?? 0) - 1))
}
