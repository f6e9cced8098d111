/**
 * Who met suspects on a visit only, during which credentials or payout details changed, was visited by them: what came
 * of that says nothing of the owner. It takes neither a cohort nor an account that was established for long.
 */
import type { LinkTable } from '../projection/link-table.ts'
import { usedBy, usersOf } from '../projection/uses/of.ts'
import { briefMs } from '../takeover/arrivals.ts'
import { dayMs } from '../time.ts'
import type { JudgingInput } from './features/input.ts'
import type { Suspicion } from './suspicion.ts'
import { reviewMin } from './thresholds.ts'

/** Days on which a visitor uses a device at the most. */
const visitDaysMax = 2
/** Changes so long after the last sight still belong to a visit. */
const aftermathMs = 3 * dayMs
/** By what an account that nobody suspects counts among users, and how many users make a thing anybody's. */
const [honestWeight, usersMax] = [0.1, 12]

type Seen = Pick<JudgingInput, 'table' | 'kindOf'>

/** What was risk becomes compromise. */
export function withVisited({ table, kindOf }: Seen, { risk, compromise }: Suspicion): Suspicion {
  const [suspects, visited] = [new Uint8Array(risk.length), new Uint8Array(risk.length)]
  risk.forEach((own, account) => {
    if (own + (compromise[account] ?? 0) >= reviewMin) suspects[account] = 1
  })
  risk.forEach((own, account) => {
    if (own >= reviewMin && wasVisited({ table, kindOf }, account, suspects)) visited[account] = 1
  })
  const raised = compromise.map((own, account) =>
    visited[account] === 1 ? Math.max(own, risk[account] ?? 0) : own,
  )
  return {
    compromise: raised,
    risk: risk.map((own, account) => (visited[account] === 1 ? own * (1 - (raised[account] ?? 0)) : own)),
  }
}

function wasVisited({ table, kindOf }: Seen, account: number, suspects: Uint8Array): boolean {
  const { bornAt = -Infinity, sensitiveChangesAt = [] } = table.facts.at(account) ?? {}
  if (sensitiveChangesAt.length === 0) return false
  const { identifiers, ties } = usedBy(table, account)
  const met = ties.filter((tie, place) => {
    const kind = kindOf(tie.kind)
    const isDevice = kind?.family === 'hardware' && kind.evidence.accountsMax === undefined
    return isDevice && isTheirs(table, { account, identifier: identifiers[place] ?? -1, suspects })
  })
  const from = met.reduce((first, { firstAt }) => Math.min(first, firstAt), Infinity)
  const until = met.reduce((last, { lastAt }) => Math.max(last, lastAt), -Infinity)
  return (
    met.length > 0 &&
    met.every((tie) => tie.days.length <= visitDaysMax && tie.lastAt - tie.firstAt <= briefMs) &&
    bornAt < from - dayMs &&
    sensitiveChangesAt.some((at) => at >= from && at <= until + aftermathMs)
  )
}

/** Whether suspects use it, and few others. */
function isTheirs(
  table: LinkTable,
  { account, identifier, suspects }: { account: number; identifier: number; suspects: Uint8Array },
): boolean {
  const users = usersOf(table, identifier)
  const others = users.reduce((sum, user) => sum + (user === account ? 0 : (suspects[user] ?? 0)), 0)
  return others > 0 && others + honestWeight * (users.length - others) <= usersMax
}
