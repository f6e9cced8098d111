/** Who takes part in fraud, and whose account is in other hands: two passes, two numbers (detection.md, 3.7). */
import type { JudgingInput } from './features/input.ts'
import type { HubReputations } from './features/suspicion.ts'
import { addHostility, addSuspicion, type Look, lookAt, type Usual } from './look.ts'
import { type JudgingModels, probabilities, type TwoModels } from './models.ts'
import { clusterSuspects, type SuspectGroups, type Suspicion } from './suspects/cluster.ts'
import { withTaken } from './taken.ts'
import { withVisited } from './visited.ts'

/** What is measured of a population while it is judged. */
export interface JudgedBy {
  readonly usual: Usual
  readonly hubs: HubReputations
}

export interface Judgement extends Suspicion {
  /** Probability that each community is hostile. */
  readonly hostile: Float64Array
  /** How those cluster whom the final figures suspect. */
  readonly groups: SuspectGroups
  readonly look: Look
  readonly by: JudgedBy
}

/** `by`: as another run measured it; measured anew when not given. */
export function judge(input: JudgingInput, models: JudgingModels, by?: JudgedBy): Judgement {
  const { usual, ...look } = lookAt(input, models.tails, by && { usual: by.usual })
  const hostile = probabilities(models.ring, look.communities.columns, look.communities.accounts)
  addHostility(look, hostile)
  const hubs = addSuspicion(look, suspicionBy(models.first, look), by?.hubs)
  const suspicion = withVisited(input, withTaken(input, suspicionBy(models.second, look)))
  const groups = clusterSuspects(input.table, suspicion, input.kindOf)
  return { ...suspicion, hostile, look, groups, by: { usual, hubs } }
}

function suspicionBy({ risk, compromise }: TwoModels, { accounts }: Look): Suspicion {
  return apart({
    risk: probabilities(risk, accounts.columns, accounts.accounts),
    compromise: probabilities(compromise, accounts.columns, accounts.accounts),
  })
}

/** Each was asked for by itself; together they may not pass certainty. */
export const apart = ({ risk, compromise }: Suspicion): Suspicion => {
  const scale = risk.map((own, account) => Math.max(1, own + (compromise[account] ?? 0)))
  return {
    risk: risk.map((own, account) => own / (scale[account] ?? 1)),
    compromise: compromise.map((own, account) => own / (scale[account] ?? 1)),
  }
}
