/** Assertions as the API and the command line show them. */
import type { Assertion } from '../../graph/model.ts'
import { roles } from '../../graph/ring.ts'
import { iso } from './times.ts'

/** `asOf`: the end of the data of the run that is published. */
export const assertionView = (assertion: Assertion, asOf: number | undefined) => ({
  id: assertion.id,
  kind: assertion.kind,
  subjects: [...assertion.subjects],
  role: roles.find((role) => role === assertion.role) ?? null,
  author: assertion.author,
  reason: assertion.reason,
  at: iso(assertion.at),
  expiresAt: assertion.expiresAt === undefined ? null : iso(assertion.expiresAt),
  retractedAt: assertion.retractedAt === undefined ? null : iso(assertion.retractedAt),
  stands: assertion.retractedAt === undefined && (assertion.expiresAt ?? Infinity) > (asOf ?? -Infinity),
})

export type AssertionView = ReturnType<typeof assertionView>
