/** Some thousand accounts that live, share and are robbed together, from first to last event. */
import type { RangeEvent } from '../event.ts'
import { Random } from '../random.ts'
import type { ColonyFigures } from './colonies.ts'
import { commit, type PlannedRing } from './crimes/commit.ts'
import type { Account } from './folk/account.ts'
import { newAccount } from './folk/kit.ts'
import { lifeOf } from './folk/life.ts'
import { eventsOf } from './folk/tell.ts'
import { areaOf } from './ground/area.ts'
import type { Ground } from './ground/ground.ts'
import { Mint } from './ground/mint.ts'
import { dealHabits } from './habits/deal.ts'
import type { Scene } from './scene.ts'
import type { Tuning } from './tuning.ts'

export interface BlockOrder {
  readonly seed: number
  readonly number: number
  readonly accounts: number
  readonly rings: readonly PlannedRing[]
  readonly figures: ColonyFigures
  readonly tuning: Tuning
  readonly ground: Ground
  readonly times: { readonly startAt: number; readonly endAt: number }
}

export interface Block {
  readonly accounts: readonly Account[]
  readonly events: readonly RangeEvent[]
}

export function makeBlock(order: BlockOrder): Block {
  const scene = sceneOf(order)
  const criminals = order.rings.reduce((sum, { size, victims }) => sum + size - victims, 0)
  const random = scene.random('people')
  const honest = Array.from({ length: order.accounts - criminals }, () => newAccount(scene, { random }))
  const gangs = commit(order.rings, scene, honest)
  dealHabits([...honest, ...gangs.flatMap(({ people }) => people)], scene)
  for (const gang of gangs) gang.act()
  const accounts = scene.random('order').shuffle([...honest, ...gangs.flatMap(({ accounts }) => accounts)])
  return { accounts, events: liveOut(accounts, scene) }
}

function liveOut(accounts: readonly Account[], scene: Scene): readonly RangeEvent[] {
  const market = accounts.filter(({ temper }) => temper.cashes > 1).map(({ id }) => id)
  return accounts
    .flatMap((account) => {
      const random = new Random(scene.seed, `colony/life/${account.id}`)
      account.marks.push(...lifeOf(account, { ...scene, market }, random))
      const events = eventsOf(account, scene, random)
      // They weigh as much as the events they became.
      account.marks.length = 0
      return events
    })
    .toSorted((a, b) => a.at - b.at)
}

function sceneOf({ seed, number, figures, tuning, ground, times, accounts }: BlockOrder): Scene {
  const random = (name: string) => new Random(seed, `colony/block/${number}/${name}`)
  const mint = new Mint(random('mint'), { seed, block: number })
  return { seed, figures, tuning, ground, times, mint, random, area: areaOf({ mint, accounts }, tuning) }
}
