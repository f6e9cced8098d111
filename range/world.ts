/**
 * A world as streams of lines: neighbourhoods of some thousand accounts are made one after the other, told and
 * forgotten, so that memory stays flat however large the world is. Carriers' addresses span all of them.
 */
import { colonies, colonyNames } from './colony/colonies.ts'
import { generateColony } from './colony/generate.ts'
import { eventLine } from './event.ts'
import { labelLines } from './label.ts'
import { linkable } from './linkable.ts'
import { networksOf } from './networks.ts'
import { type Delivery, delivered } from './noise.ts'
import {
  type CheckedOrder,
  checkedOrder,
  placeSizes,
  type WorldCounts,
  type WorldOrder,
  type WorldSink,
} from './order.ts'
import { type Told, tellPlace, truthLine } from './place.ts'
import { Random } from './random.ts'
import { dayMs } from './times.ts'
import { figuresOf, worldNames as neighbourhoodNames, type WorldFigures } from './worlds.ts'

export type { WorldCounts, WorldOrder, WorldSink } from './order.ts'

const placeAccounts = 2_000
/** Of places: begin such a row. */
const sparing = 0.15

/** Names that can be ordered. */
export const worldNames: readonly string[] = [...neighbourhoodNames, ...colonyNames]

/** The same order gives the same lines. Throws `RangeError` for an order that cannot be filled. */
export async function generateWorld(order: WorldOrder, sink: WorldSink): Promise<WorldCounts> {
  const checked = checkedOrder(order)
  // A name such as `toString` is found on every object.
  const colony = Object.hasOwn(colonies, order.world) ? colonies[order.world] : undefined
  if (colony) return await generateColony(checked, colony, sink)
  const figures = figuresOf(order.world, order.seed)
  if (figures) {
    const { tempo = figures.tempo } = order
    return await generateNeighbourhoods(checked, { ...figures, tempo }, sink)
  }
  throw new RangeError(`There is no world ${order.world}`)
}

async function generateNeighbourhoods(
  order: CheckedOrder,
  figures: WorldFigures,
  sink: WorldSink,
): Promise<WorldCounts> {
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
  let planned: ReadonlyMap<string, number> = new Map()
  for (const place of placesOf(order, figures)) {
    // What is too little for a ring is left to the next place.
    owed += place.isCrowd ? 0 : place.accounts * figures.prevalence
    const ringedMax = place.isCrowd || place.isSpared ? 0 : Math.floor(owed)
    const told = tellPlace({ ...place, ringed: ringedMax, planned })
    planned = told.planned
    const labels = labelLines(told, figures, {
      randomOf: (account) => new Random(order.seed, `label/${account}`),
      endAt: place.times.endAt,
    })
    const ringed = count(told, counts)
    owed -= ringed
    counts.labels += labels.length
    const lines = eventLines(told, {
      figures: order.noise ?? figures.noise,
      randomOf: (account) => new Random(order.seed, `noise/${account}`),
      ...place.times,
    })
    counts.events += lines.length
    await sink.events(lines)
    await sink.labels(labels)
    await sink.truth(told.truth.map(truthLine))
  }
  const share = counts.ringed === 0 ? 0 : counts.linkable / counts.ringed
  return { ...counts, linkable: Math.round(share * 1e6) / 1e6 }
}

type Tally = { -readonly [Count in keyof WorldCounts]: number }

/** Returns how many accounts carry a ring here. */
function count(told: Told, counts: Tally): number {
  const ringed = told.truth.filter(({ ring }) => ring !== null)
  counts.accounts += told.truth.length
  counts.rings += new Set(ringed.map(({ ring }) => ring)).size
  counts.ringed += ringed.length
  counts.victims += ringed.filter(({ role }) => role === 'victim').length
  counts.bystanders += told.truth.filter(({ role }) => role === 'bystander').length
  counts.linkable += linkable(told)
  return ringed.length
}

function* placesOf(order: CheckedOrder, figures: WorldFigures) {
  const { seed, accounts, crowd = 0, startAt } = order
  const times = { startAt, endAt: startAt + figures.days * dayMs }
  const networks = networksOf(figures.networks, accounts + crowd, times)
  const draw = new Random(seed, 'campaigns')
  const campaigns = Array.from({ length: figures.campaigns }, () => draw.between(times.startAt, times.endAt))
  const sizes = placeSizes(order, placeAccounts)
  const robbed = sizes.filter(({ isCrowd }) => !isCrowd)
  const spared = sparedOf(robbed.length, new Random(seed, 'spared'))
  for (const [n, size] of sizes.entries()) {
    yield { ...size, figures, seed, name: String(n), isSpared: spared.has(n), times, campaigns, networks }
  }
}

/** Fraud comes in clusters: two to four places have none, and the next has theirs, with room for larger rings. */
function sparedOf(places: number, draw: Random): ReadonlySet<number> {
  const spared = new Set<number>()
  for (let n = 0; n < places; n += 1) {
    const run = draw.int(2, 4)
    if (!draw.chance(sparing) || n + run >= places) continue
    for (let left = run; left > 0; left -= 1, n += 1) spared.add(n)
  }
  return spared
}

function eventLines({ events }: Told, delivery: Delivery): readonly string[] {
  return delivered(events, delivery).map(({ event, count }) => eventLine(event, count))
}
