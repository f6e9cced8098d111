/** Local moving: every node goes where modularity rises most, until none wants to move. */
import { type Level, type NeighbourSums, neighbourSums } from './level.ts'

/** Sums of doubles differ by so much in another order. */
const gainMin = 1e-12

/** Moves nodes between the communities of `labels`, in place. Ties go to the lowest label. */
export function localMove(level: Level, labels: Int32Array): void {
  const communities = communitiesOf(level, labels)
  const sums = neighbourSums(level.nodes)
  const waiting = Array.from({ length: level.nodes }, (_, node) => node)
  const isWaiting = new Uint8Array(level.nodes).fill(1)
  for (let at = 0; at < waiting.length; at += 1) {
    const node = waiting[at] ?? 0
    isWaiting[node] = 0
    sums.addRow(level, node, { labels })
    const own = labels[node] ?? 0
    const best = bestLabel(level, node, {
      own,
      sums,
      mass: communities.mass,
      empty: communities.emptyFor(own),
    })
    sums.clear()
    if (best === own) continue
    communities.move(node, best)
    for (const neighbour of neighboursOf(level, node)) {
      if (labels[neighbour] === best || isWaiting[neighbour] === 1) continue
      isWaiting[neighbour] = 1
      waiting.push(neighbour)
    }
  }
}

/** Keeps count of what moves do to communities. */
function communitiesOf({ nodes, strengths }: Level, labels: Int32Array) {
  const sizes = new Int32Array(nodes)
  const mass = new Float64Array(nodes)
  labels.forEach((label, node) => {
    sizes[label]! += 1
    mass[label]! += strengths[node] ?? 0
  })
  const empty = Array.from(sizes.keys()).filter((label) => sizes[label] === 0)
  return {
    mass,
    /** A node that is alone gains nothing by being alone elsewhere. */
    emptyFor: (own: number): number | undefined => (sizes[own] === 1 ? undefined : empty.at(-1)),
    move(node: number, to: number): void {
      const from = labels[node] ?? 0
      if (to === empty.at(-1)) empty.pop()
      sizes[from]! -= 1
      sizes[to]! += 1
      if (sizes[from] === 0) empty.push(from)
      mass[from]! -= strengths[node] ?? 0
      mass[to]! += strengths[node] ?? 0
      labels[node] = to
    },
  }
}

interface Choice {
  readonly own: number
  /** Strength of each community, the node's own included where it lies. */
  readonly mass: Float64Array
  readonly sums: NeighbourSums
  /** A label nobody has, for a node that is better off alone. */
  readonly empty: number | undefined
}

function bestLabel({ strengths, total }: Level, node: number, { own, mass, sums, empty }: Choice): number {
  const strength = strengths[node] ?? 0
  const gain = (label: number): number => {
    const others = (mass[label] ?? 0) - (label === own ? strength : 0)
    return sums.of(label) - (strength * others) / total
  }
  let best = own
  let bestGain = gain(own)
  for (const label of empty === undefined ? sums.touched : [...sums.touched, empty]) {
    const gained = gain(label)
    const isTie = Math.abs(gained - bestGain) <= gainMin
    if (isTie ? best !== own && label < best : gained > bestGain) {
      best = label
      bestGain = gained
    }
  }
  return best
}

const neighboursOf = ({ offsets, targets }: Level, node: number): Int32Array =>
  targets.subarray(offsets[node] ?? 0, offsets[node + 1] ?? 0)
