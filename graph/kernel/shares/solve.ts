/** Shares of a board, solved by whoever takes them: each by one, whatever the number of threads and the order. */
import { pairGraph } from '../../communities/pair-graph.ts'
import { referenceOf } from '../../communities/reference.ts'
import type { IdHash } from '../../communities/visit-order.ts'
import type { WithKernel } from '../kept.ts'
import { searchIn } from '../search.ts'
import { type Board, states } from './board.ts'

/** Takes shares until none is left. What fails is thrown, and nobody takes another. */
export function solveShares(board: Board, inKernel: WithKernel): void {
  try {
    for (let share = take(board); share !== undefined; share = take(board)) {
      solveShare(board, share, inKernel)
      settle(board, share, states.solved)
    }
  } finally {
    Atomics.store(board.taken, 0, board.costs.length)
  }
}

/** The same beside the board's owner, who is told of what fails and solves it. */
export function helpToSolve(board: Board, inKernel: WithKernel): void {
  for (let share = take(board); share !== undefined; share = take(board)) {
    try {
      solveShare(board, share, inKernel)
      settle(board, share, states.solved)
    } catch {
      settle(board, share, states.failed)
    }
  }
}

export interface Patience {
  readonly leastMs: number
  /** For every edge to look at. */
  readonly perCostMs: number
}

/** Ten seconds, and fifty times what a share usually takes: who has not solved it then never will. */
export const usualPatience: Patience = { leastMs: 10_000, perCostMs: 0.025 }

/** Waits for what others took, and solves what they could not, or do not come back with. */
export function awaitShares(board: Board, inKernel: WithKernel, patience: Patience): void {
  board.costs.forEach((cost, share) => {
    if (Atomics.load(board.states, share) === states.open)
      Atomics.wait(board.states, share, states.open, patience.leastMs + cost * patience.perCostMs)
    if (Atomics.load(board.states, share) === states.solved) return
    solveShare(board, share, inKernel)
    settle(board, share, states.solved)
  })
}

function take({ taken, costs }: Board): number | undefined {
  const share = Atomics.add(taken, 0, 1)
  return share < costs.length ? share : undefined
}

function settle({ states: all }: Board, share: number, state: number): void {
  Atomics.store(all, share, state)
  Atomics.notify(all, share)
}

/** The reference does what does not fit. */
function solveShare(board: Board, share: number, inKernel: WithKernel): void {
  const { gammaMicro, search } = board
  const { from, accounts, hash, edges } = partOf(board, share)
  const putHash = ({ high, low }: IdHash, place: number, account: number): void => {
    high[place] = hash.high[account] ?? 0
    low[place] = hash.low[account] ?? 0
  }
  inKernel(
    (kernel) => board.labels.set(searchIn(kernel, edges, { gammaMicro, accounts, search, putHash }), from),
    () => board.labels.set(referenceOf(pairGraph(accounts, edges), { gammaMicro, hash }), from),
  )
}

function partOf({ accountStarts, edgeStarts, hash, edges }: Board, share: number) {
  const [from = 0, end = 0] = [accountStarts[share], accountStarts[share + 1]]
  const cut = (all: Int32Array): Int32Array => all.subarray(edgeStarts[share], edgeStarts[share + 1])
  return {
    from,
    accounts: end - from,
    hash: { high: hash.high.subarray(from, end), low: hash.low.subarray(from, end) },
    edges: { a: cut(edges.a), b: cut(edges.b), weight: cut(edges.weight) },
  }
}
