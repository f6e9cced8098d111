/**
 * Which features each model reads, and which way each may speak. Only features whose direction is known beforehand are
 * here: what merely went along with fraud in the worlds a model was taught by does harm in the next (docs/decisions/0012).
 */
import type { Feature } from './trees/fit.ts'

const signed = (sign: 1 | -1, names: string): readonly Feature[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => ({ name, sign }))

/** Of a community: more of it speaks for a ring. */
const ringFor = `size weakestMember linkProbability birthSurprise bornTogether
  shareOn:device shareOn:cookie shareOn:payment shareOn:payout shareOn:document kindsShared moneyShared
  visitorsTogether cohort relatedInside commonCounterparty commonTarget members:refusedShare members:chargebacks
  members:reports members:labelledFraud members:signupCompany members:slept`
const ringAgainst = `householdOnly members:labelledLegit members:age members:ownShare members:toFirstPayment`

/** Whether a community is hostile. */
export const ringFeatures: readonly Feature[] = [...signed(1, ringFor), ...signed(-1, ringAgainst)]

const inRing = (features: readonly Feature[]): readonly Feature[] =>
  features.map(({ name, sign }) => ({ name: `ring:${name}`, sign }))

/** Whether the owner takes part in fraud. */
export const riskFeatures: readonly Feature[] = [
  ...signed(
    1,
    `chargebacks chargebackShare reports paymentsRefused refusedShare reportedBy labelledFraud refers referredBy
    signupCompany companyNew companyTroubled money hostedShare links linkSum linkMost linkedBornTogether
    linked:refusedShare linked:chargebacks linked:reports linked:labelledFraud attachedKinds bornWithOthers
    cohortReceives cohortOperator ring:hostile`,
  ),
  ...signed(
    -1,
    `age labelledVictim labelledLegit ownShare toFirstPayment toFirstPayout linked:age linked:ownShare
    linked:labelledLegit visitBrief cohortVictim`,
  ),
  ...inRing(ringFeatures),
]

/** Whether somebody else controls the account. */
export const compromiseFeatures: readonly Feature[] = [
  ...signed(
    1,
    `visits visitedTogether visitBrief visitChanged cohortVictim cohortVictims cohortVictimChanged cohortPays arrivals
    arrivalChanged arrivalPaid arrivalForced arrivalBrief credentialChanges payoutChanges loginsFailed
    loginsFailedShare labelledVictim linked:credentialChanges age ring:visitorShare ring:visitorsTogether
    ring:visitorsChanged ring:cohort ring:members:loginsFailedShare ring:members:credentialChanges
    ring:members:payoutChanges ring:members:labelledFraud ring:members:age ring:hostile`,
  ),
  ...signed(-1, 'bornWithOthers linkedBornTogether ring:birthSurprise labelledLegit'),
]

const bySuspicion = `reputationMost reputation addressReputation suspects:size suspects:risk linked:risk
  amongSuspects:risk`

/** The same once everybody was judged a first time. */
export const secondRiskFeatures: readonly Feature[] = [
  ...riskFeatures,
  ...signed(1, `risk1 linked:riskMost amongSuspects:riskMost amongSuspects:sum ${bySuspicion}`),
]
export const secondCompromiseFeatures: readonly Feature[] = [
  ...compromiseFeatures,
  ...signed(1, `compromise1 linked:compromise amongSuspects:compromise suspects:compromise ${bySuspicion}`),
]
