/**
 * The partition of graph/communities/reference.ts, byte for byte, by the kernel: what one component holds never touches
 * another, so components may be dealt into shares, of which other threads solve some.
 */
import type { PairEdges } from '../communities/pair-graph.ts'
import type { PartitionOptions } from '../communities/reference.ts'
import { putHash } from '../communities/visit-order.ts'
import type { Kernel } from './instance.ts'
import { type WithKernel, withKernel } from './kept.ts'
import { type Search, searchIn, usualSearch } from './search.ts'
import { type Board, boardOf, type OwnBoard } from './shares/board.ts'
import { dealComponents, startsUsual } from './shares/deal.ts'
import { awaitShares, type Patience, solveShares, usualPatience } from './shares/solve.ts'
import { alone, type Split, splitGraph, unasked } from './shares/split.ts'

export interface ComponentsAsked extends PartitionOptions {
  /** Only components that hold one of these are solved; all when not given. */
  readonly among?: readonly number[]
}

export interface Solved {
  /** By account, the least account of its community; -1 in components that nobody asked for. */
  readonly labels: Int32Array
  /** Accounts in the components that were asked for; of some components alone, those of two or more. */
  readonly accountsSolved: number
}

/**
 * The community of each account, named by its least account. The same ids and pairs give the same communities, whoever
 * solves them. Pairs are `a < b` and ascend by `a`, then by `b`. `RangeError` for pairs that do not, weights that are no
 * probabilities and a gamma that is no whole number of millionths.
 */
export type Solver = (pairs: PairEdges, asked: ComponentsAsked) => Solved

/** Other threads, which take shares from a board that they are shown. */
export interface Helpers {
  /** How many there are at most. */
  readonly threads: number
  /** Returns at once; who never comes is not waited for. */
  show(board: Board): void
}

/** Below so many edges to look at it takes as long to start a thread as to do without. */
const costOfHelp = 4_000_000

export const solveComponents = componentSolver()

/** The community of each account, solved in this thread alone. */
export const partition = (pairs: PairEdges, options: PartitionOptions): Int32Array =>
  solveComponents(pairs, options).labels

export interface SolverOptions {
  readonly inKernel?: WithKernel
  readonly helpers?: Helpers
  /** Helpers are asked where there is so much to do beside the dearest share, in edges to look at. */
  readonly helpFrom?: number
  /** How long a share that somebody took is waited for, before the caller solves it. */
  readonly patience?: Patience
}

/** The whole graph in one kernel, unless others can help, only some components are asked for, or it does not fit. */
export function componentSolver({
  inKernel = withKernel,
  helpers,
  helpFrom = costOfHelp,
  patience = usualPatience,
}: SolverOptions = {}): Solver {
  return (pairs, asked) => {
    const { gammaMicro, ids, among } = asked
    checkGamma(gammaMicro)
    checkColumns(pairs)
    const isShared = helpers !== undefined && pairs.a.length * startsUsual >= helpFrom
    const inShares = (): Solved =>
      solveInShares(pairs, asked, { inKernel, patience, helpFrom, ...(isShared && { helpers }) })
    if (isShared || among) return inShares()
    return inKernel(
      (kernel) => ({ labels: partitionIn(kernel, pairs, { gammaMicro, ids }), accountsSolved: ids.length }),
      inShares,
    )
  }
}

/** In an instance of the caller's, for as long as it says; `KernelFull` when the graph does not fit. */
export function partitionIn(
  kernel: Kernel,
  pairs: PairEdges,
  { gammaMicro, ids, ...search }: PartitionOptions & Partial<Search>,
): Int32Array {
  checkGamma(gammaMicro)
  checkColumns(pairs)
  const labels = searchIn(kernel, pairs, {
    gammaMicro,
    accounts: ids.length,
    search: { ...usualSearch, ...search },
    putHash: (hash, place, account) => putHash(hash, place, ids[account] ?? ''),
  })
  return labels.slice()
}

type Means = Required<Omit<SolverOptions, 'helpers'>> & Pick<SolverOptions, 'helpers'>

function solveInShares(
  pairs: PairEdges,
  { gammaMicro, ids, among }: ComponentsAsked,
  { inKernel, helpers, helpFrom, patience }: Means,
): Solved {
  const search = usualSearch
  const split = splitGraph(pairs, { gammaMicro, accounts: ids.length, ...(among && { among }) })
  const deal = dealComponents(split, { threads: 1 + (helpers?.threads ?? 0), search })
  const own = boardOf({ pairs, ids, split, deal }, { gammaMicro, search })
  const besideDearest = deal.costs.slice(1).reduce((sum, cost) => sum + cost, 0)
  if (deal.costs.length > 1 && besideDearest >= helpFrom) helpers?.show(own.board)
  solveShares(own.board, inKernel)
  awaitShares(own.board, inKernel, patience)
  const accountsSolved = split.accounts.reduce((sum, accounts) => sum + accounts, 0)
  return { labels: named(split, own), accountsSolved }
}

/** Components that needed no search have their names already. */
function named({ componentOf, roots }: Split, { board, accountAt }: OwnBoard): Int32Array {
  // In place: which component it was is asked no more.
  const labels = componentOf
  for (let account = 0; account < labels.length; account++) {
    const component = componentOf[account] ?? alone
    if (component === alone) labels[account] = account
    else labels[account] = component === unasked ? -1 : (roots[component] ?? account)
  }
  for (let share = 0; share < board.costs.length; share++) {
    const from = board.accountStarts[share] ?? 0
    const end = board.accountStarts[share + 1] ?? 0
    for (let place = from; place < end; place++)
      labels[accountAt[place] ?? 0] = accountAt[from + (board.labels[place] ?? 0)] ?? 0
  }
  return labels
}

function checkGamma(gammaMicro: number): void {
  if (!Number.isInteger(gammaMicro) || gammaMicro < 1 || gammaMicro > 1_000_000) {
    throw new RangeError(`Gamma is a whole number of millionths from 1 to 1,000,000, not ${gammaMicro}`)
  }
}

function checkColumns({ a, b, weight }: PairEdges): void {
  if (b.length !== a.length || weight.length !== a.length)
    throw new RangeError('Columns of pairs differ in length')
}
