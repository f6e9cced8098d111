/** Who is linked to whom and in which community: found in full, or again after a change, with one result. */
import { gammaMicro } from './communities/gamma.ts'
import { louvain } from './communities/louvain.ts'
import { pairGraph } from './communities/pair-graph.ts'
import { type Solver, solveComponents } from './kernel/partition.ts'
import {
  type ComponentNumbers,
  componentNumbers,
  componentsNow,
  partitionAgain,
} from './kernel/partition-again.ts'
import { projection } from './kernel/projection.ts'
import { type AgainOptions, projectAgain } from './kernel/projection-again.ts'
import { type ChangedTable, changeTable, labelsNow, type StateChange } from './projection/change-table.ts'
import type { KindLookup } from './projection/entities.ts'
import type { LinkPairs } from './projection/link-pairs.ts'
import type { LinkTable } from './projection/link-table.ts'
import type { PublicnessFactors } from './projection/publicness.ts'
import type { DetectionRun } from './ring.ts'
import { type Votes, votesOf } from './rings/stitch.ts'
import { votesAgain } from './rings/stitch-again.ts'
import type { LinkingWork } from './run-work.ts'

/** What linking found, and what it goes on from. */
export interface Links {
  readonly table: LinkTable
  readonly asOf: number
  readonly publicness: PublicnessFactors
  readonly pairs: LinkPairs
  /** The community of each account, by its least account. */
  readonly communities: Int32Array
  /** Counted when somebody changes for the first time. */
  readonly components?: ComponentNumbers
  /** Which communities addresses would join. */
  readonly votes: Votes
}

export interface LinkOptions {
  readonly kindOf: KindLookup
  readonly asOf: number
  /** As another run measured it; measured anew when not given. */
  readonly publicness?: PublicnessFactors
  readonly method?: DetectionRun['method']
  /** Finds communities; in this thread alone when not given. */
  readonly solve?: Solver
}

export function link(
  table: LinkTable,
  { kindOf, asOf, method, solve = solveComponents, ...frozen }: LinkOptions,
): Links {
  const { publicness, pairs } = projection(table, { kindOf, asOf, ...frozen })
  const communities =
    method === 'louvain'
      ? louvain(pairGraph(table.facts.length, pairs))
      : solve(pairs, { gammaMicro, ids: idsOf(table) }).labels
  return { table, asOf, publicness, pairs, communities, votes: votesOf(table, communities) }
}

export interface LinkedAgain {
  readonly links: Links
  readonly changed: ChangedTable
  /** Accounts with a link that is new, gone or of other evidence. */
  readonly moved: readonly number[]
  readonly work: LinkingWork
}

/** The same as `link` by its usual method on the changed table with the same publicness. */
export function linkAgain(
  known: Links,
  change: StateChange,
  { kindOf, partMax, ...means }: Pick<LinkOptions, 'kindOf' | 'solve'> & Pick<AgainOptions, 'partMax'>,
): LinkedAgain {
  const { asOf, publicness } = known
  const found = changeTable(known.table, change)
  const changed = { ...found, table: { ...found.table, dataHasSignups: known.table.dataHasSignups } }
  const { table } = changed
  const { pairs, moved, accountsProjected } = projectAgain(changed, known.pairs, {
    kindOf,
    asOf,
    publicness,
    ...(partMax !== undefined && { partMax }),
  })
  const before =
    known.components ?? componentNumbers(known.pairs, { gammaMicro, accounts: known.table.facts.length })
  const solved = partitionAgain(
    pairs,
    {
      labels: labelsNow(known.communities, changed),
      components: componentsNow(before, changed),
      moved,
    },
    { gammaMicro, idAt: (account) => table.facts.idAt(account), ...means },
  )
  const { votes, weeksCounted } = votesAgain(changed, known.votes, solved)
  const { accountsSolved, labels: communities, components } = solved
  const work = {
    accountsChanged: changed.touched.length,
    accountsProjected,
    accountsSolved,
    weeksCounted,
  }
  const links = { table, asOf, publicness, pairs, communities, components, votes }
  return { links, changed, moved, work }
}

const idsOf = ({ facts }: LinkTable): readonly string[] => facts.ids
