/** The risk of one account as scoring services read it. */
import { reviewMin } from '../../graph/judging/thresholds.ts'
import type { AccountRisk, Snapshot } from '../snapshot/snapshot.ts'
import { reasonView } from './rings.ts'

const highMin = 0.75

const bandOf = (risk: number): 'low' | 'review' | 'high' => {
  if (risk >= highMin) return 'high'
  return risk >= reviewMin ? 'review' : 'low'
}

/** `found` is what the snapshot says; an account nobody has seen answers the base rate. */
export function riskView(
  snapshot: Snapshot | undefined,
  account: string,
  found: AccountRisk | undefined = snapshot?.risk(account),
) {
  const { risk, compromise, flagged, ring, reasons } = found ?? {
    risk: snapshot?.baseRate ?? 0,
    compromise: 0,
    flagged: false,
    ring: undefined,
    reasons: [],
  }
  return {
    account,
    known: found !== undefined,
    risk,
    compromise,
    band: bandOf(Math.max(risk, compromise)),
    flagged,
    class: ring?.class ?? null,
    ring: ring
      ? { id: ring.id, class: ring.class, size: ring.size, role: ring.role, membership: ring.membership }
      : null,
    reasons: reasons.map(reasonView),
  }
}
