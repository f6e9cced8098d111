/** Accounts that take what victims lose: a bank account for rent, and a person behind it who looks like any other. */
import type { RangeEvent } from '../../event.ts'
import type { Network } from '../../networks.ts'
import { newDevice, newPayout, newPerson, usualNetworks } from '../../newcomer.ts'
import { type Person } from '../../person.ts'
import type { Place } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { payOut } from '../../routine.ts'
import { newSession } from '../../session.ts'
import { dayMs, hourMs } from '../../times.ts'

export function newReceiver(
  place: Place,
  random: Random,
  { startsAt, tools }: { startsAt: number; tools?: { readonly device: string; readonly network: Network } },
): Person {
  const isRecruited = random.chance(0.4)
  const days = isRecruited ? random.between(60, 700) : random.between(1, 40)
  const own = { thing: newDevice(random), weight: 3 }
  const networks = usualNetworks(place.networks.home(random), place.networks.phoneLine(random))
  // Some are run from the gang's own devices, and only those are tied to it by more than money.
  const run = tools !== undefined && random.chance(0.35) ? tools : undefined
  const fromAt = startsAt - dayMs
  return newPerson(place, random, {
    bornAt: startsAt - days * dayMs,
    devices: run ? [own, { thing: run.device, weight: 2, fromAt }] : [own],
    networks: run ? [...networks, { thing: run.network, weight: 3, fromAt }] : networks,
    payout: newPayout(random),
    sessions: place.tempo * random.between(8, 30),
  })
}

/** Within days it is paid on. */
export function spend(person: Person, startsAt: number, random: Random): readonly RangeEvent[] {
  const { payout, currency } = person
  if (payout === undefined) return []
  return Array.from({ length: random.int(1, 4) }, () => {
    const at = startsAt + random.between(6, 96) * hourMs
    return payOut(payout, { session: newSession(person, at, random), at, currency, random })
  })
}
