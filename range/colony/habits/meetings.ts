/** Places people pass through, and things that pass from one to the next. */
import { dayMs } from '../../times.ts'
import { befriend, hold } from '../folk/account.ts'
import { appDevice, webDevice } from '../folk/kit.ts'
import { fixedLine } from '../ground/lines.ts'
import { deviceOf, type Habit, pool, seat, someDay } from './habit.ts'

/** A room of browsers, any of which anybody may sit at. */
const terminals = (name: string, size: readonly [number, number], weight: number): Habit => ({
  name,
  layer: 'meeting',
  size,
  share(people, { scene, random }) {
    const line = fixedLine(scene.mint)
    const screens = Array.from({ length: random.int(3, 14) }, () => webDevice(scene, random))
    for (const account of people) {
      for (let visit = random.int(1, 3); visit > 0; visit -= 1) {
        seat(account, { device: random.pick(screens), line, place: 'elsewhere', weight }, random)
      }
    }
  },
})

/** The clerk does it on her terminal, and the money comes by way of her till. */
const remittance: Habit = {
  name: 'remittance',
  layer: 'meeting',
  size: [10, 130],
  share(people, { scene, random }) {
    const line = fixedLine(scene.mint)
    const clerk = random.chance(0.5) ? appDevice(scene, random) : webDevice(scene, random)
    for (const account of people) {
      if (random.chance(0.7)) seat(account, { device: clerk, line, place: 'elsewhere', weight: 0.8 }, random)
    }
    pool(people, { kind: 'payout', value: scene.mint.word('agent'), chance: 0.6, weight: 0.8 }, random)
    pool(people, { kind: 'payment', value: scene.mint.word('till'), chance: 0.3, weight: 0.6 }, random)
  },
}

const church: Habit = {
  name: 'church',
  layer: 'meeting',
  size: [10, 90],
  share(people, { scene, random }) {
    const line = fixedLine(scene.mint)
    for (const account of people) {
      const device = deviceOf(account)
      if (device) seat(account, { device, line, place: 'elsewhere', weight: 0.5 }, random)
    }
    const fund = scene.mint.word('card')
    pool(people.slice(0, 9), { kind: 'payment', value: fund, chance: 0.5, weight: 0.7 }, random)
    befriend(people.slice(0, 9))
  },
}

/** Cash over the counter comes in under the kiosk's token. */
const kiosk: Habit = {
  name: 'kiosk',
  layer: 'meeting',
  size: [8, 160],
  share(people, { scene, random }) {
    pool(people, { kind: 'payment', value: scene.mint.word('kiosk'), chance: 0.9, weight: 1 }, random)
  },
}

/** Sold on: who has the handset changes on a day. */
const resale: Habit = {
  name: 'handset-resale',
  layer: 'meeting',
  size: [2, 3],
  share(people, { scene, random }) {
    const seller = people[0]
    const device = seller && deviceOf(seller)
    if (!seller || !device) return
    const own = seller.seats.filter((held) => held.device === device)
    let sold = someDay(scene, random)
    const next = appDevice(scene, random)
    seller.seats = seller.seats.flatMap((held) =>
      held.device === device
        ? [
            { ...held, until: sold },
            { ...held, device: next, from: sold },
          ]
        : [held],
    )
    for (const buyer of people.slice(1)) {
      const until = sold + random.between(10, 60) * dayMs
      const line = buyer.seats[0]?.line ?? own[0]?.line
      if (line) seat(buyer, { device, line, place: 'home', weight: 5, from: sold + dayMs, until }, random)
      sold = until
    }
  },
}

/** Carriers hand out a number again when nobody has paid for it. */
const recycledNumber: Habit = {
  name: 'number',
  layer: 'meeting',
  size: [2, 2],
  share([before, after], { scene, random }) {
    const given = before?.holdings.phone[0]
    if (!after || !given) return
    const day = someDay(scene, random)
    before.holdings.phone[0] = { ...given, until: day }
    hold(after, 'phone', { value: given.value, weight: 5, from: day + dayMs })
  },
}

/** Relatives in several homes under one subscription. */
const plan: Habit = {
  name: 'plan',
  layer: 'meeting',
  size: [3, 6],
  share(people, { scene, random }) {
    pool(people, { kind: 'payment', value: scene.mint.word('card'), chance: 0.9, weight: 2 }, random)
    befriend(people)
  },
}

/** Parcels lie at the shop on the corner. */
const parcelPoint: Habit = {
  name: 'parcel-point',
  layer: 'meeting',
  size: [8, 200],
  share(people, { scene, random }) {
    pool(people, { kind: 'address', value: scene.mint.address(), chance: 0.9, weight: 1.5 }, random)
  },
}

/** A well-known host invites her audience under her code. */
const audience: Habit = {
  name: 'audience',
  layer: 'meeting',
  size: [4, 60],
  share([host, ...guests], { scene, random }) {
    if (!host) return
    const code = scene.mint.word('code')
    for (const guest of guests) {
      guest.promo = code
      if (random.chance(0.7)) guest.invitedBy = host.id
    }
  },
}

/** The repairer tries every phone on his own line, and some customers log in on his. */
const repairs: Habit = {
  name: 'repair-shop',
  layer: 'meeting',
  size: [6, 45],
  share(people, { scene, random }) {
    const line = fixedLine(scene.mint)
    const bench = appDevice(scene, random)
    for (const account of people) {
      const from = someDay(scene, random)
      const visit = { line, place: 'elsewhere', weight: 6, from, until: from + 4 * dayMs } as const
      const device = random.chance(0.4) ? bench : deviceOf(account)
      if (device) seat(account, { device, ...visit }, random)
    }
  },
}

/** Friends who give each other things. */
const circle: Habit = {
  name: 'circle',
  layer: 'meeting',
  size: [4, 10],
  share(people) {
    befriend(people)
  },
}

export const meetings: readonly Habit[] = [
  terminals('cybercafe', [12, 120], 1.5),
  terminals('library', [8, 70], 0.7),
  remittance,
  church,
  kiosk,
  resale,
  recycledNumber,
  plan,
  parcelPoint,
  audience,
  repairs,
  circle,
]
