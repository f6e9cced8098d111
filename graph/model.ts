/**
 * The words of the domain, as stored and passed between layers.
 * Times are UTC epoch milliseconds (`...At`, `...Ms`); days are whole UTC days since 1970-01-01.
 */

export const eventTypes = [
  'signup',
  'login',
  'login_failed',
  'payment',
  'payment_failed',
  'payout',
  'credential_change',
  'payout_change',
  'chargeback',
  'report',
  'other',
] as const
export type EventType = (typeof eventTypes)[number]

export const outcomes = ['success', 'failure', 'pending', 'reversed'] as const
export type Outcome = (typeof outcomes)[number]

/** What of an account's credentials an event may say it changed. */
export const credentialParts = [
  'email',
  'password',
  'phone',
  'mfa',
  'passkey',
  'recovery',
  'username',
] as const
export type CredentialPart = (typeof credentialParts)[number]

export const relationNames = [
  'paid',
  'refunded',
  'referred',
  'gifted',
  'messaged',
  'reviewed',
  'reported_by',
] as const
export type RelationName = (typeof relationNames)[number]

export const ipClasses = ['residential', 'mobile', 'datacenter', 'vpn', 'tor', 'relay'] as const
export const emailClasses = ['disposable', 'free'] as const
export type IdentifierClass = (typeof ipClasses)[number] | (typeof emailClasses)[number]

/** Names an identifier without showing it: its kind and the keyed hash of its canonical text. */
export interface IdentifierKey {
  readonly kind: string
  readonly ref: string
}

/** An identifier as one event showed it. */
export interface SeenIdentifier extends IdentifierKey {
  /** What people may see of the value; empty when masks are off. */
  readonly mask: string
  readonly class?: IdentifierClass
  readonly asn?: number
  /** Roughly where an address is (identifiers/place.ts). */
  readonly place?: string
  /** Text the customer supplies for people. */
  readonly display?: string
  /** The canonical text, encrypted for this identifier alone; of kinds that are sealed. Equal texts, equal bytes. */
  readonly sealed?: string
}

export interface SeenRelation {
  readonly account: string
  readonly relation: RelationName
}

/** An event after the border: checked, pseudonymised, facets derived. Holds no raw identifier. */
export interface StoredEvent {
  /** Keyed hash of the customer's event id. */
  readonly id: string
  /** Keyed hash of all the customer sent; tells a repeat from a conflict. */
  readonly content: string
  /** Version of the facet tables used; 0 without tables. */
  readonly tables: number
  readonly type: EventType
  readonly outcome: Outcome
  readonly at: number
  readonly account: string
  readonly createdAt?: number
  /** Keyed hash of the session id. */
  readonly session?: string
  readonly identifiers: readonly SeenIdentifier[]
  readonly relations: readonly SeenRelation[]
  readonly amount?: number
  readonly currency?: string
  /** Of a change of credentials what it was, ascending, distinct; absent where nobody said. */
  readonly changed?: readonly CredentialPart[]
}

/** The type an event counts as in the state: a failed outcome counts as its own type. */
export type StateType = EventType | `${EventType}_failed`

/** One happening kept in a bounded newest-first list. */
export interface Happening {
  readonly at: number
  readonly id: string
  readonly outcome: Outcome
  readonly amount?: number
  readonly currency?: string
  readonly changed?: readonly CredentialPart[]
}

/** When something was seen: the part of the state that every edge shares. */
export interface Span {
  readonly firstAt: number
  readonly lastAt: number
  /** Active days, ascending, distinct. */
  readonly days: readonly number[]
}

/** What an account did of one type; the newest 32 happenings. */
export interface Activity extends Span {
  readonly type: StateType
  readonly recent: readonly Happening[]
}

export interface SessionSighting {
  readonly at: number
  readonly session: string
}

/** An account used an identifier in events of one type. */
export interface Use extends Span, IdentifierKey {
  readonly type: StateType
  /** The newest 8 co-observing sessions. */
  readonly sessions: readonly SessionSighting[]
  /** Of kind `target` only: the newest 8 times, newest first. */
  readonly times: readonly number[]
}

/** A relation to another account in events of one type; the newest 8 happenings. */
export interface Relation extends Span {
  readonly to: string
  readonly relation: RelationName
  readonly type: StateType
  readonly recent: readonly Happening[]
}

export const labelValues = ['fraud', 'victim', 'legit', 'none'] as const
export type LabelValue = (typeof labelValues)[number]

export const labelReasons = [
  'takeover',
  'phishing',
  'chargeback',
  'prohibited_item',
  'counterfeit',
  'spam',
  'fake_engagement',
  'promo_abuse',
  'multi_account',
] as const
export type LabelReason = (typeof labelReasons)[number]

export interface Label {
  readonly account: string
  readonly label: LabelValue
  readonly reason?: LabelReason
  readonly source: string
  readonly at: number
}

/** Everything stored of one account. Lists are in canonical order (graph/state/canonical.ts). */
export interface AccountState {
  readonly account: string
  /** The least `accountCreatedAt` sent; `undefined` when none was. */
  readonly createdAt?: number
  readonly activities: readonly Activity[]
  readonly uses: readonly Use[]
  readonly relations: readonly Relation[]
  readonly labels: readonly Label[]
}

/** Everything stored of one identifier. */
export interface IdentifierState extends IdentifierKey {
  readonly mask: string
  /** Class, ASN and place come from the highest table version seen. */
  readonly tables: number
  readonly class?: IdentifierClass
  readonly asn?: number
  readonly place?: string
  /** The display text of the newest event that carried one. */
  readonly display?: { readonly text: string; readonly at: number; readonly id: string }
  /** Only while it is joined: what reads the state leaves it where it is. */
  readonly sealed?: string
}

export const assertionKinds = ['same_actor', 'not_the_same', 'household', 'role', 'shared_by_design'] as const

/** What a person holds to be true; part of the state. */
export interface Assertion {
  readonly id: string
  readonly kind: (typeof assertionKinds)[number]
  /** Account ids, or `kind:ref` of identifiers. */
  readonly subjects: readonly string[]
  readonly role?: string
  readonly author: string
  readonly reason: string
  readonly at: number
  readonly expiresAt?: number
  readonly retractedAt?: number
}
