/** Two rings, and one account that works for both. */
import type { Attack, Plan } from '../../plan.ts'
import { during } from '../../session.ts'
import { minuteMs } from '../../times.ts'
import { revisit, visitsOf } from './sightings.ts'

const name = 'bridge'

/** The account carries the ring it was opened by. */
export function bridged(attacks: readonly Attack[]): Attack {
  const accountsMin = 2 * Math.max(...attacks.map((attack) => attack.accountsMin))
  return {
    name,
    accountsMin,
    reasons: [...new Set(attacks.flatMap(({ reasons }) => reasons))],
    plan(place, { random, room, id }): Plan {
      const half = Math.floor(room / 2)
      const [ours, theirs] = ['a', 'b'].map((side) =>
        random.pick(attacks).plan(place, { random, room: half, id: `${id}-${side}` }),
      ) as [Plan, Plan]
      const visits = [...visitsOf(theirs, place).values()].flat()
      const [account, own] = random.pick([...visitsOf(ours, place)])
      const fromAt = Math.min(...own.map(({ at }) => at))
      const crossings = Array.from({ length: random.int(2, 5) }, () => random.pick(visits)).map((visit) => {
        const at = Math.max(fromAt, visit.at) + random.between(1, 50) * minuteMs
        return during(revisit(visit, random, { account }), at, { type: 'login' })
      })
      return {
        settlers: [],
        events: [...ours.events, ...theirs.events, ...crossings],
        truth: [...ours.truth, ...theirs.truth].map((line) =>
          line.ring === null ? line : { ...line, attack: name },
        ),
      }
    },
  }
}
