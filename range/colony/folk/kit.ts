/** What one person has for themselves: a telephone, perhaps a computer, a line at home, a card. */

import { accountPrefix } from '../../event.ts'
import type { Random } from '../../random.ts'
import { dayMs } from '../../times.ts'
import type { Ground } from '../ground/ground.ts'
import type { Line } from '../ground/lines.ts'
import type { Mint } from '../ground/mint.ts'
import type { Scene } from '../scene.ts'
import type { Account, Device, Seat } from './account.ts'
import { type Cover, coverOf, temperOf } from './temper.ts'

export function newAccount(scene: Scene, { random, cover }: { random: Random; cover?: Cover }): Account {
  const { mint, figures, tuning, times } = scene
  const joins = random.chance(tuning.newcomers)
  return {
    id: `${accountPrefix}${random.word()}`,
    temper: temperOf(figures.tempers, cover ?? coverOf(figures.tempers, random), random),
    role: 'benign',
    ring: null,
    attack: null,
    group: null,
    bornAt: joins
      ? random.between(times.startAt, times.endAt - dayMs)
      : times.startAt - random.exponential(400 * dayMs) - dayMs,
    ...(random.chance(0.15) && { promo: random.pick(scene.ground.campaigns) }),
    email: mint.email(),
    seats: ownSeats(scene, random),
    holdings: {
      payment: some(random, [0.82, 0.22, 0.06], () => mint.word('card')),
      payout: some(random, [1, 0.04], () => mint.word('iban')),
      phone: some(random, [0.85, 0.05], () => mint.phone()),
      address: some(random, [0.9, 0.12], () => mint.address()),
      document: some(random, [0.6], () => mint.word('paper')),
    },
    posts: {},
    friends: [],
    marks: [],
  }
}

/** As many as the chances let through; the first is used most. */
const some = (random: Random, chances: readonly number[], value: () => string) =>
  chances.flatMap((chance, at) =>
    random.chance(chance) ? [{ value: value(), weight: 1 / (1 + 3 * at) }] : [],
  )

function ownSeats(scene: Scene, random: Random): Seat[] {
  const { ground } = scene
  const home = scene.area.homeLine(random)
  const phone = appDevice(scene, random)
  const seats: Seat[] = [
    { place: 'home', device: phone, line: home, weight: random.lognormal(3, 0.5) },
    { place: 'road', device: phone, line: random.pick(ground.carriers), weight: random.lognormal(2, 0.7) },
  ]
  const more = (chance: number, seat: () => Seat) => void (random.chance(chance) && seats.push(seat()))
  more(0.4, () => ({
    place: 'home',
    device: webDevice(scene, random),
    line: home,
    weight: random.lognormal(1.6, 0.6),
  }))
  more(0.15, () => passing(phone, random.pick(ground.hotels), random))
  more(0.08, () => passing(phone, random.pick(ground.tunnels), random))
  return seats
}

const passing = (device: Device, line: Line, random: Random): Seat => ({
  place: 'elsewhere',
  device,
  line,
  weight: random.lognormal(0.4, 0.7),
})

interface Maker {
  readonly mint: Mint
  readonly ground: Ground
}

export const appDevice = ({ mint, ground }: Maker, random: Random): Device => ({
  device: mint.word('handset'),
  ...(random.chance(0.4) && { fingerprint: modelOf(ground, random) }),
  who: mint.number(),
})

export const webDevice = ({ mint, ground }: Maker, random: Random): Device => ({
  cookie: mint.word('crumb'),
  ...(random.chance(0.5) && { fingerprint: modelOf(ground, random) }),
  who: mint.number(),
})

/** The second most common model is half as common as the first, and so on (Zipf). */
const modelOf = ({ models }: Ground, random: Random): string =>
  models[Math.floor(models.length ** random.next()) - 1] ?? random.pick(models)
