/**
 * Boosted trees on graph features, taught by the labels that reviewers gave and by nothing else: whoever is not
 * known to be fraud counts as honest. Each account is judged by trees that never saw it. Whom they flag and who
 * shares an identifier of few users is one community.
 */
import type { BaselineInput, Found } from '../baseline.ts'
import type { Matrix } from '../boosted-trees/bins.ts'
import { boost, predict } from '../boosted-trees/boost.ts'
import { joining } from '../sharing/components.ts'
import type { BaselineTable } from '../table.ts'
import { graphFeatures } from './graph-features.ts'

const folds = 5
const communityUsersMax = 10

/** `flagMin`: probability of being known as fraud, which is far below that of being fraud. */
export function supervised({ table }: BaselineInput, { flagMin }: { readonly flagMin: number }): Found {
  const risks = risksOf(table)
  const flagged = Uint8Array.from(risks, (risk) => Number(risk >= flagMin))
  const communities = joining(table.accounts.length)
  for (const { uses } of table.identifiers) {
    if (uses.length > communityUsersMax) continue
    const bad = uses.filter(({ account }) => flagged[account] === 1)
    for (const { account } of bad) communities.join(bad[0]?.account ?? account, account)
  }
  return { communityOf: communities.communityOf(), flagged }
}

function risksOf(table: BaselineTable): Float64Array {
  const columns = graphFeatures(table)
  const answers = Uint8Array.from(table.accounts, ({ known }) => Number(known === 'fraud'))
  const foldOf = foldsOf(table)
  const risks = new Float64Array(table.accounts.length)
  // Nobody to learn from.
  if (!answers.includes(1)) return risks
  for (let fold = 0; fold < folds; fold += 1) {
    const others = rowsWhere(foldOf, (own) => own !== fold)
    const own = rowsWhere(foldOf, (one) => one === fold)
    const model = boost(
      rowsOf(columns, others),
      Uint8Array.from(others, (row) => answers[row] ?? 0),
      { rounds: 40, depthMax: 3 },
    )
    predict(model, rowsOf(columns, own)).forEach((risk, at) => {
      risks[own[at] ?? 0] = risk
    })
  }
  return risks
}

/** By turns among those known and those not, in order of account, so that every fold has its share of both. */
function foldsOf({ accounts }: BaselineTable): Uint8Array {
  const turns = { known: 0, unknown: 0 }
  return Uint8Array.from(accounts, ({ known }) => {
    const side = known === 'fraud' ? 'known' : 'unknown'
    turns[side] += 1
    return turns[side] % folds
  })
}

const rowsWhere = (foldOf: Uint8Array, wanted: (fold: number) => boolean): Int32Array =>
  Int32Array.from(foldOf.keys()).filter((row) => wanted(foldOf[row] ?? 0))

const rowsOf = (columns: Matrix, rows: Int32Array): Matrix =>
  columns.map((values) => Float64Array.from(rows, (row) => values[row] ?? 0))
