/** Tripwires as the API and the command line show them. */
import type { Tripwire } from '../../graph/tripwires/tripwire.ts'
import { iso } from './times.ts'

export const tripwireView = (tripwire: Tripwire) => ({
  id: tripwire.id,
  ring: tripwire.ring ?? null,
  decision: tripwire.decision ?? null,
  author: tripwire.author,
  reason: tripwire.reason,
  at: iso(tripwire.at),
  disarmedAt: tripwire.disarmedAt === undefined ? null : iso(tripwire.disarmedAt),
  expiresAt: tripwire.expiresAt === undefined ? null : iso(tripwire.expiresAt),
  identifiers: tripwire.identifiers.map(({ kind, ref, mask }) => ({ kind, ref, mask })),
  unwired: tripwire.unwired.map(({ kind, why, identifiers }) => ({ kind, why, identifiers })),
})

export type TripwireView = ReturnType<typeof tripwireView>
