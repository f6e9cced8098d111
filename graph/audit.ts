/** Who did what: rows that can only be added, each bound to the one before. */

/** All that is written down. */
export const actions = [
  'ring.confirm',
  'ring.benign',
  'ring.retracted',
  'ring.assigned',
  'assertion.made',
  'assertion.retracted',
  'labels.taken',
  'tripwire.armed',
  'tripwire.disarmed',
  'policy.changed',
  'models.requested',
  'models.made',
  'models.chosen',
  'run.requested',
  'state.rebuilt',
  'identifier.revealed',
  'key.made',
  'key.revoked',
  'webhook.saved',
  'webhook.deleted',
  'webhook.replayed',
  'dead-letters.opened',
  'dead-letters.dropped',
] as const
export type Action = (typeof actions)[number]

/** Who does something, and when. */
export interface Doing {
  readonly by: string
  readonly at: number
}

/** Something that has to be accounted for. Holds no personal data but the names of those who act, and why they say they do. */
export interface Act extends Doing {
  readonly action: Action
  /** Id of what it was done to. */
  readonly subject: string
  /** SHA-256 of what was written, hex; of a verdict, its receipt's hash; absent where nothing was written. */
  readonly content?: string
  /** Why, where nobody may do it without saying so. */
  readonly reason?: string
}

export interface AuditRow extends Act {
  /** 1, 2, 3 ... */
  readonly seq: number
  /** SHA-256 over the row and `previous`, hex (src/audit/chain.ts). */
  readonly hash: string
  /** Hash of the row before; empty of the first. */
  readonly previous: string
}

export interface AuditHead {
  readonly seq: number
  readonly hash: string
}

/** What stores write of people is added in the transaction that writes it. */
export interface AuditStore {
  /** Adds an act that writes nothing else, such as a reading of sealed values. The same again is one row. */
  noteAct(act: Act): Promise<void>
  /** Oldest first. */
  audit(options: { after?: number; limit: number }): Promise<readonly AuditRow[]>
  /** The row of an act, by its id (src/audit/chain.ts). */
  auditRow(act: string): Promise<AuditRow | undefined>
  /** What the store holds to be the last row, kept apart from the rows; `undefined` while there is none. */
  auditHead(): Promise<AuditHead | undefined>
}
