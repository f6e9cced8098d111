/** Rings that grow, replace what they consist of, become one, and come apart while they are watched. */
import type { Attack } from '../../plan.ts'
import { dayMs } from '../../times.ts'
import { deviceLine, type Gang, gangPlan, steadily } from './gang.ts'

/** Days of the window at which gangs begin, and at which those that change do. */
const beginDays = { min: 20, max: 55 }
const turnDays = { min: 66, max: 80 }

const reasons = ['multi_account', 'promo_abuse', 'chargeback'] as const

const growing: Attack = {
  name: 'growing',
  accountsMin: 6,
  reasons,
  plan(place, { random, room, id }) {
    const fromAt = place.startAt + random.between(beginDays.min, beginDays.max) * dayMs
    const count = random.int(6, Math.min(30, room))
    const gang: Gang = {
      ring: id,
      openings: steadily(place, random, { count, fromAt, first: 4 }),
      staysDays: 60,
      devices: deviceLine(place, random, { fromAt, turnDays: 40 }),
    }
    return gangPlan([gang], { name: growing.name, place, random })
  },
}

/** Accounts last some days; the device stays. */
const replacing: Attack = {
  name: 'replacing',
  accountsMin: 10,
  reasons,
  plan(place, { random, room, id }) {
    const fromAt = place.startAt + random.between(beginDays.min, beginDays.max) * dayMs
    const count = random.int(10, Math.min(40, room))
    const gang: Gang = {
      ring: id,
      openings: steadily(place, random, { count, fromAt, first: 3 }),
      staysDays: random.between(6, 12),
      devices: deviceLine(place, random, { fromAt, turnDays: 100 }),
    }
    return gangPlan([gang], { name: replacing.name, place, random })
  },
}

/** Accounts and devices are all replaced in time, never at once. */
const moving: Attack = {
  name: 'moving',
  accountsMin: 10,
  reasons,
  plan(place, { random, room, id }) {
    const fromAt = place.startAt + random.between(beginDays.min, beginDays.max) * dayMs
    const count = random.int(10, Math.min(40, room))
    const gang: Gang = {
      ring: id,
      openings: steadily(place, random, { count, fromAt, first: 4 }),
      staysDays: random.between(10, 20),
      devices: deviceLine(place, random, { fromAt, turnDays: random.between(10, 16) }),
    }
    return gangPlan([gang], { name: moving.name, place, random })
  },
}

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
        openings: steadily(place, random, { count: random.int(6, Math.min(15, room / 2)), fromAt, first: 4 }),
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
        openings: steadily(place, random, { count: random.int(6, Math.min(15, room / 2)), fromAt, first: 3 }),
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
