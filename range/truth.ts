/** What is true of an account of a world; one line of truth.ndjson. */

/** The first four carry a ring, the others none. */
export const truthRoles = ['operator', 'member', 'mule', 'victim', 'bystander', 'benign'] as const
export type TruthRole = (typeof truthRoles)[number]

export interface TruthLine {
  readonly account: string
  readonly ring: string | null
  readonly attack: string | null
  readonly role: TruthRole
  /** What it honestly shares identifiers within: a household, a carrier. */
  readonly group: string | null
}

/** Roles whose owner takes part in fraud. A victim's owner does not. */
export const fraudRoles: ReadonlySet<TruthRole> = new Set(['operator', 'member', 'mule'])
