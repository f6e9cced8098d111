/** Who takes accounts over, and what they bring. */

import type { Network } from '../../networks.ts'
import { newDevice, newEmail, newPhone } from '../../newcomer.ts'
import type { Person } from '../../person.ts'
import type { Random } from '../../random.ts'

export interface Gang {
  readonly network: Network
  readonly devices: readonly string[]
  readonly receivers: readonly Person[]
  /** Whether victims pay the receivers or are made to pay out to their bank. */
  readonly way: 'paid' | 'payout'
  /** What victims' accounts are turned to. */
  readonly contact: { readonly email: string } | { readonly phone: string }
  /** Robberies that change something sensitive, and changes that show the contact, of 1. */
  readonly changes: number
  readonly showsContact: number
}

/** Six in ten robberies change a password, a mailbox or a bank account. */
export const newGang = (
  random: Random,
  brought: Pick<Gang, 'network' | 'receivers'> & Partial<Gang>,
): Gang => ({
  devices: [newDevice(random)],
  way: random.pick(['paid', 'payout']),
  contact: random.chance(0.8) ? { email: newEmail(random) } : { phone: newPhone(random) },
  changes: 0.6,
  showsContact: 0.3,
  ...brought,
})
