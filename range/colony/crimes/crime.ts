/** A kind of crime, and a gang that commits it. */
import type { LabelReason } from '../../../graph/model.ts'
import type { Random } from '../../random.ts'
import { dayMs } from '../../times.ts'
import type { Account, Mark } from '../folk/account.ts'
import { poisson, priceOf } from '../folk/life.ts'
import type { Cover } from '../folk/temper.ts'
import type { Scene } from '../scene.ts'

export interface Crime {
  readonly name: string
  readonly reasons: readonly LabelReason[]
  /** Accounts of a ring, victims among them. */
  readonly size: readonly [number, number]
  /** Of 1, those whose accounts or money are taken. */
  readonly victims: number
  readonly operators: readonly [number, number]
  /** Of those that are not operators, of 1, those that only pass money or goods on. */
  readonly mules: number
  /** What its accounts live as. */
  readonly covers: Readonly<Partial<Record<Cover, number>>>
  /** Whether each account is a person with a home, or one of many that a few people run. */
  readonly hands: 'people' | 'puppets'
  act(gang: Gang): void
}

export interface Gang {
  readonly scene: Scene
  readonly random: Random
  /** All who take part. */
  readonly crew: readonly Account[]
  readonly operators: readonly Account[]
  readonly members: readonly Account[]
  readonly mules: readonly Account[]
  readonly victims: readonly Account[]
  /** Others of the block. */
  readonly honest: readonly Account[]
  readonly loners: ReadonlySet<Account>
  readonly from: number
  readonly until: number
}

/** When the gang is at work and the account is there. */
export function momentOf({ from, until, random, scene }: Gang, account: Account, after = 0): number {
  const least = Math.max(from, account.bornAt + 3_600_000, after)
  return random.between(least, Math.max(until, Math.min(least + 2 * dayMs, scene.times.endAt)))
}

/** So many times on average, at the world's greed. */
export function often(gang: Gang, mean: number, act: () => void): void {
  for (let left = poisson(gang.random, mean * gang.scene.tuning.greed); left > 0; left -= 1) act()
}

export function does(account: Account, ...marks: readonly Mark[]): void {
  account.marks.push(...marks)
}

export const moneyOf = ({ scene, random }: Gang, account: Account, factor = 1) => ({
  amount: priceOf(random.lognormal(account.temper.amount * factor, 0.8)),
  currency: scene.figures.currency,
})

/** Somebody else of them. */
export const otherThan = (
  account: Account,
  list: readonly Account[],
  random: Random,
): Account | undefined => {
  const other = list.length > 0 ? random.pick(list) : undefined
  return other === account ? undefined : other
}
