/** Why an account is in its ring, as the API and the command line show it. */
import type { MemberExplanation } from '../../graph/explain/member.ts'
import { fateWords, memberTieWords, memberWords } from '../../graph/explain/ring-words.ts'
import { linkView } from './explanation.ts'
import { tieView } from './ring-explanation.ts'
import { memberView, reasonView } from './rings.ts'
import { victimView } from './takeover.ts'

export const memberExplanationView = (found: MemberExplanation) => {
  const { ring, member, strongest, path, victim, paidBy } = found
  return {
    ...memberView(ring, member),
    reasons: member.reasons.map(reasonView),
    sentence: memberWords(found),
    linked: found.linked,
    evidence: found.evidence,
    strongest: strongest.map((tie) => {
      const fate = fateWords(tie)
      return {
        ...tieView(tie, ring.members.length),
        sentence: memberTieWords(tie),
        ...(fate !== undefined && {
          without: { stays: tie.staysWithout === true, isCertain: tie.isCertain === true, sentence: fate },
        }),
      }
    }),
    ...(path && { pathToCore: path.map((link) => linkView(link)) }),
    ...(victim && { victim: victimView(victim) }),
    ...(paidBy && { paidBy: { victims: paidBy.length, accounts: paidBy.slice(0, 50) } }),
    isMadeByLinks: found.isMadeByLinks,
    truncated: found.truncated,
  }
}
