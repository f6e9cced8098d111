/** What reviewers come to know: a part of the fraud, late, and some mistakes. */
import { isoTime } from './event.ts'
import type { Told } from './place.ts'
import type { Random } from './random.ts'
import { dayMs } from './times.ts'
import { fraudRoles } from './truth.ts'
import type { WorldFigures } from './worlds.ts'

const source = 'review'
const lateMeanDays = 6

export function labelLines(
  { truth }: Pick<Told, 'truth'>,
  { known, mistaken }: Pick<WorldFigures, 'known' | 'mistaken'>,
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
