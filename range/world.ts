/**
 * A world as streams of lines: neighbourhoods of some thousand accounts are made one after the other, told and
 * forgotten, so that memory stays flat however large the world is. Carriers' addresses span all of them.
 */
import { eventLine } from './event.ts'
import { labelLines } from './label.ts'
import { linkable } from './linkable.ts'
import { networksOf } from './networks.ts'
import { type Told, tellPlace, truthLine } from './place.ts'
import { Random } from './random.ts'
import { dayMs } from './times.ts'
import { type WorldFigures, worlds } from './worlds.ts'

export interface WorldOrder {
  /** One of `worldNames`. */
  readonly world: string
  readonly seed: number
  /** How many accounts live in it; at least 500. */
  readonly accounts: number
  /** First moment of the window. */
  readonly startAt?: number
}

/** Takes lines of JSON, without line ends; resolves when more may come. */
export interface WorldSink {
  events(lines: readonly string[]): Promise<void>
  labels(lines: readonly string[]): Promise<void>
  truth(lines: readonly string[]): Promise<void>
}

export interface WorldCounts {
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
const placeAccounts = 2_000
const accountsLeast = 500

/** The same order gives the same lines. Throws `RangeError` for an order that cannot be filled. */
export async function generateWorld(order: WorldOrder, sink: WorldSink): Promise<WorldCounts> {
  const figures = figuresOf(order)
  const counts = {
    events: 0,
    accounts: 0,
    rings: 0,
    ringed: 0,
    victims: 0,
    bystanders: 0,
    labels: 0,
    linkable: 0,
  }
  let owed = 0
  for (const place of placesOf(order, figures)) {
    // What is too little for a ring is left to the next place.
    owed += place.accounts * figures.prevalence
    const told = tellPlace({ ...place, ringed: Math.floor(owed) })
    const labels = labelLines(told, figures, {
      randomOf: (account) => new Random(order.seed, `label/${account}`),
      endAt: place.times.endAt,
    })
    const ringed = count(told, counts)
    owed -= ringed
    counts.labels += labels.length
    await sink.events(eventLines(told))
    await sink.labels(labels)
    await sink.truth(told.truth.map(truthLine))
  }
  const share = counts.ringed === 0 ? 0 : counts.linkable / counts.ringed
  return { ...counts, linkable: Math.round(share * 1e6) / 1e6 }
}

function figuresOf({ world, seed, accounts, startAt = defaultStart }: WorldOrder): WorldFigures {
  // A name such as `toString` is found on every object.
  const figures = Object.hasOwn(worlds, world) ? worlds[world] : undefined
  if (!figures) throw new RangeError(`There is no world ${world}`)
  if (!Number.isSafeInteger(accounts) || accounts < accountsLeast) {
    throw new RangeError(`A world has a whole number of accounts, at least ${accountsLeast}`)
  }
  if (!Number.isSafeInteger(seed)) throw new RangeError('A seed is a whole number')
  if (!Number.isSafeInteger(startAt)) throw new RangeError('A world starts at a whole millisecond')
  return figures
}

type Tally = { -readonly [Count in keyof WorldCounts]: number }

/** Returns how many accounts carry a ring here. */
function count(told: Told, counts: Tally): number {
  const ringed = told.truth.filter(({ ring }) => ring !== null)
  counts.events += told.events.length
  counts.accounts += told.truth.length
  counts.rings += new Set(ringed.map(({ ring }) => ring)).size
  counts.ringed += ringed.length
  counts.victims += ringed.filter(({ role }) => role === 'victim').length
  counts.bystanders += told.truth.filter(({ role }) => role === 'bystander').length
  counts.linkable += linkable(told)
  return ringed.length
}

function* placesOf({ seed, accounts, startAt = defaultStart }: WorldOrder, figures: WorldFigures) {
  const times = { startAt, endAt: startAt + figures.days * dayMs }
  const networks = networksOf(figures.networks, accounts, times)
  const draw = new Random(seed, 'campaigns')
  const campaigns = Array.from({ length: figures.campaigns }, () => draw.between(times.startAt, times.endAt))
  const places = Math.max(1, Math.round(accounts / placeAccounts))
  for (let n = 0; n < places; n += 1) {
    const size = Math.floor(((n + 1) * accounts) / places) - Math.floor((n * accounts) / places)
    yield { figures, seed, name: String(n), accounts: size, times, campaigns, networks }
  }
}

function eventLines({ events }: Told): readonly string[] {
  const counts = new Map<string, number>()
  return events.map((event) => {
    const count = counts.get(event.account) ?? 0
    counts.set(event.account, count + 1)
    return eventLine(event, count)
  })
}
