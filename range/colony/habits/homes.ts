/** Who lives together, and what a home has one of. */
import { befriend, hold, homeLineOf, moveIn } from '../folk/account.ts'
import { appDevice, webDevice } from '../folk/kit.ts'
import { fixedLine } from '../ground/lines.ts'
import { advertise, deviceOf, type Habit, pool, seat } from './habit.ts'

const family: Habit = {
  name: 'family',
  layer: 'home',
  size: [2, 5],
  share(people, { scene, random }) {
    const { mint } = scene
    const line = scene.area.homeLine(random)
    for (const account of people) moveIn(account, line)
    befriend(people)
    pool(people, { kind: 'address', value: mint.address(), chance: 0.9, weight: 6 }, random)
    if (random.chance(0.5))
      pool(people, { kind: 'payment', value: mint.word('card'), chance: 0.7, weight: 1.5 }, random)
    if (random.chance(0.3))
      pool(people, { kind: 'phone', value: mint.phone(), chance: 0.6, weight: 1.5 }, random)
    if (!random.chance(0.55)) return
    const device = random.chance(0.6) ? appDevice(scene, random) : webDevice(scene, random)
    for (const account of people) {
      if (random.chance(0.75)) seat(account, { device, line, place: 'home', weight: 1.6 }, random)
    }
  },
}

/** Three generations and cousins over few handsets, few numbers and one purse. */
const jointFamily: Habit = {
  name: 'joint-family',
  layer: 'home',
  size: [5, 13],
  share(people, { scene, random }) {
    const { mint, ground } = scene
    const line = scene.area.homeLine(random)
    const handsets = people.slice(0, Math.ceil(people.length / 2.5)).map(() => appDevice(scene, random))
    const numbers = handsets.map(() => mint.phone())
    const carrier = random.pick(ground.carriers)
    befriend(people)
    for (const account of people) {
      const device = random.pick(handsets)
      account.seats = []
      seat(account, { device, line, place: 'home', weight: 3 }, random)
      seat(account, { device, line: carrier, place: 'road', weight: 2 }, random)
      seat(account, { device: random.pick(handsets), line, place: 'home', weight: 0.8 }, random)
      hold(account, 'phone', { value: random.pick(numbers), weight: 1, only: true })
    }
    pool(people, { kind: 'address', value: mint.address(), chance: 0.9, weight: 8 }, random)
    pool(people, { kind: 'payout', value: mint.word('iban'), chance: 0.6, weight: 4 }, random)
    pool(people, { kind: 'payment', value: mint.word('card'), chance: 0.5, weight: 2 }, random)
  },
}

const houseshare: Habit = {
  name: 'houseshare',
  layer: 'home',
  size: [3, 8],
  share(people, { scene, random }) {
    const line = scene.area.homeLine(random)
    for (const account of people) moveIn(account, line)
    pool(people, { kind: 'address', value: scene.mint.address(), chance: 0.9, weight: 6 }, random)
    if (random.chance(0.4)) {
      pool(people, { kind: 'payment', value: scene.mint.word('card'), chance: 0.5, weight: 0.7 }, random)
    }
  },
}

const dormitory: Habit = {
  name: 'dormitory',
  layer: 'home',
  size: [14, 90],
  share(people, { scene, random }) {
    const exits = Array.from({ length: random.int(1, 3) }, () => fixedLine(scene.mint))
    const hall = scene.mint.address()
    people.forEach((account, at) => {
      moveIn(account, random.pick(exits))
      // A laptop is lent next door.
      const lent = deviceOf(people[at - 1] ?? account)
      if (lent && random.chance(0.12)) {
        seat(account, { device: lent, line: random.pick(exits), place: 'home', weight: 0.7 }, random)
      }
    })
    pool(people, { kind: 'address', value: hall, chance: 0.8, weight: 6 }, random)
  },
}

