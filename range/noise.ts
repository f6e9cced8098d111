/**
 * What the way from a platform to us does to its events: some are lost, come late, twice or out of turn, and some
 * bear the time of a clock that is wrong. What is true stays as it is, and every account is heard of.
 */
import type { RangeEvent } from './event.ts'
import type { Random } from './random.ts'
import { hourMs, minuteMs } from './times.ts'

export interface NoiseFigures {
  /** Events that never come, of 1. */
  readonly missing: number
  /** Events that come twice, of 1. */
  readonly duplicated: number
  /** Events that come hours after they happened, of 1. */
  readonly late: number
  readonly lateMeanHours: number
  /** Events that come within minutes, but after others that happened later, of 1. */
  readonly shuffled: number
  /** Accounts whose device's clock is wrong, of 1. */
  readonly skewed: number
  readonly skewMeanMinutes: number
}

export const noNoise: NoiseFigures = {
  missing: 0,
  duplicated: 0,
  late: 0,
  lateMeanHours: 0,
  shuffled: 0,
  skewed: 0,
  skewMeanMinutes: 0,
}

/** An event, and which of its account's it is. */
export interface Numbered {
  readonly event: RangeEvent
  readonly count: number
}

export interface Delivery {
  readonly figures: NoiseFigures
  /** A stream an account, so that what becomes of its events depends on nobody else's. */
  readonly randomOf: (account: string) => Random
  readonly startAt: number
  readonly endAt: number
}

/** Events in the order they come in, from events in the order they happened. */
export function delivered(events: readonly RangeEvent[], delivery: Delivery): readonly Numbered[] {
  const byAccount = Map.groupBy(events, ({ account }) => account)
  const arrivals: Arrival[] = []
  for (const [account, mine] of byAccount) {
    const random = delivery.randomOf(account)
    for (const arrival of arrivalsOf(mine, random, delivery)) arrivals.push(arrival)
  }
  // Of one moment the events stand as the accounts first came, and an account's in their order.
  return arrivals.toSorted((a, b) => a.arrivesAt - b.arrivesAt)
}

interface Arrival extends Numbered {
  readonly arrivesAt: number
}

function arrivalsOf(
  events: readonly RangeEvent[],
  random: Random,
  { figures, startAt, endAt }: Delivery,
): readonly Arrival[] {
  const { missing, duplicated, skewed, skewMeanMinutes } = figures
  const skewMs = random.chance(skewed) ? skew(skewMeanMinutes, random) : 0
  const arrivals: Arrival[] = []
  for (const [count, event] of events.entries()) {
    const isOnlyOne = count === events.length - 1 && arrivals.length === 0
    if (random.chance(missing) && !isOnlyOne) continue
    // What the platform itself sets down bears its own clock's time.
    const isDevices = event.session !== undefined && event.type !== 'signup'
    const heard =
      skewMs !== 0 && isDevices ? { ...event, at: toldAt(event.at, { skewMs, startAt, endAt }) } : event
    const arrivesAt = event.at + delay(figures, random)
    arrivals.push({ event: heard, count, arrivesAt })
    if (random.chance(duplicated)) {
      arrivals.push({ event: heard, count, arrivesAt: arrivesAt + random.exponential(hourMs) })
    }
  }
  return arrivals
}

const skew = (meanMinutes: number, random: Random): number =>
  (random.chance(0.5) ? 1 : -1) * random.exponential(meanMinutes * minuteMs)

/** A time outside the window would not be believed, and is put right. */
function toldAt(
  at: number,
  { skewMs, startAt, endAt }: { skewMs: number; startAt: number; endAt: number },
): number {
  const told = at + skewMs
  return told < startAt || told >= endAt ? at : told
}

function delay({ late, lateMeanHours, shuffled }: NoiseFigures, random: Random): number {
  const draw = random.next()
  if (draw < late) return random.exponential(lateMeanHours * hourMs)
  return draw < late + shuffled ? random.between(0, 5 * minuteMs) : 0
}
