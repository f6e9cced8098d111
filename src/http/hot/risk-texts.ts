/** Answers about risk as text, for a process that gives a million of them a second. */
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { riskView } from '../../views/risk.ts'

/** An account's `riskView` as JSON. */
export type RiskText = (account: string) => string

/**
 * Of one snapshot. All unknown accounts are answered alike but for their name, and so are all known ones that are in
 * no ring: that part is written once.
 */
export function riskTexts(snapshot: Snapshot | undefined): RiskText {
  let ofUnknown: string | undefined
  let ofRingless: string | undefined
  return (account) => {
    const found = snapshot?.risk(account)
    if (found?.ring) return JSON.stringify(riskView(snapshot, account, found))
    const rest = found
      ? (ofRingless ??= afterName(riskView(snapshot, account, found)))
      : (ofUnknown ??= afterName(riskView(snapshot, account)))
    return untilName(account) + rest
  }
}

const untilName = (account: string): string => `{"account":${JSON.stringify(account)}`

const afterName = (view: ReturnType<typeof riskView>): string =>
  JSON.stringify(view).slice(untilName(view.account).length)
