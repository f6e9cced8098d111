/** Who takes accounts over, and what they bring. */
import type { Network } from '../networks.ts'
import type { Person } from '../person.ts'

export interface Gang {
  readonly startsAt: number
  readonly network: Network
  readonly devices: readonly string[]
  readonly receivers: readonly Person[]
  /** Whether victims pay the receivers or are made to pay out to their bank. */
  readonly way: 'paid' | 'payout'
  /** The mailbox that victims' accounts are turned to. */
  readonly email: string
}
