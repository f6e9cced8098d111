/** Greedy peeling of a bipartite graph: whoever is tied least goes, and the densest set on the way is kept. */
import { leastTree } from './least-tree.ts'

export interface Bipartite {
  readonly rows: number
  /** For each column the rows it ties, each once. */
  readonly columns: readonly (readonly number[])[]
}

export interface Block {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  /** Weight of the edges inside, over rows and columns inside. */
  readonly density: number
}

/** So that a column of one row has a finite weight; the paper's own. */
const smoothing = 5
/** Whole numbers, so that sums are exact and equals are equal whichever way they came about. */
const micro = 1e6

/** An edge counts less the more its column ties: camouflage in popular columns then gains nothing. Millionths. */
export const columnWeights = ({ columns }: Bipartite): Float64Array =>
  Float64Array.from(columns, ({ length }) => Math.round(micro / Math.log(length + smoothing)))

/** Of equally densest sets on the way the largest. Its density is at least half of the best there is (theorem 1). */
export function densestBlock(graph: Bipartite): Block {
  const { rows } = graph
  const { peeled, densities } = peelingOf(graph)
  let best = 0
  densities.forEach((density, gone) => {
    if (density > (densities[best] ?? 0)) best = gone
  })
  const inside = peeled.slice(best).toSorted((a, b) => a - b)
  return {
    rows: inside.filter((node) => node < rows),
    columns: inside.filter((node) => node >= rows).map((node) => node - rows),
    density: (densities[best] ?? 0) / micro,
  }
}

/** Nodes in the order they go: rows by their number, columns after them. Densities before each goes, in millionths. */
function peelingOf({ rows, columns }: Bipartite) {
  const weights = columnWeights({ rows, columns })
  const columnsOf = columnsByRow({ rows, columns })
  const othersOf = (node: number): readonly number[] =>
    (node < rows ? columnsOf[node] : columns[node - rows]) ?? []
  const weightBetween = (node: number, other: number): number => weights[Math.max(node, other) - rows] ?? 0
  const priorities = Float64Array.from({ length: rows + columns.length }, (_, node) => {
    const tied = othersOf(node).reduce((sum, other) => sum + weightBetween(node, other), 0)
    // Whoever is tied to nothing is in no block.
    return tied > 0 ? tied : Infinity
  })
  const tree = leastTree(priorities)
  const isLeft = priorities.map((priority) => Number(priority < Infinity))
  let left = isLeft.reduce((sum, one) => sum + one, 0)
  let edges = priorities.reduce((sum, priority) => sum + (priority < Infinity ? priority : 0), 0) / 2
  const [peeled, densities]: [number[], number[]] = [[], []]
  for (let node = tree.least(); node !== undefined; node = tree.least()) {
    densities.push(edges / left)
    peeled.push(node)
    tree.remove(node)
    isLeft[node] = 0
    left -= 1
    for (const other of othersOf(node)) {
      if (isLeft[other] === 0) continue
      edges -= weightBetween(node, other)
      tree.add(other, -weightBetween(node, other))
    }
  }
  return { peeled, densities }
}

/** As nodes. */
function columnsByRow({ rows, columns }: Bipartite): readonly (readonly number[])[] {
  const columnsOf: number[][] = Array.from({ length: rows }, () => [])
  columns.forEach((own, column) => {
    for (const row of own) columnsOf[row]?.push(rows + column)
  })
  return columnsOf
}
