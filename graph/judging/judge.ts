/** Who takes part in fraud, and whose account is in other hands: two passes, two numbers (detection.md, 3.7). */
import type { ChangedTable } from '../projection/change-table.ts'
import { carriedColumn, carriedColumns } from './features/columns.ts'
import type { JudgingInput } from './features/input.ts'
import { type HubReputations, measureReputations } from './features/suspicion.ts'
import { addHostility, addSuspicion, type Look, lookAt, plainLook, type Usual } from './look.ts'
import { type JudgingModels, probabilitiesOf, type TwoModels } from './models.ts'
import { type RowSet, type Rows, rowSet } from './rows.ts'
import { staleBySuspicion } from './stale/suspicion.ts'
import { type ClusteredBefore, clusterSuspects, type SuspectGroups } from './suspects/cluster.ts'
import { differing, type Suspicion } from './suspicion.ts'
import { withTaken } from './taken.ts'
import { rowsParted, splitsOf } from './trees/splits.ts'
import { withVisited } from './visited.ts'

/** What is measured of a population while it is judged. */
export interface JudgedBy {
  readonly usual: Usual
  readonly hubs: HubReputations
}

export interface Judgement extends Suspicion {
  /** Probability that each community is hostile. */
  readonly hostile: Float64Array
  /** What each round of models said, and how those cluster whom the first suspects. */
  readonly first: Suspicion & { readonly groups: SuspectGroups }
  readonly second: Suspicion
  /** How those cluster whom the final figures suspect. */
  readonly groups: SuspectGroups
  readonly look: Look
  readonly by: JudgedBy
}

/** What was judged before the state changed. */
export interface JudgedBefore {
  readonly judgement: Judgement
  readonly changed: ChangedTable
  /** Accounts with a link that is new, gone or of other evidence. */
  readonly moved: readonly number[]
}

export interface Judged {
  readonly judgement: Judgement
  /** Accounts that were judged, and those of which it is said otherwise for what others are. */
  readonly rows: Rows
  /** Accounts with a link to a suspect that is new, gone or of other evidence. */
  readonly moved: readonly number[]
  /** Accounts in components of suspects that were solved, by either round. */
  readonly suspectsSolved: number
}

export interface JudgeOptions {
  /** As another run measured it; measured anew when not given. */
  readonly by?: JudgedBy | undefined
  /** By the same models and the same measure: what nothing has touched is taken from there. */
  readonly before?: JudgedBefore | undefined
}

export const judge = (input: JudgingInput, models: JudgingModels): Judgement =>
  judgeBy(input, models, {}).judgement

export function judgeBy(input: JudgingInput, models: JudgingModels, { by, before }: JudgeOptions): Judged {
  const { table, kindOf } = input
  const known = before && carried(before, input.stale.placeBefore)
  const { usual, ...look } = lookAt(input, models.tails, {
    accounts: plainLook(input, known?.accounts),
    ...(known && { communities: known.communities }),
    ...(by && { usual: by.usual }),
  })
  const hostile = hostilityIn(look, models, known?.hostile)
  addHostility(look, hostile)
  const looked = staleAccounts(input)
  const rows = saidOtherwise(models.first, look, { rows: looked, before })
  const first = suspicionBy(models.first, look, { rows, known: known?.first })
  const among = clusterSuspects(table, first, { kindOf, ...clusteredBefore(before, before?.judgement.first) })
  const hubs = by?.hubs ?? measureReputations(table, first)
  const seen = before
    ? staleBySuspicion({ ...before, suspicion: first, among, pairs: input.pairs, hubs })
    : looked
  addSuspicion(look, first, { groups: among.groups, hubs, rows: seen })
  looked.addAll(seen.list)
  rows.addAll(saidOtherwise(models.second, look, { rows: looked, before }).list)
  const second = suspicionBy(models.second, look, { rows, known: known?.second })
  const suspicion = withVisited(input, withTaken(input, second))
  const clustered = clusterSuspects(table, suspicion, {
    kindOf,
    ...clusteredBefore(before, before?.judgement),
  })
  if (before) rows.addAll(differing(suspicion, before.judgement, before.changed))
  const { groups, moved } = clustered
  return {
    judgement: {
      ...suspicion,
      hostile,
      first: { ...first, groups: among.groups },
      second,
      groups,
      look,
      by: { usual, hubs },
    },
    rows,
    moved,
    suspectsSolved: among.accountsSolved + clustered.accountsSolved,
  }
}

/** Everything as it was, by the numbers rows have now. */
function carried({ judgement, changed }: JudgedBefore, placeBefore: Int32Array) {
  const { look, hostile, first, second } = judgement
  const { accountBefore } = changed
  const suspicion = ({ risk, compromise }: Suspicion): Suspicion => ({
    risk: carriedColumn(risk, accountBefore),
    compromise: carriedColumn(compromise, accountBefore),
  })
  return {
    accounts: carriedColumns(look.accounts, accountBefore),
    communities: carriedColumns(look.communities, placeBefore),
    hostile: carriedColumn(hostile, placeBefore),
    first: suspicion(first),
    second: suspicion(second),
  }
}

function staleAccounts({ table, stale }: JudgingInput): RowSet {
  const rows = rowSet(table.facts.length)
  for (const { list } of [stale.own, stale.linked, stale.members]) rows.addAll(list)
  return rows
}

/** Of these accounts those of which models may say other than before. */
function saidOtherwise(
  { risk, compromise }: TwoModels,
  { accounts }: Look,
  { rows, before }: { readonly rows: Rows; readonly before: JudgedBefore | undefined },
): RowSet {
  if (!before) return rowSet(accounts.accounts, rows.list)
  const { judgement, changed } = before
  const columns = { now: accounts.columns, known: judgement.look.accounts.columns }
  return rowsParted(splitsOf([risk, compromise]), columns, { rows, before: changed.accountBefore })
}

function hostilityIn(
  { input, communities }: Look,
  { ring }: JudgingModels,
  hostile: Float64Array = new Float64Array(communities.accounts),
): Float64Array {
  const { list } = input.stale.communities
  probabilitiesOf(ring, communities.columns, list).forEach((value, at) => {
    hostile[list[at] ?? -1] = value
  })
  return hostile
}

/** `known`: what the same models said of accounts that are not in `rows`. */
function suspicionBy(
  { risk, compromise }: TwoModels,
  { accounts: { accounts, columns } }: Look,
  { rows, known }: { readonly rows: Rows; readonly known: Suspicion | undefined },
): Suspicion {
  const said = apart({
    risk: probabilitiesOf(risk, columns, rows.list),
    compromise: probabilitiesOf(compromise, columns, rows.list),
  })
  const all = known ?? { risk: new Float64Array(accounts), compromise: new Float64Array(accounts) }
  rows.list.forEach((account, at) => {
    all.risk[account] = said.risk[at] ?? 0
    all.compromise[account] = said.compromise[at] ?? 0
  })
  return all
}

const clusteredBefore = (
  before: JudgedBefore | undefined,
  said: (Suspicion & { readonly groups: SuspectGroups }) | undefined,
): { readonly before?: ClusteredBefore } =>
  before && said ? { before: { suspicion: said, groups: said.groups, changed: before.changed } } : {}

/** Each was asked for by itself; together they may not pass certainty. */
export const apart = ({ risk, compromise }: Suspicion): Suspicion => {
  const scale = risk.map((own, account) => Math.max(1, own + (compromise[account] ?? 0)))
  return {
    risk: risk.map((own, account) => own / (scale[account] ?? 1)),
    compromise: compromise.map((own, account) => own / (scale[account] ?? 1)),
  }
}
