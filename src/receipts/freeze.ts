/** Freezes what an investigator saw of a ring when a verdict is taken on it. */
import type { SurroundingsStore } from '../../graph/explain/counterfactual/surroundings.ts'
import { explainRing, type RingOptions } from '../../graph/explain/ring.ts'
import type { Decision, DetectionRun, Member, Ring } from '../../graph/ring.ts'
import { version } from '../version.ts'
import { ringExplanationView } from '../views/ring-explanation.ts'
import { memberView, reasonView, ringOnScale } from '../views/rings.ts'
import { iso } from '../views/times.ts'
import { hashOf, type Receipt, sealReceipt } from './receipt.ts'

/** As of an explanation. */
const receiptBytesMax = 1_048_576
/** For the frame around the parts. */
const frameBytes = 4_096

/** Identifiers come as explanations show them: by their keyed hash and mask. */
export async function freeze(
  store: SurroundingsStore,
  { ring, decision }: { ring: Ring; decision: Decision },
  evidence: RingOptions,
): Promise<Receipt> {
  const parts = {
    decision: decisionPart(decision),
    basis: basisPart(evidence.run),
    ring: ringPart(ring, evidence),
    explanation: ringExplanationView(await explainRing(store, ring, evidence)),
  }
  return sealReceipt({ ...parts, members: membersPart(ring, receiptBytesMax - frameBytes - bytesOf(parts)) })
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

/** What is said of the decision itself; also compared with the decision as it is stored. */
export const decisionPart = (decision: Decision) => ({
  id: decision.id,
  ring: decision.ring,
  version: decision.ringVersion,
  class: decision.class,
  accounts: decision.core.length,
  accountsHash: hashOf(decision.core),
  verdict: decision.verdict,
  author: decision.author,
  reason: decision.reason,
  at: iso(decision.at),
  ...(decision.expiresAt !== undefined && { expiresAt: iso(decision.expiresAt) }),
})

/** By what it was judged: the run, its statistics, models and policy, and this program. */
const basisPart = (run: DetectionRun | undefined) => ({
  program: version,
  run: run && {
    version: run.version,
    asOf: iso(run.asOf),
    publishedAt: iso(run.publishedAt),
    stateChanges: run.stateChanges,
    method: run.method,
    policy: run.policy,
    models: run.localModels ?? 'shipped',
    calibration: run.calibration,
    measuredIn: run.measuredIn,
    statistics: run.statistics,
  },
})

const ringPart = (ring: Ring, evidence: RingOptions) => ({
  ...ringOnScale(ring, evidence),
  reasons: ring.head.reasons.map(withWords),
})

/** As many as there is room for, those of the highest risk first; the hash is of all. */
function membersPart(ring: Ring, roomBytes: number) {
  const all = ring.members.map((member) => memberPart(ring, member))
  const listed: (typeof all)[number][] = []
  let left = roomBytes
  for (const member of all.toSorted(
    (a, b) => Math.max(b.risk, b.compromise) - Math.max(a.risk, a.compromise),
  )) {
    left -= bytesOf(member) + 1
    if (left < 0) break
    listed.push(member)
  }
  return { size: all.length, hash: hashOf(all), truncated: listed.length < all.length, listed }
}

const memberPart = (ring: Ring, member: Member) => ({
  ...memberView(ring, member),
  reasons: member.reasons.map(withWords),
})

/** A sentence may be worded otherwise one day; its numbers stay. */
const withWords = (reason: Member['reasons'][number]) => ({ ...reason, ...reasonView(reason) })
