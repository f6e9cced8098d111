/** What speaks for and against an honest group: the reasons stored with a ring, beside those of the run's others. */
import type { DetectionRun, Reason, ReasonCode } from '../ring.ts'

export interface HonestSign {
  readonly reason: Reason
  readonly speaksFor: 'honest' | 'fraud'
  /** The same reason among the other rings of the run; absent for runs that did not publish it. */
  readonly others?: {
    readonly rings: number
    /** Of so many. */
    readonly of: number
    /** Mean of their shares, of 1, over those that have one. */
    readonly share?: number
  }
}

/** Most honest groups are households of up to five; beyond, size itself speaks. */
const householdMax = 5

const honest: ReadonlySet<ReasonCode> = new Set([
  'own_device',
  'weak_tie',
  'labelled_legit',
  'clean_record',
  'long_standing',
  'clean_company',
  'meets_at_home',
  'holds_in_common',
  'meets_in_a_crowd',
  'public_device',
  'passing_use',
])

/** In the order of the ring's reasons, strongest first. `ring`: one of the run's. */
export const honestSigns = (
  reasons: readonly Reason[],
  run: Pick<DetectionRun, 'rings' | 'statistics'> | undefined,
): readonly HonestSign[] =>
  reasons.map((reason) => ({
    reason,
    speaksFor: isHonest(reason) ? 'honest' : 'fraud',
    ...othersOf(reason, run),
  }))

const isHonest = ({ code, count = 0 }: Reason): boolean =>
  code === 'household_size' ? count <= householdMax : honest.has(code)

function othersOf(
  { code, share }: Reason,
  run: Pick<DetectionRun, 'rings' | 'statistics'> | undefined,
): Pick<HonestSign, 'others'> {
  if (!run?.statistics) return {}
  const found = run.statistics.reasons.find((one) => one.code === code)
  const rings = Math.max(0, (found?.rings ?? 0) - 1)
  const shares = Math.max(0, (found?.shares ?? 0) - (share === undefined ? 0 : 1))
  const sum = (found?.sum ?? 0) - (share ?? 0)
  const mean = shares > 0 ? Math.round((sum / shares) * 1e6) / 1e6 : undefined
  return { others: { rings, of: Math.max(0, run.rings - 1), ...(mean !== undefined && { share: mean }) } }
}
