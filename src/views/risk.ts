/** The risk of one account as scoring services read it. */
import type { NewcomerLink } from '../../graph/explain/counterfactual/newcomer.ts'
import { reviewMin } from '../../graph/judging/thresholds.ts'
import type { Provisional } from '../live/live-links.ts'
import type { AccountRisk, Snapshot } from '../snapshot/snapshot.ts'
import { linkView } from './explanation.ts'
import { reasonView } from './rings.ts'

const highMin = 0.75

const bandOf = (risk: number): 'low' | 'review' | 'high' => {
  if (risk >= highMin) return 'high'
  return risk >= reviewMin ? 'review' : 'low'
}

export interface Standing {
  /** What the snapshot says of the account. */
  readonly found: AccountRisk | undefined
  /** What happened since, of an account that is in no ring. */
  readonly provisional: Provisional | undefined
}

/** An account nobody has seen answers the base rate. */
export function riskView(
  snapshot: Snapshot | undefined,
  account: string,
  { found, provisional }: Standing = { found: snapshot?.risk(account), provisional: undefined },
) {
  const known = found ?? { ...unseen, risk: snapshot?.baseRate ?? 0 }
  const { risk, compromise, flagged, ring, reasons } =
    provisional && !known.ring ? joinedBy(known, provisional) : known
  const isProvisional = provisional !== undefined && !known.ring
  return {
    account,
    known: found !== undefined || isProvisional,
    risk,
    compromise,
    band: bandOf(Math.max(risk, compromise)),
    flagged,
    class: ring?.class ?? null,
    ring: ring ? ringView(ring) : null,
    reasons: isProvisional ? provisional.links.map(linkReason) : reasons.map(reasonView),
    provisional: isProvisional,
    ...(isProvisional && { evidence: provisional.links.map(evidenceView) }),
  }
}

const ringView = ({
  id,
  class: name,
  subtype,
  size,
  role,
  membership,
}: NonNullable<AccountRisk['ring']>) => ({
  id,
  class: name,
  ...(subtype !== undefined && { subtype }),
  size,
  role,
  membership,
})

const unseen: Omit<AccountRisk, 'risk'> = { compromise: 0, flagged: false, reasons: [] }

/** No run has judged it: it carries what its likeliest owner does, and nothing acts on it. */
const joinedBy = (known: AccountRisk, { ring, membership, risk }: Provisional): AccountRisk => ({
  ...known,
  risk: Math.max(known.risk, risk),
  flagged: false,
  ring: { ...ring, role: 'associate', membership },
})

const linkReason = (link: NewcomerLink) => ({ code: 'linked_since_run', text: sentenceOf(link) })

const evidenceView = (link: NewcomerLink) => ({
  account: link.account,
  probability: link.probability,
  evidence: link.evidence,
  sentence: sentenceOf(link),
})

const sentenceOf = (link: NewcomerLink): string => linkView({ ...link, chance: [] }).sentence
