/** Decisions as the API and the command line show them. */
import type { Decision, Ring, Standing } from '../../graph/ring.ts'
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
  expiresAt: decision.expiresAt === undefined ? null : iso(decision.expiresAt),
  receipt: decision.receipt ?? null,
  holds: head.verdict?.decision === decision.id ? head.verdict.holds : null,
})

/** As it stands on a ring. */
export const standingView = ({ expiresAt, ...standing }: Standing) => ({
  ...standing,
  ...(expiresAt !== undefined && { expiresAt: iso(expiresAt) }),
})

export type DecisionView = ReturnType<typeof decisionView>
