/** The border: a delivered line becomes a stored event or label, or a refusal that says what, where and how to fix. */
import type { z } from 'zod'
import type { ErrorCode } from '../../graph/errors.ts'
import { findCardNumber } from '../../graph/identifiers/card-number.ts'
import { targetText } from '../../graph/identifiers/derived/target.ts'
import type { FacetTables } from '../../graph/identifiers/kind.ts'
import { type SeeOptions, seeIdentifiers } from '../../graph/identifiers/pseudonymise.ts'
import { type KindRegistry, shippedKinds } from '../../graph/identifiers/registry.ts'
import type { Label, SeenIdentifier, StoredEvent } from '../../graph/model.ts'
import type { Clock, Secrets } from '../../graph/ports.ts'
import { compareText } from '../../graph/state/order.ts'
import { canonicalJson } from './canonical-json.ts'
import { type EventInput, eventSchema, labelSchema } from './contract.ts'

export interface Refusal {
  readonly code: ErrorCode
  readonly pointer: string
  readonly detail: string
}

export type Admission<T> = { readonly value: T } | { readonly refusal: Refusal }

export interface BorderOptions {
  readonly secrets: Pick<Secrets, 'pseudonym'>
  readonly registry: KindRegistry
  readonly tables: FacetTables
  /** Whether people may see masks of values. */
  readonly masks: boolean
  /** Encrypts values of the kinds that are to be kept; without it none is. */
  readonly seal?: SeeOptions['seal']
  /** What values of one batch were seen as. */
  readonly known?: NonNullable<SeeOptions['known']>
  readonly clock: Clock
}

/** Pseudonym domains of the border besides the kinds themselves. */
export const borderDomains = ['event', 'content', 'session', 'dead-letter', 'request'] as const

const liveAheadMaxMs = 24 * 3_600_000
const liveEarliest = Date.UTC(2000, 0, 1)

/** `live` events must have happened between 2000 and tomorrow; files may hold any time. */
export function admitEvent(
  border: BorderOptions,
  raw: unknown,
  { live }: { live: boolean },
): Admission<StoredEvent> {
  const checked = check(eventSchema, raw)
  if ('refusal' in checked) return checked
  const event = checked.value
  const at = Date.parse(event.occurredAt)
  const untimely = live ? timeRefusal(at, border.clock()) : undefined
  if (untimely) return { refusal: untimely }
  const identifiers = identifiersOf(border, event)
  if ('refusal' in identifiers) return identifiers
  return { value: storedEvent(border, event, { at, identifiers: identifiers.value, raw }) }
}

export function admitLabel(raw: unknown): Admission<Label> {
  const checked = check(labelSchema, raw)
  if ('refusal' in checked) return checked
  const { account, label, reason, source, at } = checked.value
  return { value: { account, label, ...(reason && { reason }), source, at: Date.parse(at) } }
}

/** Card numbers first: what holds one is refused before anything else of it is looked at. */
function check<T>(schema: z.ZodType<T>, raw: unknown): Admission<T> {
  const pointer = findCardNumber(raw)
  if (pointer !== undefined) return { refusal: cardRefusal(pointerOf(pointer.split('/').slice(1))) }
  const parsed = schema.safeParse(raw)
  if (parsed.success) return { value: parsed.data }
  return { refusal: issueRefusal(parsed.error.issues[0]) }
}

export const cardRefusal = (pointer: string): Refusal => ({
  code: 'card_number',
  pointer,
  detail:
    'looks like a card number: send the token of your payment provider instead; nothing of this line was kept',
})

function issueRefusal(issue: z.core.$ZodIssue | undefined): Refusal {
  if (!issue) return { code: 'invalid_input', pointer: '', detail: 'does not follow the contract' }
  return { code: 'invalid_input', pointer: pointerOf(issue.path), detail: detailOf(issue) }
}

/** Names that may stand in a pointer; a key the sender made up could be anything, so it is shown as a star. */
const contractNames: ReadonlySet<string> = new Set([
  ...Object.keys(eventSchema.shape),
  ...Object.keys(labelSchema.shape),
  ...shippedKinds.keys(),
  'value',
  'display',
  'relation',
  'amount',
  'currency',
])

const pointerOf = (path: readonly PropertyKey[]): string =>
  path
    .map(String)
    .map((step) => (contractNames.has(step) || /^\d{1,4}$/.test(step) ? `/${step}` : '/*'))
    .join('')

function detailOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `has ${issue.keys.length} field(s) the contract does not know: see the Event and Label schemas in /openapi.json`
  }
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`
  if (issue.code === 'invalid_type') return `must be ${issue.expected}, and is missing or something else`
  return issue.message
}

function timeRefusal(at: number, now: number): Refusal | undefined {
  if (at > now + liveAheadMaxMs) {
    const detail = 'is more than 24 hours ahead of this server: check the sender’s clock and time zone'
    return { code: 'time_in_future', pointer: '/occurredAt', detail }
  }
  if (at < liveEarliest) {
    const detail = 'is before 2000: send old data as a file (ringleader ingest FILE)'
    return { code: 'time_too_old', pointer: '/occurredAt', detail }
  }
  return undefined
}

function identifiersOf(border: BorderOptions, event: EventInput): Admission<readonly SeenIdentifier[]> {
  const accepted = border.registry.accepted()
  const options: SeeOptions = { ...border, pseudonym: border.secrets.pseudonym }
  const seen: SeenIdentifier[] = []
  for (const [kind, given] of Object.entries(event.identifiers ?? {})) {
    if (!accepted.includes(kind)) return { refusal: unknownKind(accepted) }
    const values = Array.isArray(given) ? given : [given]
    const found = seeIdentifiers(kind, values, options)
    if ('problem' in found) {
      const place = Array.isArray(given) ? `/${found.problem}` : ''
      const pointer = `/identifiers/${kind}${place}`
      return { refusal: { code: 'invalid_input', pointer, detail: found.detail } }
    }
    seen.push(...found.seen)
  }
  if (event.action !== undefined && event.target !== undefined) {
    seen.push(targetOf(border, event.action, event.target))
  }
  return { value: seen }
}

const unknownKind = (accepted: readonly string[]): Refusal => ({
  code: 'invalid_input',
  pointer: '/identifiers',
  detail: `holds a kind that is not known: use one of ${accepted.join(', ')}, or add it to the policy file`,
})

/** The pair of action and target is a weak identifier of its own kind. */
const targetOf = (border: BorderOptions, action: string, target: string): SeenIdentifier => ({
  kind: 'target',
  ref: border.secrets.pseudonym('target', targetText(action, target)),
  mask: '',
})

function storedEvent(
  { secrets, tables }: BorderOptions,
  event: EventInput,
  { at, identifiers, raw }: { at: number; identifiers: readonly SeenIdentifier[]; raw: unknown },
): StoredEvent {
  const { amount, currency } = event.attributes ?? {}
  return {
    id: secrets.pseudonym('event', event.eventId),
    content: secrets.pseudonym('content', canonicalJson(raw)),
    tables: tables.version,
    type: event.type,
    outcome: event.outcome ?? 'success',
    at,
    account: event.account,
    ...(event.accountCreatedAt !== undefined && { createdAt: Date.parse(event.accountCreatedAt) }),
    ...(event.sessionId !== undefined && { session: secrets.pseudonym('session', event.sessionId) }),
    identifiers,
    relations: event.counterparties ?? [],
    ...(amount !== undefined && { amount }),
    ...(currency !== undefined && { currency }),
    ...(event.changed && { changed: [...new Set(event.changed)].toSorted(compareText) }),
  }
}
