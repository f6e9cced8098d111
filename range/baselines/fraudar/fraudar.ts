/**
 * FRAUDAR (Hooi et al. 2016, "FRAUDAR: Bounding Graph Fraud in the Face of Camouflage", KDD): the set of accounts and
 * identifiers of highest average suspiciousness, by greedy peeling, where an edge to an identifier of d accounts weighs
 * 1 / log(d + 5). As in the authors' code a block's accounts and identifiers are taken out and the search is repeated;
 * all accounts of blocks are acted on. Departures: identifiers of one account are left out, which else make a
 * block of anybody with many; and the connected parts of a block stand apart, since equally dense rings come as one.
 */
import type { BaselineInput, Found } from '../baseline.ts'
import { communityMin, flagLarge } from '../flags.ts'
import { joining } from '../sharing/components.ts'
import { tableFor } from '../table.ts'
import { type Bipartite, densestBlock } from './peel.ts'

export interface FraudarOptions {
  /** How many are searched for in 10,000 accounts. */
  readonly blocksPer10k: number
  readonly addresses: 0 | 1
}

export function fraudar(input: BaselineInput, { blocksPer10k, addresses }: FraudarOptions): Found {
  const { accounts, identifiers } = tableFor(input.table, { addresses })
  const blocks = Math.ceil((accounts.length * blocksPer10k) / 10_000)
  const parts = joining(accounts.length)
  let graph: Bipartite = {
    rows: accounts.length,
    columns: identifiers.map(({ uses }) => uses.map(({ account }) => account)).filter(tiesSeveral),
  }
  for (let found = 0; found < blocks && graph.columns.length > 0; found += 1) {
    const block = densestBlock(graph)
    const inside = new Set(block.rows)
    for (const column of block.columns) {
      const [first, ...others] = (graph.columns[column] ?? []).filter((account) => inside.has(account))
      for (const other of others) parts.join(first ?? other, other)
    }
    graph = without(graph, inside, new Set(block.columns))
  }
  const communityOf = parts.communityOf()
  return { communityOf, flagged: flagLarge(communityOf, communityMin) }
}

const tiesSeveral = ({ length }: readonly number[]): boolean => length > 1

const without = (
  { rows, columns }: Bipartite,
  goneRows: ReadonlySet<number>,
  goneColumns: ReadonlySet<number>,
): Bipartite => ({
  rows,
  columns: columns
    .filter((_, column) => !goneColumns.has(column))
    .map((own) => (own.some((row) => goneRows.has(row)) ? own.filter((row) => !goneRows.has(row)) : own))
    .filter(tiesSeveral),
})
