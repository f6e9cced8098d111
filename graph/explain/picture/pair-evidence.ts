/** The one scale: what an identifier says of two of its users, in the nats that links are summed in. */
import { isShared } from '../../assertions/shared.ts'
import { type Asserted, nothingAsserted } from '../../assertions/standing.ts'
import {
  capMicroNats,
  hubAccountsMin,
  linkingAccountsMax,
  microNats,
  rarityNats,
} from '../../evidence/share.ts'
import { signupIpEvidence } from '../../identifiers/ip.ts'
import type { IdentifierKey } from '../../model.ts'
import { type KindLookup, signupIpKind } from '../../projection/entities.ts'
import type { Publicness } from '../../projection/publicness.ts'

export interface Weighing {
  readonly kindOf: KindLookup
  readonly publicness: Publicness
  readonly asserted?: Asserted
}

interface Weighed extends IdentifierKey {
  /** The kind, or `signupIp`; then those who signed up there that day. */
  readonly countsAs?: string
  readonly accounts: number
}

/** Whether too many use it for it to be drawn: it links nobody, however they use it. */
export function isHub({ kind, accounts }: { kind: string; accounts: number }, kindOf: KindLookup): boolean {
  const policy = kindOf(kind)?.evidence
  return accounts > (policy?.links === 'pairs' ? linkingAccountsMax(policy) : hubAccountsMin)
}

/** Nats for two users who were on it at one time; 0 of a hub, and of what makes no link by itself. */
export function pairEvidence(
  { kind, ref, accounts, countsAs = kind }: Weighed,
  { kindOf, publicness, asserted = nothingAsserted }: Weighing,
): number {
  const policy = countsAs === signupIpKind ? signupIpEvidence : kindOf(kind)?.evidence
  if (isShared(asserted, { kind, ref })) return 0
  if (policy?.links !== 'pairs' || accounts < 2 || accounts > linkingAccountsMax(policy)) return 0
  const nats = rarityNats(policy, { accounts, publicness: publicness({ kind, ref }) })
  return Math.round(Math.min(nats * microNats, capMicroNats(policy))) / microNats
}
