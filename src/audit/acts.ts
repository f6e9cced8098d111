/** What stores write down of each change that has to be accounted for. */
import type { Act, Doing } from '../../graph/audit.ts'
import type { Assertion, IdentifierKey, Label } from '../../graph/model.ts'
import type { LocalModels, ModelsChoice } from '../../graph/own-models.ts'
import type { Assignment } from '../../graph/owners.ts'
import type { ApiKey } from '../../graph/ports.ts'
import type { Decision } from '../../graph/ring.ts'
import type { Tripwire } from '../../graph/tripwires/tripwire.ts'
import type { Webhook } from '../../graph/webhooks.ts'
import { contentHash } from './chain.ts'

/** A verdict, or that it was taken back. */
export const decided = (decision: Decision, by = decision.author): Act =>
  decision.retractedAt === undefined
    ? verdictTaken(decision)
    : {
        at: decision.retractedAt,
        by,
        action: 'ring.retracted',
        subject: subjectOf(decision),
        content: contentHash(decision),
      }

/** The verdict itself, whatever became of it. */
export const verdictTaken = (decision: Decision): Act => ({
  at: decision.at,
  by: decision.author,
  action: `ring.${decision.verdict}`,
  subject: subjectOf(decision),
  content: decision.receipt ?? contentHash(decision),
})

const subjectOf = ({ ring, id }: Decision): string => `${ring} ${id}`

export const ringAssigned = (assignment: Assignment): Act => ({
  at: assignment.at,
  by: assignment.by,
  action: 'ring.assigned',
  subject: `${assignment.ring} ${assignment.id}`,
  content: contentHash(assignment),
})

export const asserted = (assertion: Assertion, by = assertion.author): Act => ({
  at: assertion.retractedAt ?? assertion.at,
  by,
  action: assertion.retractedAt === undefined ? 'assertion.made' : 'assertion.retracted',
  subject: assertion.id,
  content: contentHash(assertion),
})

export const labelled = (labels: readonly Label[], { by, at }: Doing): Act => ({
  at,
  by,
  action: 'labels.taken',
  subject: `${labels.length} labels`,
  content: contentHash(labels),
})

/** A run may judge by another policy than the one before it; files do not say who changed them. */
export const policyChanged = (policy: string, at: number): Act => ({
  at,
  by: 'detection',
  action: 'policy.changed',
  subject: policy,
})

export const runRequested = ({ by, at }: Doing): Act => ({
  at,
  by,
  action: 'run.requested',
  subject: 'detect',
})

export const stateRebuilt = (digest: string, { by, at }: Doing): Act => ({
  at,
  by,
  action: 'state.rebuilt',
  subject: digest,
})

export const modelsRequested = ({ by, at }: Doing): Act => ({
  at,
  by,
  action: 'models.requested',
  subject: 'retrain',
})

export const modelsMade = (made: LocalModels, by = 'retrain'): Act => ({
  at: made.madeAt,
  by,
  action: 'models.made',
  subject: made.id,
  content: contentHash(made),
})

export const keyMade = ({ id, name, scopes, createdAt }: ApiKey, by = ''): Act => ({
  at: createdAt,
  by,
  action: 'key.made',
  subject: id,
  content: contentHash([id, name, scopes, createdAt]),
})

export const keyRevoked = (id: string, at: number, by = ''): Act => ({
  at,
  by,
  action: 'key.revoked',
  subject: id,
})

export const modelsChosen = (choice: ModelsChoice): Act => ({
  at: choice.at,
  by: choice.author,
  action: 'models.chosen',
  subject: choice.models ?? 'shipped',
  content: contentHash(choice),
})

export const webhookSaved = (webhook: Webhook, { by, at }: Partial<Doing> = {}): Act => ({
  at: at ?? webhook.createdAt,
  by: by ?? webhook.author,
  action: 'webhook.saved',
  subject: webhook.id,
  content: contentHash(webhook),
})

export const webhookDeleted = (id: string, { by = '', at = 0 }: Partial<Doing> = {}): Act => ({
  at,
  by,
  action: 'webhook.deleted',
  subject: id,
})

export const tripwireSaved = (tripwire: Tripwire, by = tripwire.author): Act => ({
  at: tripwire.disarmedAt ?? tripwire.at,
  by,
  action: tripwire.disarmedAt === undefined ? 'tripwire.armed' : 'tripwire.disarmed',
  subject: tripwire.id,
  content: contentHash(tripwire),
})

/** Every opening is an act of its own. */
export const identifierRevealed = (
  { kind, ref }: IdentifierKey,
  { id, by, at, reason }: Doing & { readonly id: string; readonly reason: string },
): Act => ({ at, by, action: 'identifier.revealed', subject: `${kind}:${ref} ${id}`, reason })

/** Refused lines are encrypted; sending them again opens them. */
export const lettersOpened = (ids: readonly string[], { by, at }: Doing): Act => ({
  at,
  by,
  action: 'dead-letters.opened',
  subject: `${ids.length} letters`,
  content: contentHash(ids),
})

export const lettersDropped = (ids: readonly string[], { by, at }: Doing): Act => ({
  at,
  by,
  action: 'dead-letters.dropped',
  subject: `${ids.length} letters`,
  content: contentHash(ids),
})

/** Messages that were given up are sent once more. */
export const webhookReplayed = (id: string, messages: readonly string[], { by, at }: Doing): Act => ({
  at,
  by,
  action: 'webhook.replayed',
  subject: id,
  content: contentHash(messages),
})
