/** Links between accounts as columns, and how they are written. */
import { weightOf } from '../evidence/weight.ts'
import { Int32Column } from './columns.ts'

/** Pairs `a < b` by account number, ascending, with their evidence and probability in millionths. */
export interface LinkPairs {
  readonly a: Int32Array
  readonly b: Int32Array
  /** Micro-nats. */
  readonly evidence: Int32Array
  /** Probability in millionths, 1 to 1,000,000. */
  readonly weight: Int32Array
}

export interface PairWriter {
  /** `a < b`, after every pair before; `evidence` in micro-nats. */
  push(a: number, b: number, evidence: number): void
  /** The pairs so far; do not push afterwards. */
  pairs(): LinkPairs
}

export function pairWriter(): PairWriter {
  const [a, b] = [new Int32Column(), new Int32Column()]
  const [sums, weights] = [new Int32Column(), new Int32Column()]
  return {
    push(from, to, evidence) {
      a.push(from)
      b.push(to)
      sums.push(evidence)
      weights.push(weightOf(evidence))
    },
    pairs: () => ({ a: a.values(), b: b.values(), evidence: sums.values(), weight: weights.values() }),
  }
}
