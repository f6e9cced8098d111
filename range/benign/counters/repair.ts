/** A repair shop or help desk: old accounts are logged into on its machine, and often leave with a new password. */
import type { RangeEvent } from '../../event.ts'
import { newDevice, newDevices, newPerson } from '../../newcomer.ts'
import type { Person } from '../../person.ts'
import type { Plan, Population } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { during, newSession } from '../../session.ts'
import { dayMs, hourMs, minuteMs } from '../../times.ts'
import { crowdSize, dwellingAt, settled } from '../settle.ts'

export const repairShops: Population = {
  name: 'repair',
  accountsMin: 5,
  plan(place, { random, room, id }): Plan {
    const size = crowdSize(random, { median: 10, sigma: 0.5, min: 5, max: Math.min(25, room) })
    const desk = { thing: newDevice(random), weight: 1e6, standsAt: place.networks.office(random) }
    // A company moves its staff to new phones within days; a shop has a customer now and then.
    const days = random.chance(0.4) ? random.between(1, 5) : random.between(20, 80)
    const opensAt = random.between(place.startAt, Math.max(place.startAt, place.endAt - days * dayMs - dayMs))
    const visits = Array.from({ length: size }, () => {
      const at = opensAt + random.next() * days * dayMs
      const { networks } = dwellingAt(place, random)
      const person = newPerson(place, random, {
        bornAt: place.startAt - random.exponential(500 * dayMs) - 30 * dayMs,
        networks,
        devices: [...newDevices(place, random), { ...desk, fromAt: at, untilAt: at + hourMs }],
        group: id,
      })
      return { person, at }
    })
    const more = visits.flatMap(({ person, at }) => atTheDesk(person, at, random))
    return settled(
      visits.map(({ person }) => person),
      { place, random, more },
    )
  },
}

function atTheDesk(person: Person, at: number, random: Random): readonly RangeEvent[] {
  const session = newSession(person, at, random)
  const tries = Math.floor(random.exponential(1.2))
  const failed = Array.from({ length: tries }, (_, n) =>
    during(session, at + n * minuteMs, { type: 'login_failed' }),
  )
  const inAt = at + tries * minuteMs
  const shows = random.chance(0.2) ? { email: person.email } : {}
  return [
    ...failed,
    during(session, inAt, { type: 'login' }),
    ...(random.chance(0.6)
      ? [during(session, inAt + random.between(1, 20) * minuteMs, { type: 'credential_change', shows })]
      : []),
  ]
}