/** A child of parted parents lives behind two lines and is paid for by either. */
const twoHomes: Habit = {
  name: 'two-homes',
  layer: 'home',
  size: [3, 4],
  share([mother, father, ...children], { random }) {
    if (!mother || !father) return
    for (const child of children) {
      const device = deviceOf(child)
      for (const parent of [mother, father]) {
        befriend([parent, child])
        const line = homeLineOf(parent)
        if (device && line) seat(child, { device, line, place: 'elsewhere', weight: 3 }, random)
        const card = parent.holdings.payment[0]
        if (card && random.chance(0.6)) hold(child, 'payment', { value: card.value, weight: 1 })
        const phone = parent.holdings.phone[0]
        if (phone && random.chance(0.35)) hold(child, 'phone', { value: phone.value, weight: 0.5 })
      }
    }
  },
}

/** One carer acts for several old people, from her own handset and often with her own number. */
const carer: Habit = {
  name: 'carer',
  layer: 'home',
  size: [3, 9],
  share([helper, ...elders], { random }) {
    const device = helper && deviceOf(helper)
    if (!helper || !device) return
    for (const elder of elders) {
      const line = (random.chance(0.6) ? homeLineOf(elder) : helper.seats[1]?.line) ?? helper.seats[0]?.line
      for (const own of elder.seats) own.weight *= 0.3
      if (line) seat(elder, { device, line, place: 'home', weight: 4 }, random)
      const phone = helper.holdings.phone[0]
      if (phone && random.chance(0.6)) hold(elder, 'phone', { value: phone.value, weight: 3 })
      elder.friends.push(helper.id)
    }
  },
}

/** Beds by the shift: a terminal in the hall, one address, wages by way of the foreman's wallet. */
const barracks: Habit = {
  name: 'barracks',
  layer: 'home',
  size: [8, 45],
  share(people, { scene, random }) {
    const line = fixedLine(scene.mint)
    const terminals = Array.from({ length: random.int(1, 3) }, () => webDevice(scene, random))
    for (const account of people) {
      moveIn(account, line)
      if (random.chance(0.5)) {
        seat(account, { device: random.pick(terminals), line, place: 'home', weight: 1.5 }, random)
      }
    }
    pool(people, { kind: 'address', value: scene.mint.address(), chance: 0.9, weight: 8 }, random)
    pool(people, { kind: 'payout', value: scene.mint.word('iban'), chance: 0.35, weight: 2 }, random)
  },
}

/** One person under several names without harm: a password was lost, or work is kept apart from home. */
const again: Habit = {
  name: 'again',
  layer: 'home',
  size: [2, 3],
  share([first, ...others], { random }) {
    if (!first) return
    for (const other of others) {
      other.seats = first.seats.map((own) => ({ ...own, weight: own.weight * random.between(0.5, 1.5) }))
      for (const kind of ['payment', 'phone', 'address', 'payout', 'document'] as const) {
        const held = first.holdings[kind][0]
        if (held && random.chance(0.6)) hold(other, kind, { ...held, only: true })
      }
    }
  },
}

/** A dealer keeps a shop for shoes and another for sofas, with leave. */
const reseller: Habit = {
  name: 'reseller',
  layer: 'home',
  size: [2, 9],
  share(people, within) {
    const { scene, random } = within
    const { mint } = scene
    const first = people[0]
    if (!first) return
    const clerks = [deviceOf(first), webDevice(scene, random)].flatMap((device) => device ?? [])
    const line = homeLineOf(first) ?? fixedLine(mint)
    for (const account of people) {
      moveIn(account, line)
      for (const device of clerks) seat(account, { device, line, place: 'work', weight: 2.5 }, random)
    }
    pool(people, { kind: 'payout', value: mint.word('iban'), chance: 0.8, weight: 5 }, random)
    advertise(people, within)
    pool(people, { kind: 'document', value: mint.word('paper'), chance: 0.7, weight: 3 }, random)
    pool(people, { kind: 'address', value: mint.address(), chance: 0.8, weight: 4 }, random)
    pool(people, { kind: 'phone', value: mint.phone(), chance: 0.6, weight: 2 }, random)
  },
}

export const homes: readonly Habit[] = [
  family,
  jointFamily,
  houseshare,
  dormitory,
  twoHomes,
  carer,
  barracks,
  again,
  reseller,
]
