/** One neighbourhood of a world: people settle, attacks follow, and all that happened is told in order of time. */
import { type CustomFigures, lockerAt } from './customs.ts'
import type { RangeEvent } from './event.ts'
import type { Networks } from './networks.ts'
import type { Person } from './person.ts'
import type { Attack, Place, Plan, PlannedTruth } from './plan.ts'
import { Random } from './random.ts'
import { sightOf } from './sight.ts'
import type { TruthLine } from './truth.ts'
import type { WorldFigures } from './worlds.ts'

/** A ring has at most so many accounts, */
const ringMax = 60
/** and at most this share of those a place has left for rings, so that small worlds see several attacks. */
const ringShareMax = 0.6
/** What is left below this goes to the next place, or every place would end in rings of two. */
const leftMin = 5
/** Plans that may come to nothing before an attack is given up. */
const triesMax = 20

export interface PlaceOrder {
  readonly figures: WorldFigures
  readonly seed: number
  /** Names the place in the world. */
  readonly name: string
  readonly accounts: number
  /** Of them at most so many carry a ring. */
  readonly ringed: number
  readonly times: { readonly startAt: number; readonly endAt: number }
  readonly campaigns: readonly number[]
  readonly networks: Networks
  /** Rings of each attack in the places told before. */
  readonly planned?: ReadonlyMap<string, number>
}

export interface Told {
  /** Those of this place added. */
  readonly planned: ReadonlyMap<string, number>
  readonly events: readonly RangeEvent[]
  readonly truth: readonly (PlannedTruth & { readonly attackBy?: Attack })[]
}

export function tellPlace(order: PlaceOrder): Told {
  const story = newStory(order)
  settleHonest(order, story, order.accounts - order.ringed)
  commitCrimes(order, story)
  // Victims were here before their ring, so attacks bring fewer accounts than carry one.
  settleHonest(order, story, order.accounts)
  const see = sightOf(order.figures.sight)
  const events = story.events
    .filter(({ at }) => at < order.times.endAt)
    .toSorted((a, b) => a.at - b.at)
    .map(see)
  return { events, truth: [...story.truth.values()], planned: plannedSoFar(order, story) }
}

interface Story {
  readonly place: Place
  readonly residents: Person[]
  readonly events: RangeEvent[]
  readonly truth: Map<string, PlannedTruth & { attackBy?: Attack }>
  ringed: number
  /** Each draws from a stream that names it, so that another population or attack leaves it as it is. */
  readonly plans: Map<string, number>
  readonly settling: Random
}

function newStory({ figures, seed, name, accounts, times, campaigns, networks }: PlaceOrder): Story {
  const residents: Person[] = []
  const truth: Story['truth'] = new Map()
  const isFree = (account: string): boolean => (truth.get(account)?.ring ?? null) === null
  const { tempo, customs } = figures
  const lockers = lockersOf(customs, { name, accounts })
  const place: Place = { ...times, tempo, networks, customs, lockers, campaigns, residents, isFree }
  const settling = new Random(seed, `${name}/populations`)
  return { place, residents, events: [], truth, ringed: 0, plans: new Map(), settling }
}

function lockersOf(
  { addressed, lockerUsers, accountsPerLocker }: CustomFigures,
  { name, accounts }: { name: string; accounts: number },
): readonly string[] {
  const count = Math.max(1, Math.round((accounts * addressed * lockerUsers) / accountsPerLocker))
  return Array.from({ length: count }, (_, number) => lockerAt(name, number))
}

function settleHonest({ figures, seed, name }: PlaceOrder, story: Story, accounts: number): void {
  for (;;) {
    const room = accounts - story.truth.size
    const possible = figures.populations.filter(([population]) => population.accountsMin <= room)
    if (possible.length === 0) return
    const population = story.settling.weighted(possible)
    const id = planId(story, population.name, name)
    adopt(story, population.plan(story.place, { random: new Random(seed, id), room, id }))
  }
}

function commitCrimes(order: PlaceOrder, story: Story): void {
  const { figures, seed, name, ringed } = order
  for (let tries = 0; ringed - story.ringed >= leftMin && tries < triesMax; ) {
    const left = ringed - story.ringed
    const possible = figures.attacks.filter(([attack]) => fits(attack, left, story))
    if (possible.length === 0) return
    const attack = furthestBehind(possible, story, order)
    const id = planId(story, attack.name, name)
    const before = story.ringed
    const room = roomFor(attack, left)
    adopt(story, attack.plan(story.place, { random: new Random(seed, id), room, id }), attack)
    tries = story.ringed === before ? tries + 1 : 0
  }
}

/** One that is larger than others waits for a place it does not fill, and comes once. */
const fits = (attack: Attack, left: number, { plans }: Story): boolean =>
  attack.accountsMin <= roomFor(attack, left) && (attack.accountsMax === undefined || !plans.has(attack.name))

function roomFor({ accountsMin, accountsMax }: Attack, left: number): number {
  const share = Math.min(accountsMax ?? ringMax, Math.ceil(left * ringShareMax))
  return accountsMax === undefined ? Math.min(left, Math.max(accountsMin, share)) : share
}

/** By weight in turn and not by chance alone, or a world would see one attack three times and others never. */
function furthestBehind(
  attacks: readonly (readonly [Attack, number])[],
  story: Story,
  order: PlaceOrder,
): Attack {
  const planned = plannedSoFar(order, story)
  const turns = attacks.map(([attack, weight]) => {
    const waits = new Random(order.seed, `turns/${attack.name}`).next()
    return { attack, turn: ((planned.get(attack.name) ?? 0) + waits) / weight }
  })
  return turns.reduce((first, other) => (other.turn < first.turn ? other : first)).attack
}

function plannedSoFar({ figures, planned }: PlaceOrder, { plans }: Story): ReadonlyMap<string, number> {
  return new Map(
    figures.attacks.map(([{ name }]) => [name, (planned?.get(name) ?? 0) + (plans.get(name) ?? 0)]),
  )
}

function planId({ plans }: Story, plugin: string, place: string): string {
  const count = plans.get(plugin) ?? 0
  plans.set(plugin, count + 1)
  return `${plugin}-${place}-${count}`
}

function adopt(story: Story, plan: Plan, attack?: Attack): void {
  story.residents.push(...plan.settlers)
  for (const event of plan.events) story.events.push(event)
  for (const line of plan.truth) {
    const known = story.truth.get(line.account)
    // Who carries a ring already is not made a bystander of another.
    if (known?.ring !== null && known !== undefined) continue
    story.truth.set(line.account, {
      ...line,
      group: known?.group ?? line.group,
      ...(attack && { attackBy: attack }),
    })
    if (line.ring !== null) story.ringed += 1
  }
}

export const truthLine = ({ account, ring, attack, role, group }: TruthLine): string =>
  JSON.stringify({ account, ring, attack, role, group })
