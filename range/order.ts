/** What a world is ordered by, where its lines go, and what is counted of it. */
import type { NoiseFigures } from './noise.ts'

export interface WorldOrder {
  /** One of `worldNames`. */
  readonly world: string
  readonly seed: number
  /** How many accounts live in it; at least 500. */
  readonly accounts: number
  /**
   * Honest accounts besides, told after all others in places where nobody is robbed. Networks are sized for all, so
   * that a world and what is told of it before its crowd differ in nothing but honest people.
   */
  readonly crowd?: number
  /** First moment of the window. */
  readonly startAt?: number
  /** Instead of the world's own; colonies know none. */
  readonly noise?: NoiseFigures
  /** Instead of the world's own: sessions people have, as a multiple of the usual; colonies know none. */
  readonly tempo?: number
}

/** An order that can be filled. */
export type CheckedOrder = WorldOrder & { readonly startAt: number }

/** Takes lines of JSON, without line ends; resolves when more may come. */
export interface WorldSink {
  events(lines: readonly string[]): Promise<void>
  labels(lines: readonly string[]): Promise<void>
  truth(lines: readonly string[]): Promise<void>
}

export interface WorldCounts {
  /** Lines of events: one that comes twice counts twice, one that is lost not at all. */
  readonly events: number
  readonly accounts: number
  readonly rings: number
  /** Accounts that carry a ring: of those who take part, and of their victims. */
  readonly ringed: number
  readonly victims: number
  readonly bystanders: number
  readonly labels: number
  /** Ring accounts that share an identifier of at most 50 accounts with another of their ring, of 1. */
  readonly linkable: number
}

const defaultStart = Date.UTC(2026, 0, 1)
const accountsLeast = 500

/** Throws `RangeError` for an order that no generator can fill. */
export function checkedOrder({ startAt = defaultStart, ...order }: WorldOrder): CheckedOrder {
  const { seed, accounts, crowd = 0 } = order
  if (!Number.isSafeInteger(accounts) || accounts < accountsLeast) {
    throw new RangeError(`A world has a whole number of accounts, at least ${accountsLeast}`)
  }
  if (!Number.isSafeInteger(crowd) || crowd < 0) throw new RangeError('A crowd is a whole number of accounts')
  if (!Number.isSafeInteger(seed)) throw new RangeError('A seed is a whole number')
  if (!Number.isSafeInteger(startAt)) throw new RangeError('A world starts at a whole millisecond')
  return { ...order, startAt }
}

export interface PlaceSize {
  readonly accounts: number
  readonly isCrowd: boolean
}

/** Places of about so many accounts; those of the crowd come last and are as large as the others. */
export function placeSizes(
  { accounts, crowd = 0 }: Pick<WorldOrder, 'accounts' | 'crowd'>,
  usual: number,
): readonly PlaceSize[] {
  const places = Math.max(1, Math.round(accounts / usual))
  const ofCrowd = crowd === 0 ? 0 : Math.max(1, Math.round((crowd * places) / accounts))
  return [
    ...parts(accounts, places).map((size) => ({ accounts: size, isCrowd: false })),
    ...parts(crowd, ofCrowd).map((size) => ({ accounts: size, isCrowd: true })),
  ]
}

const parts = (whole: number, count: number): readonly number[] =>
  Array.from(
    { length: count },
    (_, n) => Math.floor(((n + 1) * whole) / count) - Math.floor((n * whole) / count),
  )
