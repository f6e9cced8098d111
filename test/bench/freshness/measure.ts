/**
 * How soon after an event was acknowledged a snapshot is served that knows of it, in a product as it is deployed: intake,
 * store, queue, detection in its thread, publishing.
 */
import { openServing, openWorking, openWriting, type Serving } from '../../../src/compose.ts'
import type { Config } from '../../../src/config.ts'
import { openSnapshot } from '../../../src/snapshot/snapshot.ts'
import { silentLog } from '../../../src/telemetry/log.ts'
import { toldWorld } from '../../support/core/town.ts'
import { type Stream, streamOf } from './stream.ts'
import { type Freshness, type Watch, watchFor } from './watch.ts'

export interface FreshnessOrder {
  readonly config: Config
  readonly accounts: number
  readonly eventsPerSecond: number
  readonly seconds: number
}

const deliveriesPerSecond = 10
const waitMaxMs = 180_000

export async function measureFreshness({ config, ...order }: FreshnessOrder): Promise<Freshness> {
  const town = await toldWorld({ world: 'town', seed: 1, accounts: order.accounts })
  const stream = streamOf(town, order.seconds)
  await fill(config, { events: stream.before, labels: town.labels })
  const watch = watchFor(stream, () => performance.now())
  const options = {
    log: silentLog,
    published: async (bytes: Uint8Array) => watch.published(openSnapshot(bytes)),
  }
  await using opened = new AsyncDisposableStack()
  const serving = opened.use(await openServing(config, options))
  if (config.neo4j) opened.use(await openWorking(config, options))
  while (watch.runs().length === 0) await pause(50)
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  await send(serving, { stream, watch, ...order })
  const seconds = (performance.now() - startedAt) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  const until = performance.now() + waitMaxMs
  while (watch.waiting() > 0 && performance.now() < until) await pause(50)
  if (watch.waiting() > 1) throw new Error(`${watch.waiting()} events were not published in ${waitMaxMs} ms`)
  return {
    ...watch.found(),
    eventsPerSecond: order.eventsPerSecond,
    cpuPerSecond: (user + system) / 1e6 / seconds,
  }
}

async function fill(
  config: Config,
  { events, labels }: Pick<Parameters<typeof streamOf>[0], 'events' | 'labels'>,
): Promise<void> {
  await using writing = await openWriting(config)
  for (let from = 0; from < events.length; from += 2_000)
    await writing.store.record(events.slice(from, from + 2_000))
  await writing.store.label(labels)
}

/** As many events as are due, ten times a second; each second a probe, and half-way the attack. */
async function send(
  { intake }: Pick<Serving, 'intake'>,
  {
    stream: { events, probes, intrusions },
    watch,
    eventsPerSecond,
    seconds,
  }: Omit<FreshnessOrder, 'config' | 'accounts'> & { stream: Stream; watch: Watch },
): Promise<void> {
  const startedAt = performance.now()
  let sent = 0
  for (let delivery = 0; delivery < seconds * deliveriesPerSecond; delivery++) {
    await pause(startedAt + (delivery * 1_000) / deliveriesPerSecond - performance.now())
    const due = Math.floor(((delivery + 1) * eventsPerSecond) / deliveriesPerSecond)
    await intake.accept(events.slice(sent, due))
    sent = due
    const probe = delivery % deliveriesPerSecond === 0 && probes[delivery / deliveriesPerSecond]
    if (probe) {
      await intake.accept([probe])
      watch.sent(probe.account, performance.now())
    }
    if (delivery === (seconds * deliveriesPerSecond) / 2) {
      await intake.accept(intrusions)
      watch.intruded(performance.now())
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
