/** What a fraud looks like afterwards to those who paid for it. */
import type { RangeEvent } from '../event.ts'
import { beReported, chargedBack } from '../mishaps.ts'
import { type Person, useAt } from '../person.ts'
import type { Place } from '../plan.ts'
import type { Random } from '../random.ts'
import { anyResident } from '../residents.ts'
import { dayMs } from '../times.ts'

export interface AftermathShares {
  /** Cards charged back and accounts reported, of 1. */
  readonly chargeback: number
  readonly report: number
}

/** Chargebacks come weeks later, so many lie beyond the window. */
export function aftermath(
  person: Person,
  at: number,
  { place, random, chargeback, report }: AftermathShares & { place: Place; random: Random },
): readonly RangeEvent[] {
  const card = useAt(person.cards, at, random)
  const { account, currency } = person
  const disputes =
    card !== undefined && random.chance(chargeback)
      ? [chargedBack(account, at + random.between(4, 30) * dayMs, { card, currency, random })]
      : []
  const reports = random.chance(report)
    ? beReported(person, at + random.exponential(6 * dayMs), anyResident(place, random))
    : []
  return [...disputes, ...reports]
}
