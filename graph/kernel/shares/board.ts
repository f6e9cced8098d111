/**
 * What has to be searched, in memory that threads share: shares with their accounts and edges, numbered within the share.
 * It may be handed to another thread as it is. Accounts and edges keep their order, so that every component looks as it
 * did among all others.
 */
import type { PairEdges } from '../../communities/pair-graph.ts'
import { type IdHash, putHash } from '../../communities/visit-order.ts'
import type { Search } from '../search.ts'
import type { Deal } from './deal.ts'
import type { Split } from './split.ts'

export interface Board {
  readonly gammaMicro: number
  readonly search: Search
  readonly costs: readonly number[]
  /** By share, and one more: where its accounts and edges begin. */
  readonly accountStarts: Int32Array
  readonly edgeStarts: Int32Array
  /** By place of an account. */
  readonly hash: IdHash
  /** Filled by whoever solves: within the share, the least account of the community. */
  readonly labels: Int32Array
  readonly edges: PairEdges
  /** How many shares were taken. */
  readonly taken: Int32Array
  /** By share, one of `states`. */
  readonly states: Int32Array
}

export const states = { open: 0, solved: 1, failed: 2 } as const

/** A board, and what of it stays with whoever made it: by place, the account. */
export interface OwnBoard {
  readonly board: Board
  readonly accountAt: Int32Array
}

interface Ask {
  readonly pairs: PairEdges
  readonly ids: readonly string[]
  readonly split: Split
  readonly deal: Deal
}

export function boardOf(
  { pairs, ids, split, deal }: Ask,
  { gammaMicro, search }: Pick<Board, 'gammaMicro' | 'search'>,
): OwnBoard {
  const { costs } = deal
  const accountStarts = startsOf(split.accounts, deal)
  const edgeStarts = startsOf(split.edges, deal)
  const [accounts, edges] = [accountStarts.at(-1) ?? 0, edgeStarts.at(-1) ?? 0]
  const { placeOf, accountAt } = placed(split, { deal, accountStarts })
  const hash = { high: column(accounts), low: column(accounts) }
  for (let place = 0; place < accounts; place++) putHash(hash, place, ids[accountAt[place] ?? 0] ?? '')
  const columns = { a: column(edges), b: column(edges), weight: column(edges) }
  dealEdges(pairs, columns, { split, deal, placeOf, edgeStarts })
  return {
    accountAt,
    board: {
      gammaMicro,
      search,
      costs,
      accountStarts,
      edgeStarts,
      hash,
      labels: column(accounts),
      edges: columns,
      taken: column(1),
      states: column(costs.length),
    },
  }
}

const column = (length: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT))

function startsOf(counts: Int32Array, { shareOf, costs }: Deal): Int32Array {
  const starts = new Int32Array(costs.length + 1)
  counts.forEach((count, component) => {
    const share = shareOf[component] ?? -1
    if (share >= 0) starts[share + 1]! += count
  })
  for (let share = 0; share < costs.length; share++) starts[share + 1]! += starts[share] ?? 0
  return starts
}

/** Accounts share by share, ascending in each, and where in its share each stands. */
function placed(
  { componentOf }: Split,
  { deal: { shareOf }, accountStarts }: { readonly deal: Deal; readonly accountStarts: Int32Array },
) {
  const placeOf = new Int32Array(componentOf.length)
  const accountAt = new Int32Array(accountStarts.at(-1) ?? 0)
  const next = accountStarts.slice()
  for (let account = 0; account < componentOf.length; account++) {
    const component = componentOf[account] ?? -1
    if (component < 0) continue
    const share = shareOf[component] ?? -1
    if (share < 0) continue
    const place = next[share] ?? 0
    next[share] = place + 1
    placeOf[account] = place - (accountStarts[share] ?? 0)
    accountAt[place] = account
  }
  return { placeOf, accountAt }
}

interface Dealing extends Pick<Board, 'edgeStarts'> {
  readonly split: Split
  readonly deal: Deal
  readonly placeOf: Int32Array
}

/** Those that lead out of a component are too light to matter, and left. */
function dealEdges({ a, b, weight }: PairEdges, columns: PairEdges, dealing: Dealing): void {
  const { componentOf } = dealing.split
  const { shareOf } = dealing.deal
  const { placeOf } = dealing
  const next = dealing.edgeStarts.slice()
  for (let at = 0; at < a.length; at++) {
    const from = a[at] ?? 0
    const to = b[at] ?? 0
    const component = componentOf[from] ?? -1
    if (component < 0 || component !== componentOf[to]) continue
    const share = shareOf[component] ?? -1
    if (share < 0) continue
    const place = next[share] ?? 0
    next[share] = place + 1
    columns.a[place] = placeOf[from] ?? 0
    columns.b[place] = placeOf[to] ?? 0
    columns.weight[place] = weight[at] ?? 0
  }
}
