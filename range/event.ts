/** An event of a world before it is written down. Follows the data contract (docs: the event). */
import type { EventType, Outcome, SeenRelation } from '../graph/model.ts'

/** A type and not an interface, so that its values can be listed as texts. */
export type EventIdentifiers = {
  readonly device?: string
  readonly ip?: string
  readonly payment?: string
  readonly payout?: string
  readonly email?: string
  readonly phone?: string
  /** Postal, as people write it. */
  readonly address?: string
  readonly cookie?: string
  readonly fingerprint?: string
  readonly promo?: string
  readonly document?: string
  /** Perceptual hashes: 16 digits of hex. */
  readonly image?: string
  readonly text?: string
  readonly url?: string
}

export interface RangeEvent {
  readonly at: number
  readonly type: EventType
  readonly account: string
  readonly identifiers?: EventIdentifiers
  readonly counterparties?: readonly SeenRelation[]
  /** What was done to what, where the type does not say: `review` of `item_x`. */
  readonly action?: string
  readonly target?: string
  readonly outcome?: Outcome
  readonly session?: string
  readonly createdAt?: number
  readonly money?: Money
}

export interface Money {
  readonly amount: number
  readonly currency: string
}

/** `count` numbers the events of the account. */
export const eventLine = (event: RangeEvent, count: number): string =>
  JSON.stringify({
    eventId: `evt_${event.account.slice(accountPrefix.length)}_${letters(count)}`,
    type: event.type,
    occurredAt: isoTime(event.at),
    account: event.account,
    identifiers: event.identifiers,
    counterparties: event.counterparties,
    action: event.action,
    target: event.target,
    outcome: event.outcome,
    sessionId: event.session,
    accountCreatedAt: event.createdAt === undefined ? undefined : isoTime(event.createdAt),
    attributes: event.money,
  })

export const accountPrefix = 'acct_'

/** Whole seconds, because that is what platforms send. */
export const isoTime = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`

/** A count in letters (a, b, ... z, ba, bb ...), so that ids hold no digits. */
function letters(count: number): string {
  let text = ''
  let left = count
  do {
    text = String.fromCharCode(97 + (left % 26)) + text
    left = Math.floor(left / 26)
  } while (left > 0)
  return text
}
