/** A graph of the shape that linking makes: many small dense groups, some joined by a few light edges. */
import type { PairEdges } from '../../graph/communities/pair-graph.ts'

/** A small generator with a fixed seed (Marsaglia 2003, xorshift32). */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

export interface BenchGraph {
  readonly accounts: number
  /** Ascending. */
  readonly ids: readonly string[]
  /** In order. */
  readonly edges: PairEdges
}

export function benchGraph(groups: number): BenchGraph {
  const random = numbers(7)
  const [a, b, weight]: [number[], number[], number[]] = [[], [], []]
  const put = (from: number, to: number, w: number): void => void (a.push(from), b.push(to), weight.push(w))
  let accounts = 0
  for (let group = 0; group < groups; group++) {
    const size = 2 + Math.floor(random() ** 4 * 24)
    // One group in four is tied to the one before, as a shared household card ties two rings.
    if (group > 0 && random() < 0.25) put(accounts - 1, accounts, 60_000 + Math.floor(random() * 300_000))
    for (let i = 0; i < size; i++) {
      for (let j = i + 1; j < size; j++) {
        if (size < 6 || random() < 0.6)
          put(accounts + i, accounts + j, 50_000 + Math.floor(random() * 900_000))
      }
    }
    accounts += size
  }
  const ids = Array.from({ length: accounts }, (_, i) => `acct_${String(i).padStart(8, '0')}`)
  return {
    accounts,
    ids,
    edges: { a: Int32Array.from(a), b: Int32Array.from(b), weight: Int32Array.from(weight) },
  }
}
