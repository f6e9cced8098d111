/** What people decide on rings: kept for ever, taken back, never changed; the next run obeys. */
import { AppError } from '../graph/errors.ts'
import type { RingOptions } from '../graph/explain/ring.ts'
import type { LinkStore } from '../graph/ports.ts'
import type { Decision, Ring, Verdict } from '../graph/ring.ts'
import { coreOf } from '../graph/rings/lineage/traits.ts'
import type { DecisionMore } from '../graph/verdicts.ts'
import { checkedExpiry } from './expiry.ts'
import { newId } from './ids.ts'
import { checkedReason } from './reasons.ts'
import { freeze } from './receipts/freeze.ts'
import { canonicalJson } from './sources/canonical-json.ts'
import { disarmedWith, tripwiresOf } from './tripwires.ts'

export interface DecisionOrder {
  /** As it was seen. */
  readonly ring: Ring
  readonly verdict: Verdict
  readonly author: string
  readonly reason: string
  readonly at: number
  /** By the days of the data. */
  readonly expiresAt?: number
}

export interface Deciding {
  readonly store: Pick<LinkStore, 'accounts' | 'users' | 'tripwires'>
  /** By what the ring is explained, for the receipt. */
  readonly evidence: RingOptions
}

/** A decision and what it writes besides itself. */
export interface MadeDecision {
  readonly decision: Decision
  readonly more: DecisionMore
}

/**
 * Freezes what is known of the ring into a receipt, and chooses what the verdict arms. Writes nothing. Throws `conflict`
 * for a ring that is no longer active, `card_number` and `invalid_input` for a wrong reason or one that would have expired.
 */
export async function makeDecision(
  { store, evidence }: Deciding,
  { ring, verdict, author, reason, at, expiresAt }: DecisionOrder,
): Promise<MadeDecision> {
  if (ring.status !== 'active') {
    const remedy = ring.movedTo === undefined ? 'see its lineage' : `decide on ${ring.movedTo}`
    throw new AppError('conflict', `The ring is ${ring.status}: ${remedy}`)
  }
  const taken: Decision = {
    id: newId('dec', at),
    ring: ring.id,
    ringVersion: ring.version,
    class: ring.head.class,
    core: coreOf(ring.members),
    verdict,
    author,
    reason: checkedReason(reason),
    at,
    ...(expiresAt !== undefined && { expiresAt: checkedExpiry(expiresAt, evidence.run) }),
  }
  const receipt = await freeze(store, { ring, decision: taken }, evidence)
  const decision = { ...taken, receipt: receipt.hash }
  const tripwires = await tripwiresOf({ store, kindOf: evidence.kindOf }, ring, decision)
  return { decision, more: { tripwires, receipt: canonicalJson(receipt) } }
}

/** The verdict with all that comes of it, in one step. */
export async function decideOn(
  { store, evidence }: Deciding & { readonly store: Pick<LinkStore, 'decide'> },
  order: DecisionOrder,
): Promise<Decision> {
  const { decision, more } = await makeDecision({ store, evidence }, order)
  await store.decide(decision, more)
  return decision
}

/** Throws `not_found` when the ring has no such decision, or it was taken back already. */
export async function retractDecision(
  store: Deciding['store'] & Pick<LinkStore, 'decide' | 'decisions'>,
  { ring, id, at, by }: { ring: string; id: string; at: number; by: string },
): Promise<Decision> {
  const decision = (await store.decisions({ ring })).find((one) => one.id === id)
  if (!decision || decision.retractedAt !== undefined) {
    throw new AppError('not_found', 'The ring has no such decision that stands: list its decisions')
  }
  const retracted = { ...decision, retractedAt: at }
  await store.decide(retracted, { by, tripwires: await disarmedWith(store, { decision: id, at }) })
  return retracted
}

/** Those on a ring, and the one that came with accounts of another; newest first. */
export async function decisionsOn(
  store: Pick<LinkStore, 'decisions'>,
  { id, head }: Ring,
): Promise<readonly Decision[]> {
  const all = await store.decisions({})
  return all
    .filter((one) => one.ring === id || one.id === head.verdict?.decision)
    .toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
}
