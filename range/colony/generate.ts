/**
 * A second family of worlds, drawn from how people share and steal in life and not from what a detector looks for.
 * Blocks of some thousand accounts are made one after the other, told and forgotten.
 */
import { eventLine, type RangeEvent } from '../event.ts'
import { labelLines } from '../label.ts'
import { type CheckedOrder, placeSizes, type WorldCounts, type WorldSink } from '../order.ts'
import { Random } from '../random.ts'
import { dayMs } from '../times.ts'
import { type Block, makeBlock } from './block.ts'
import { linkableOf } from './ceiling.ts'
import type { ColonyFigures } from './colonies.ts'
import { plannedRings } from './crimes/plan.ts'
import type { Account } from './folk/account.ts'
import { groundOf } from './ground/ground.ts'
import { tuningOf } from './tuning.ts'

const blockAccounts = 2_000
const linesAtOnce = 4_000

/** The same order gives the same lines. The order is one that can be filled. */
export async function generateColony(
  order: CheckedOrder,
  figures: ColonyFigures,
  sink: WorldSink,
): Promise<WorldCounts> {
  const { seed, accounts, crowd = 0, startAt } = order
  const tuning = tuningOf(seed, figures)
  const ground = groundOf({ seed, accounts: accounts + crowd }, tuning)
  const times = { startAt, endAt: startAt + figures.days * dayMs }
  const planned = plannedRings({ seed, accounts, prevalence: figures.prevalence }, tuning)
  const counts = noCounts()
  let robbed = 0
  for (const [number, size] of placeSizes(order, blockAccounts).entries()) {
    robbed += size.isCrowd ? 0 : size.accounts
    const block = makeBlock({
      seed,
      number,
      accounts: size.accounts,
      rings: planned(robbed),
      figures,
      tuning,
      ground,
      times,
    })
    const labels = labelsOf(block, figures, { seed, endAt: times.endAt })
    count(block, counts)
    counts.labels += labels.length
    for (const lines of eventLines(block.events)) await sink.events(lines)
    await sink.labels(labels)
    await sink.truth(block.accounts.map(truthLine))
  }
  const share = counts.ringed === 0 ? 0 : counts.linkable / counts.ringed
  return { ...counts, linkable: Math.round(share * 1e6) / 1e6 }
}

type Tally = { -readonly [Count in keyof WorldCounts]: number }

const noCounts = (): Tally => ({
  events: 0,
  accounts: 0,
  rings: 0,
  ringed: 0,
  victims: 0,
  bystanders: 0,
  labels: 0,
  linkable: 0,
})

function count(block: Block, counts: Tally): void {
  const { accounts, events } = block
  const ringed = accounts.filter(({ ring }) => ring !== null)
  counts.events += events.length
  counts.accounts += accounts.length
  counts.rings += new Set(ringed.map(({ ring }) => ring)).size
  counts.ringed += ringed.length
  counts.victims += ringed.filter(({ role }) => role === 'victim').length
  counts.bystanders += accounts.filter(({ role }) => role === 'bystander').length
  counts.linkable += linkableOf(block)
}

function labelsOf(
  { accounts }: Block,
  figures: ColonyFigures,
  { seed, endAt }: { seed: number; endAt: number },
): readonly string[] {
  const truth = accounts.map(({ id, role, since, reasons }) => ({
    account: id,
    role,
    ...(since !== undefined && { since }),
    ...(reasons && { attackBy: { reasons } }),
  }))
  return labelLines({ truth }, figures, {
    randomOf: (account) => new Random(seed, `colony/label/${account}`),
    endAt,
  })
}

/** By some thousand lines, so that a block is never held twice. */
function* eventLines(events: readonly RangeEvent[]): Generator<readonly string[]> {
  const counts = new Map<string, number>()
  for (let from = 0; from < events.length; from += linesAtOnce) {
    yield events.slice(from, from + linesAtOnce).map((event) => {
      const number = counts.get(event.account) ?? 0
      counts.set(event.account, number + 1)
      return eventLine(event, number)
    })
  }
}

const truthLine = ({ id, ring, attack, role, group }: Account): string =>
  JSON.stringify({ account: id, ring, attack, role, group })
