/** Honest sharing: what people who live, work or meet together use in common. */
import type { Random } from '../../random.ts'
import { dayMs } from '../../times.ts'
import { type Account, type Device, type HoldingKind, hold, type Place } from '../folk/account.ts'
import type { Line } from '../ground/lines.ts'
import type { Scene } from '../scene.ts'

export interface Habit {
  /** What its groups are named for. */
  readonly name: string
  /** Of homes and of work everybody has one at most; of meeting places as many as it comes. */
  readonly layer: 'home' | 'work' | 'meeting'
  readonly size: readonly [number, number]
  share(people: readonly Account[], within: Within): void
}

export interface Within {
  readonly scene: Scene
  readonly random: Random
}

export interface SeatOffer {
  readonly device: Device
  readonly line: Line
  readonly place: Place
  /** Median of how often it is used, beside about 5 for all an account has of its own. */
  readonly weight: number
  readonly from?: number
  readonly until?: number
}

export function seat(account: Account, offer: SeatOffer, random: Random): void {
  account.seats.push({ ...offer, weight: random.lognormal(offer.weight, 0.5) })
}

/** The device somebody uses most. */
export const deviceOf = ({ seats }: Account): Device | undefined =>
  seats.toSorted((a, b) => b.weight - a.weight)[0]?.device

/** Each takes part with that chance; all of them then hold the same. */
export function pool(
  people: readonly Account[],
  { kind, value, chance, weight }: { kind: HoldingKind; value: string; chance: number; weight: number },
  random: Random,
): void {
  for (const account of people) {
    if (random.chance(chance)) hold(account, kind, { value, weight: random.lognormal(weight, 0.4) })
  }
}

/** One maker's pictures, or a page that all their listings lead to. */
export function advertise(people: readonly Account[], { scene, random }: Within): void {
  const common = {
    ...(random.chance(0.6) && { image: scene.mint.word('photo') }),
    ...(random.chance(0.4) && { url: `https://${random.word()}.example/` }),
    ...(random.chance(0.3) && { text: scene.mint.word('offer') }),
  }
  for (const account of people) {
    if (random.chance(0.7)) Object.assign(account.posts, common)
  }
}

/** A day well within the window. */
export const someDay = ({ times }: Scene, random: Random): number =>
  random.between(times.startAt + 3 * dayMs, times.endAt - 3 * dayMs)

/** In order; nobody is left over alone. */
export function chunks<T>(list: readonly T[], size: () => number): readonly (readonly T[])[] {
  const parts: (readonly T[])[] = []
  for (let at = 0; at < list.length; ) {
    const take = Math.max(1, size())
    const rest = list.length - at - take
    const end = rest === 1 ? list.length : at + take
    parts.push(list.slice(at, end))
    at = end
  }
  return parts
}
