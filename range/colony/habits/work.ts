/** What work and school lend, and what colleagues hold in common. */
import { hold } from '../folk/account.ts'
import { appDevice, webDevice } from '../folk/kit.ts'
import { fixedLine } from '../ground/lines.ts'
import { advertise, chunks, deviceOf, type Habit, pool, seat, someDay } from './habit.ts'

/** Drivers take whichever tablet is charged. */
const fleet: Habit = {
  name: 'fleet',
  layer: 'work',
  size: [6, 32],
  share(people, { scene, random }) {
    const carrier = random.pick(scene.ground.carriers)
    const tablets = people.slice(0, Math.ceil(people.length / 3)).map(() => appDevice(scene, random))
    for (const account of people) {
      for (let shift = random.int(1, 4); shift > 0; shift -= 1) {
        seat(account, { device: random.pick(tablets), line: carrier, place: 'work', weight: 1 }, random)
      }
    }
    pool(people, { kind: 'payment', value: scene.mint.word('fuel'), chance: 0.3, weight: 1 }, random)
  },
}

/** Laptops belong to the school: one pupil has one this term, another the next. */
const school: Habit = {
  name: 'school',
  layer: 'work',
  size: [30, 170],
  share(people, { scene, random }) {
    const line = fixedLine(scene.mint)
    const host = `${random.word()}.test`
    for (const bench of chunks(people, () => random.int(1, 4))) {
      const device = webDevice(scene, random)
      const term = someDay(scene, random)
      bench.forEach((pupil, at) => {
        const turn = at === 0 ? { until: term } : { from: term }
        const isShared = random.chance(0.5)
        seat(pupil, { device, line, place: 'work', weight: 2.2, ...(!isShared && turn) }, random)
        if (random.chance(0.7)) pupil.email = scene.mint.email(host)
      })
    }
  },
}

const till: Habit = {
  name: 'till',
  layer: 'work',
  size: [4, 24],
  share(people, { scene, random }) {
    const line = fixedLine(scene.mint)
    const tills = Array.from({ length: random.int(1, 2) }, () => webDevice(scene, random))
    for (const account of people) {
      seat(account, { device: random.pick(tills), line, place: 'work', weight: 1.4 }, random)
    }
  },
}

/** A company's tunnel has a few exits for the whole country. */
const office: Habit = {
  name: 'office',
  layer: 'work',
  size: [4, 60],
  share(people, { scene, random }) {
    const line = random.pick(scene.ground.offices)
    for (const account of people) {
      const device = random.chance(0.5) ? webDevice(scene, random) : deviceOf(account)
      if (device) seat(account, { device, line, place: 'work', weight: 2 }, random)
    }
  },
}

/** Manager, cutter and assistant are all logged in to all the names. */
const influencerTeam: Habit = {
  name: 'influencer-team',
  layer: 'work',
  size: [3, 10],
  share(people, within) {
    const { scene, random } = within
    advertise(people, within)
    const team = people.slice(0, 4)
    for (const account of people) {
      for (const colleague of team) {
        const desk = colleague.seats[0]
        if (desk && random.chance(0.7)) {
          seat(account, { device: desk.device, line: desk.line, place: 'work', weight: 1.2 }, random)
        }
      }
    }
    pool(people, { kind: 'payout', value: scene.mint.word('iban'), chance: 0.7, weight: 5 }, random)
    pool(people, { kind: 'payment', value: scene.mint.word('card'), chance: 0.5, weight: 2 }, random)
  },
}

/** Stallholders take orders on one number and are paid into one account. */
const cooperative: Habit = {
  name: 'cooperative',
  layer: 'work',
  size: [5, 28],
  share(people, within) {
    const { scene, random } = within
    const { mint } = scene
    advertise(people, within)
    pool(people, { kind: 'payout', value: mint.word('iban'), chance: 0.75, weight: 4 }, random)
    pool(people, { kind: 'phone', value: mint.phone(), chance: 0.4, weight: 1 }, random)
    pool(people, { kind: 'address', value: mint.address(), chance: 0.5, weight: 1.5 }, random)
    const chair = people[0] && deviceOf(people[0])
    const line = fixedLine(mint)
    for (const account of people.slice(1)) {
      // Who cannot read has the chair do it.
      if (chair && random.chance(0.35))
        seat(account, { device: chair, line, place: 'work', weight: 1.5 }, random)
    }
  },
}

/** Someone pays for the licences of all freelancers of a studio. */
const studio: Habit = {
  name: 'studio',
  layer: 'work',
  size: [3, 14],
  share(people, { scene, random }) {
    const line = scene.area.homeLine(random)
    const value = scene.mint.word('card')
    for (const account of people) {
      const device = deviceOf(account)
      if (device) seat(account, { device, line, place: 'work', weight: 1.5 }, random)
      if (random.chance(0.6)) hold(account, 'payment', { value, weight: 2 })
    }
  },
}

export const work: readonly Habit[] = [fleet, school, till, office, influencerTeam, cooperative, studio]
