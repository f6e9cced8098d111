/** Statements on what people decided, who may speak, and what was refused. */

import type { Verdict } from '../graph/ring.ts'
import type { Properties } from './state.ts'
import { type None, statement } from './statement.ts'

export const people = {
  decide: statement<{ id: string; properties: Properties }>('people/decide'),
  decisions: statement<{ ring: string | null }, { body: string }>('people/decisions'),
  standing: statement<{ verdicts: readonly Verdict[] }, { verdict: Verdict; count: number }>(
    'people/standing',
  ),
  putReceipt: statement<{ decision: string; hash: string; body: string }>('people/put-receipt'),
  receipt: statement<{ decision: string }, { body: string }>('people/receipt'),
  assert: statement<{ id: string; properties: Properties }>('people/assert'),
  assertions: statement<None, { body: string }>('people/assertions'),
  assertionPage: statement<
    {
      kind: string | null
      account: string | null
      standingAt: Date | null
      afterAt: Date | null
      afterId: string | null
      limit: number
    },
    { body: string }
  >('people/assertion-page'),
  createKey: statement<{ id: string; properties: Properties }>('people/create-key'),
  keys: statement<
    None,
    {
      id: string
      name: string
      hash: string
      scopes: readonly string[]
      createdAt: number
      revokedAt: number | null
    }
  >('people/keys'),
  revokeKey: statement<{ id: string; at: number }, { id: string }>('people/revoke-key'),
  bury: statement<{ rows: readonly { id: string; properties: Properties }[] }>('people/bury'),
  deadLetters: statement<
    { after: string | null; limit: number; sealed: boolean },
    {
      id: string
      stream: 'events' | 'labels'
      source: string
      line: number
      pointer: string
      code: string
      at: number
      sealed: Int8Array | null
    }
  >('people/dead-letters'),
  dropDeadLetters: statement<{ ids: readonly string[] }, { dropped: number }>('people/drop-dead-letters'),
  expireDeadLetters: statement<{ before: number }, { expired: number }>('people/expire-dead-letters'),
  countDeadLetters: statement<None, { letters: number }>('people/count-dead-letters'),
}
