/** Clustering again among those who are suspicious already, where weaker evidence may speak. */
import { partition } from '../../kernel/partition.ts'
import type { KindLookup } from '../../projection/entities.ts'
import type { LinkPairs } from '../../projection/link-pairs.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import { projectSuspects } from './project.ts'
import { sharesAmong } from './shares.ts'

/** Probabilities by account: that its owner takes part in fraud; that somebody else controls it. */
export interface Suspicion {
  readonly risk: Float64Array
  readonly compromise: Float64Array
}

/** From this sum of both an account is a suspect. */
const suspectMin = 0.1

/** A hair above that of all accounts: there is less honest company to part from. */
const gammaMicro = 45_000

export interface SuspectGroups {
  readonly pairs: LinkPairs
  /** The group of each account by its least account; whoever is no suspect is alone. */
  readonly labels: Int32Array
}

export function clusterSuspects(
  table: LinkTable,
  { risk, compromise }: Suspicion,
  kindOf: KindLookup,
): SuspectGroups {
  const isSuspect = (account: number): boolean =>
    (risk[account] ?? 0) + (compromise[account] ?? 0) >= suspectMin
  const pairs = projectSuspects(sharesAmong(table, isSuspect, kindOf))
  const ids = table.facts.map(({ account }) => account)
  return { pairs, labels: partition(pairs, { gammaMicro, ids }) }
}
