/** People who move within the window: another line, another address, often another bank and password. */
import type { RangeEvent } from '../../event.ts'
import { newPayout, newPerson } from '../../newcomer.ts'
import type { Person } from '../../person.ts'
import type { Plan, Population } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { during, newSession } from '../../session.ts'
import { dayMs, minuteMs } from '../../times.ts'
import { dwellingAt, settled } from '../settle.ts'

export const movers: Population = {
  name: 'mover',
  accountsMin: 1,
  plan(place, { random }): Plan {
    const movesAt = random.between(place.startAt + dayMs, place.endAt - dayMs)
    const before = dwellingAt(place, random).networks.map((use) => ({ ...use, untilAt: movesAt }))
    const after = dwellingAt(place, random).networks.map((use) => ({ ...use, fromAt: movesAt }))
    const person = newPerson(place, random, {
      bornAt: place.startAt - random.exponential(300 * dayMs) - dayMs,
      networks: [...before, ...after],
      group: 'mover',
    })
    return settled([person], { place, random, more: settlesIn(person, movesAt, random) })
  },
}

function settlesIn(person: Person, movedAt: number, random: Random): readonly RangeEvent[] {
  const at = movedAt + random.exponential(2 * dayMs)
  const session = newSession(person, at, random)
  const later = (): number => at + random.lognormal(6, 1.2) * minuteMs
  return [
    during(session, at, { type: 'login' }),
    ...(random.chance(0.5) ? [during(session, later(), { type: 'credential_change' })] : []),
    ...(person.payout !== undefined && random.chance(0.5)
      ? [during(session, later(), { type: 'payout_change', shows: { payout: newPayout(random) } })]
      : []),
  ]
}
