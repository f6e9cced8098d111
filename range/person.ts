/** Who a customer is: what they own, where they connect from, how often they come. */

import type { Network } from './networks.ts'
import type { Random } from './random.ts'

/** Something a person uses, `weight` times as often as something of weight 1, within a time. */
export interface Use<T> {
  readonly thing: T
  readonly weight: number
  readonly fromAt?: number
  readonly untilAt?: number
  /** Where it stands, when nobody carries it about. */
  readonly standsAt?: Network
}

export interface Person {
  readonly account: string
  /** May lie long before the window. */
  readonly bornAt: number
  /** When they stop coming. */
  readonly leavesAt?: number
  readonly email: string
  readonly phone?: string
  /** Where parcels go. */
  readonly address?: string
  /** The promotion they signed up with. */
  readonly promo?: string
  /** At least one device and one network are usable at any time. */
  readonly devices: readonly Use<string>[]
  readonly networks: readonly Use<Network>[]
  readonly cards: readonly Use<string>[]
  /** Where their money goes; sellers have one. */
  readonly payout?: string
  /** Sessions in 90 days, on average. */
  readonly sessions: number
  /** Hour of the day (UTC) at which they mostly come. */
  readonly peakHour: number
  readonly currency: string
  /** What most of their purchases cost: the median. */
  readonly spends: number
  /** Payments that fail, of 1. */
  readonly declines: number
  /** Whether the platform sends `accountCreatedAt` with their log-ins. */
  readonly tellsAge: boolean
  readonly group: string | null
}

/** What a person uses at a moment; nothing when they own nothing then. */
export const useAt = <T>(uses: readonly Use<T>[], at: number, random: Random): T | undefined =>
  chosenAt(uses, at, random)?.thing

/** The same, with where it stands. */
export function chosenAt<T>(uses: readonly Use<T>[], at: number, random: Random): Use<T> | undefined {
  const [only] = uses
  if (uses.length === 1 && only !== undefined && isInUse(only, at)) return only
  const usable = uses.filter((use) => isInUse(use, at))
  if (usable.length === 0) return undefined
  return random.weighted(usable.map((use) => [use, use.weight] as const))
}

/** Whether it is theirs at that moment. */
export const isInUse = ({ fromAt = -Infinity, untilAt = Infinity }: Use<unknown>, at: number): boolean =>
  at >= fromAt && at < untilAt
