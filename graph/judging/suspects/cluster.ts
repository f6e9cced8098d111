/** Clustering again among those who are suspicious already, where weaker evidence may speak. */
import { asSaid, saidPairs } from '../../assertions/links.ts'
import { partition } from '../../kernel/partition.ts'
import { componentNumbers, partitionAgain } from '../../kernel/partition-again.ts'
import { type ChangedTable, labelsNow } from '../../projection/change-table.ts'
import type { KindLookup } from '../../projection/entities.ts'
import type { LinkPairs } from '../../projection/link-pairs.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import { renumberPairs } from '../../projection/renumber-pairs.ts'
import { replaceLinks } from '../../projection/replace-links.ts'
import type { Suspicion } from '../suspicion.ts'
import { projectSuspects } from './project.ts'
import { sharesAmong } from './shares.ts'
import { staleSuspects } from './stale.ts'

/** From this sum of both an account is a suspect. */
const suspectMin = 0.1

/** A hair above that of all accounts: there is less honest company to part from. */
const suspectsGammaMicro = 45_000

export interface SuspectGroups {
  readonly pairs: LinkPairs
  /** The group of each account by its least account; whoever is no suspect is alone. */
  readonly labels: Int32Array
}

/** How suspects clustered before the state changed, and whom was suspected then. */
export interface ClusteredBefore {
  readonly suspicion: Suspicion
  readonly groups: SuspectGroups
  readonly changed: ChangedTable
}

export interface Clustered {
  readonly groups: SuspectGroups
  /** Accounts with a link to a suspect that is new, gone, or of other evidence; those of another group. */
  readonly moved: readonly number[]
  readonly regrouped: readonly number[]
  /** Accounts in the components that were solved. */
  readonly accountsSolved: number
}

const isSuspectIn =
  ({ risk, compromise }: Suspicion) =>
  (account: number): boolean =>
    (risk[account] ?? 0) + (compromise[account] ?? 0) >= suspectMin

/** `before`: only those are clustered again whom what changed may have touched. */
export function clusterSuspects(
  table: LinkTable,
  suspicion: Suspicion,
  { kindOf, before }: { readonly kindOf: KindLookup; readonly before?: ClusteredBefore },
): Clustered {
  const isSuspect = isSuspectIn(suspicion)
  const accounts = table.facts.length
  const said = saidPairs(table).filter(({ a, b }) => isSuspect(a) && isSuspect(b))
  if (!before) {
    const pairs = asSaid(projectSuspects(sharesAmong(table, isSuspect, { kindOf })), said)
    const labels = partition(pairs, { gammaMicro: suspectsGammaMicro, ids: table.facts.ids })
    const everybody = [...labels.keys()]
    return { groups: { pairs, labels }, moved: everybody, regrouped: everybody, accountsSolved: accounts }
  }
  const { changed, groups: known } = before
  const rows = staleSuspects(changed, { isSuspect, wasSuspect: isSuspectIn(before.suspicion), kindOf })
  const found = asSaid(
    projectSuspects(sharesAmong(table, isSuspect, { kindOf, rows }), rows),
    said.filter(({ a }) => rows.has(a)),
  )
  const { accountNow } = changed
  const { pairs, moved } = replaceLinks(known.pairs, {
    isAgain: (a) => rows.has(a),
    found,
    accounts,
    accountNow,
  })
  const solved = partitionAgain(
    pairs,
    {
      labels: labelsNow(known.labels, changed),
      components: componentNumbers(renumberPairs(known.pairs, accountNow), {
        gammaMicro: suspectsGammaMicro,
        accounts,
      }),
      moved,
    },
    { gammaMicro: suspectsGammaMicro, idAt: (account) => table.facts.idAt(account) },
  )
  return { ...solved, groups: { pairs, labels: solved.labels }, moved }
}
