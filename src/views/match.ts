/** Whom a newcomer would be linked to, as the API shows it. */
import type { NewcomerLink, NewcomerRing } from '../../graph/explain/counterfactual/newcomer.ts'
import type { AccountRisk } from '../snapshot/snapshot.ts'
import { linkView } from './explanation.ts'

export function matchedAccountView(link: NewcomerLink, standing: AccountRisk | undefined) {
  const { evidence, probability, sentence, shared } = linkView({ ...link, chance: [] })
  return {
    account: link.account,
    probability,
    evidence,
    sentence,
    shared,
    risk: standing?.risk ?? null,
    compromise: standing?.compromise ?? null,
    ring: standing?.ring?.id ?? null,
    role: standing?.ring?.role ?? null,
  }
}

export const matchedRingView = (
  { probability, linked }: NewcomerRing,
  { id, class: ringClass, size, risk }: NonNullable<AccountRisk['ring']>,
) => ({ ring: id, class: ringClass, size, risk, probability, linked })
