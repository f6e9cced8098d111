/** The probability graph as immutable compressed rows. */

/** Weights are probabilities in millionths, whole numbers from 1 to 1,000,000. */
export interface PairEdges {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly weight: Int32Array
}

/** Undirected: every edge stands in the rows of both its ends. Neighbours ascend within a row. */
export interface PairGraph {
  readonly accounts: number
  /** `accounts + 1` long; the row of account `v` is `offsets[v]` to `offsets[v + 1]`. */
  readonly offsets: Int32Array
  readonly targets: Int32Array
  readonly weights: Int32Array
}

/** Edges in any order and direction, each pair once, no loops; throws `RangeError` for anything else. */
export function pairGraph(accounts: number, { a, b, weight }: PairEdges): PairGraph {
  const offsets = new Int32Array(accounts + 1)
  for (let i = 0; i < a.length; i++) {
    checkEdge(accounts, a[i] ?? -1, b[i] ?? -1)
    offsets[(a[i] ?? 0) + 1]!++
    offsets[(b[i] ?? 0) + 1]!++
  }
  for (let v = 0; v < accounts; v++) offsets[v + 1]! += offsets[v] ?? 0
  const graph = fillRows(offsets, { a, b, weight })
  return { accounts, offsets, ...sortRows(accounts, offsets, graph) }
}

function checkEdge(accounts: number, a: number, b: number): void {
  if (a < 0 || b < 0 || a >= accounts || b >= accounts || a === b) {
    throw new RangeError(`An edge joins two different accounts of 0 to ${accounts - 1}, not ${a} and ${b}`)
  }
}

interface Rows {
  readonly targets: Int32Array
  readonly weights: Int32Array
}

function fillRows(offsets: Int32Array, { a, b, weight }: PairEdges): Rows {
  const next = offsets.slice(0, -1)
  const targets = new Int32Array(a.length * 2)
  const weights = new Int32Array(a.length * 2)
  const put = (from: number, to: number, w: number): void => {
    const place = next[from]!++
    targets[place] = to
    weights[place] = w
  }
  for (let i = 0; i < a.length; i++) {
    put(a[i] ?? 0, b[i] ?? 0, weight[i] ?? 0)
    put(b[i] ?? 0, a[i] ?? 0, weight[i] ?? 0)
  }
  return { targets, weights }
}

/** Transposing a graph that equals its transpose sorts every row, in linear time. */
function sortRows(accounts: number, offsets: Int32Array, { targets, weights }: Rows): Rows {
  const next = offsets.slice(0, -1)
  const sorted = { targets: new Int32Array(targets.length), weights: new Int32Array(weights.length) }
  for (let v = 0; v < accounts; v++) {
    for (let i = offsets[v] ?? 0; i < (offsets[v + 1] ?? 0); i++) {
      const u = targets[i] ?? 0
      const place = next[u]!++
      if (place > (offsets[u] ?? 0) && sorted.targets[place - 1] === v) {
        throw new RangeError(`The pair ${v}, ${u} is given twice`)
      }
      sorted.targets[place] = v
      sorted.weights[place] = weights[i] ?? 0
    }
  }
  return sorted
}
