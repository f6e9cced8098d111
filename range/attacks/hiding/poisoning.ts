/** A ring that makes innocent families look like part of it: it shows their card, their device or their line. */
import type { RangeEvent } from '../../event.ts'
import { type Person, useAt } from '../../person.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { during, newMoney } from '../../session.ts'
import { minuteMs } from '../../times.ts'
import { ownersOf, type Thing } from '../bystanders.ts'
import { revisit, ringedIn, visitsOf } from './sightings.ts'

const name = 'poisoning'

export function poisoning(attacks: readonly Attack[]): Attack {
  return {
    name,
    accountsMin: Math.max(...attacks.map((attack) => attack.accountsMin)),
    reasons: [...new Set(attacks.flatMap(({ reasons }) => reasons))],
    plan(place, request): Plan {
      const { random } = request
      const planned = random.pick(attacks).plan(place, request)
      const share = random.between(0.2, 0.7)
      const poisoned = [...visitsOf(planned, place).values()]
        .filter(() => random.chance(share))
        .flatMap((visits) =>
          Array.from({ length: random.int(1, 3) }, () => borrow(random.pick(visits), place, random)).flat(),
        )
      const ring = new Set(ringedIn(planned))
      const things = new Set(poisoned.map(({ thing }) => thing))
      const known = new Set(planned.truth.map(({ account }) => account))
      return {
        settlers: [],
        events: [...planned.events, ...poisoned.map(({ event }) => event)],
        truth: [
          ...planned.truth.map((line) => (line.ring === null ? line : { ...line, attack: name })),
          ...ownersOf(things, place, new Set([...ring, ...known])),
        ],
      }
    },
  }
}

interface Borrowed {
  readonly thing: Thing
  readonly event: RangeEvent
}

/** Device ids are copied by malware, card numbers bought, and lines rented. */
function borrow(visit: RangeEvent, place: Place, random: Random): readonly Borrowed[] {
  const { residents, isFree } = place
  const resident = residents.length > 0 ? random.pick(residents) : undefined
  if (resident === undefined || !isFree(resident.account)) return []
  const at = visit.at + random.between(1, 50) * minuteMs
  const way = random.pick(['device', 'payment', 'ip'] as const)
  if (way === 'payment') return withCard(resident, { visit, at, random })
  const thing = way === 'device' ? useAt(resident.devices, at, random) : useAt(resident.networks, at, random)
  if (thing === undefined) return []
  const change = typeof thing === 'string' ? { device: thing } : { ip: thing.addressAt(at, random) }
  return [{ thing, event: during(revisit(visit, random, change), at, { type: 'login' }) }]
}

function withCard(
  { cards, currency }: Person,
  { visit, at, random }: { visit: RangeEvent; at: number; random: Random },
): readonly Borrowed[] {
  const card = useAt(cards, at, random)
  if (card === undefined) return []
  const money = newMoney(random, currency, 15)
  return [
    {
      thing: card,
      event: during(revisit(visit, random), at, { type: 'payment', shows: { payment: card }, money }),
    },
  ]
}
