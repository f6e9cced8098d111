/** What reviewers come to know: a part of the fraud, late, and some mistakes. */
import type { LabelReason } from '../graph/model.ts'
import { isoTime } from './event.ts'
import type { Random } from './random.ts'
import { dayMs } from './times.ts'
import { fraudRoles, type TruthRole } from './truth.ts'

const source = 'review'
const lateMeanDays = 6

interface Known {
  readonly account: string
  readonly role: TruthRole
  /** When its part in a crime began. */
  readonly since?: number | undefined
  readonly attackBy?: { readonly reasons: readonly LabelReason[] } | undefined
}

/** `known` and `mistaken` are of 1: fraud that is found, honest accounts that are taken for it. */
export function labelLines(
  { truth }: { readonly truth: readonly Known[] },
  { known, mistaken }: { readonly known: number; readonly mistaken: number },
  { randomOf, endAt }: { randomOf: (account: string) => Random; endAt: number },
): readonly string[] {
  return truth.flatMap(({ account, role, since, attackBy }) => {
    const random = randomOf(account)
    const isFraud = fraudRoles.has(role)
    if (!random.chance(isFraud || role === 'victim' ? known : mistaken)) return []
    const reasons = attackBy?.reasons ?? (['spam', 'chargeback'] as const)
    const at = Math.min(
      endAt - 1,
      (since ?? random.between(endAt - 60 * dayMs, endAt)) + random.exponential(lateMeanDays * dayMs),
    )
    const label = role === 'victim' ? 'victim' : 'fraud'
    return [JSON.stringify({ account, label, reason: random.pick(reasons), source, at: isoTime(at) })]
  })
}
