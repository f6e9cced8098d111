/** Answers about risk as text, for a process that gives a million of them a second. */
import type { LiveLinks } from '../../live/live-links.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { riskView } from '../../views/risk.ts'

/** An account's `riskView` as JSON. */
export type RiskText = (account: string) => string

/**
 * Of one snapshot. All unknown accounts are answered alike but for their name, and so are all known ones that are in
 * no ring: that part is written once. What happened since is looked up first.
 */
export function riskTexts(snapshot: Snapshot | undefined, live: Pick<LiveLinks, 'of'>): RiskText {
  let ofUnknown: string | undefined
  let ofRingless: string | undefined
  return (account) => {
    const found = snapshot?.risk(account)
    const provisional = found?.ring ? undefined : live.of(account)
    if (found?.ring || provisional) return JSON.stringify(riskView(snapshot, account, { found, provisional }))
    const rest = found
      ? (ofRingless ??= afterName(riskView(snapshot, account)))
      : (ofUnknown ??= afterName(riskView(snapshot, account)))
    return untilName(account) + rest
  }
}

const untilName = (account: string): string => `{"account":${JSON.stringify(account)}`

const afterName = (view: ReturnType<typeof riskView>): string =>
  JSON.stringify(view).slice(untilName(view.account).length)
