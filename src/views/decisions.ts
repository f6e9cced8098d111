/** Decisions as the API and the command line show them. */
import type { Decision, Ring } from '../../graph/ring.ts'
import { iso } from './times.ts'

/** `holds` is null while no run has obeyed it, and when another stands in its place. */
export const decisionView = (decision: Decision, { head }: Pick<Ring, 'head'>) => ({
  id: decision.id,
  ring: decision.ring,
  version: decision.ringVersion,
  class: decision.class,
  accounts: decision.core.length,
  verdict: decision.verdict,
  author: decision.author,
  reason: decision.reason,
  at: iso(decision.at),
  retractedAt: decision.retractedAt === undefined ? null : iso(decision.retractedAt),
  receipt: decision.receipt ?? null,
  holds: head.verdict?.decision === decision.id ? head.verdict.holds : null,
})

export type DecisionView = ReturnType<typeof decisionView>
