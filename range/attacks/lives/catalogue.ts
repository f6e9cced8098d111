/** Rings that grow, replace what they consist of, become one, and come apart while they are watched. */
import type { Attack } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dayMs } from '../../times.ts'
import { deviceLine, type Gang, gangPlan, steadily } from './gang.ts'

/** Days of the window at which gangs begin, and at which those that change do. */
const beginDays = { min: 20, max: 55 }
const turnDays = { min: 66, max: 80 }

const reasons = ['multi_account', 'promo_abuse', 'chargeback'] as const

interface Life {
  readonly name: string
  readonly accounts: { readonly min: number; readonly max: number }
  /** Accounts it begins with. */
  readonly first: number
  readonly staysDays: (random: Random) => number
  /** How long it keeps a device. */
  readonly turnDays: (random: Random) => number
}

/** One gang that goes on as it began. */
const steady = ({ name, accounts, first, staysDays, turnDays }: Life): Attack => ({
  name,
  accountsMin: accounts.min,
  reasons,
  plan(place, { random, room, id }) {
    const fromAt = place.startAt + random.between(beginDays.min, beginDays.max) * dayMs
    const count = random.int(accounts.min, Math.min(accounts.max, room))
    const gang: Gang = {
      ring: id,
      openings: steadily(place, random, { count, fromAt, first }),
      staysDays: staysDays(random),
      devices: deviceLine(place, random, { fromAt, turnDays: turnDays(random) }),
    }
    return gangPlan([gang], { name, place, random })
  },
})

const growing = steady({
  name: 'growing',
  accounts: { min: 6, max: 30 },
  first: 4,
  staysDays: () => 60,
  turnDays: () => 40,
})

/** Accounts last some days; the device stays. */
const replacing = steady({
  name: 'replacing',
  accounts: { min: 10, max: 40 },
  first: 3,
  staysDays: (random) => random.between(6, 12),
  turnDays: () => 100,
})

/** Accounts and devices are all replaced in time, never at once. */
const moving = steady({
  name: 'moving',
  accounts: { min: 10, max: 40 },
  first: 4,
  staysDays: (random) => random.between(10, 20),
  turnDays: (random) => random.between(10, 16),
})

/** Two gangs with nothing in common, until they put their devices together. */
const merging: Attack = {
  name: 'merging',
  accountsMin: 12,
  reasons,
  plan(place, { random, room, id }) {
    const turnsAt = place.startAt + random.between(turnDays.min, turnDays.max) * dayMs
    const lines = [0, 1].map(() => {
      const fromAt = place.startAt + random.between(beginDays.min, beginDays.max) * dayMs
      return { fromAt, devices: deviceLine(place, random, { fromAt, turnDays: 100 }) }
    })
    const gangs = lines.map(({ fromAt, devices }, n): Gang => {
      const theirs = (lines[1 - n]?.devices ?? []).map((use) => ({ ...use, fromAt: turnsAt }))
      return {
        ring: `${id}-${'ab'[n]}`,
        openings: steadily(place, random, {
          count: random.int(6, Math.min(15, Math.floor(room / 2))),
          fromAt,
          first: 4,
        }),
        staysDays: 60,
        devices: [...devices, ...theirs],
      }
    })
    return gangPlan(gangs, { name: merging.name, place, random })
  },
}

/** One gang on one device; from a day on its halves go on with a device each. */
const splitting: Attack = {
  name: 'splitting',
  accountsMin: 12,
  reasons,
  plan(place, { random, room, id }) {
    const fromAt = place.startAt + random.between(beginDays.min, beginDays.max) * dayMs
    const turnsAt = place.startAt + random.between(turnDays.min, turnDays.max) * dayMs
    const common = deviceLine(place, random, { fromAt, turnDays: 100 }).map((use) => ({
      ...use,
      untilAt: turnsAt,
    }))
    const gangs = ['a', 'b'].map((half): Gang => {
      const own = deviceLine(place, random, { fromAt: turnsAt, turnDays: 100 })
      return {
        ring: `${id}-${half}`,
        openings: steadily(place, random, {
          count: random.int(6, Math.min(15, Math.floor(room / 2))),
          fromAt,
          first: 3,
        }),
        staysDays: 60,
        devices: [...common, ...own],
      }
    })
    return gangPlan(gangs, { name: splitting.name, place, random })
  },
}

/** Weights among themselves. */
export const lifeAttacks: readonly (readonly [Attack, number])[] = [
  [growing, 1],
  [replacing, 1],
  [moving, 1],
  [merging, 1],
  [splitting, 1],
]

/** Two rings of one life end as one, or began as one. */
export const familyOf = (ring: string): string => ring.replace(/-[ab]$/, '')
