/** Serving and working processes. Embedded, one does both; on servers, each is a process of its own. */
import { openServing, openWorking, type Serving, type Working } from './compose.ts'
import type { Config } from './config.ts'
import { feedTail } from './feed/tail.ts'
import { createApp } from './http/app.ts'
import { callersBy } from './http/edge/callers.ts'
import { keyRing } from './http/edge/key-ring.ts'
import { rateLimits } from './http/edge/rate-limits.ts'
import { openStreams } from './http/edge/streams.ts'
import { hotPath } from './http/hot/path.ts'
import { workerRoutes } from './http/routes.ts'
import { type Listening, listen } from './http/server.ts'
import type { HttpServices } from './http/services.ts'
import { inTime } from './in-time.ts'
import { followChanges } from './live/follow-changes.ts'
import { heldAssertions } from './live/held-assertions.ts'
import { liveLinks } from './live/live-links.ts'
import { tokensOf } from './oidc/tokens.ts'
import { pageThread } from './pages/page-thread.ts'
import { type SnapshotHolder, snapshotHolder } from './snapshot/holder.ts'
import { errorFields, type Log } from './telemetry/log.ts'
import { createMetrics } from './telemetry/metrics.ts'
import { tracingLog } from './telemetry/trace.ts'
import { version } from './version.ts'
import { reachOf } from './webhooks/addresses.ts'
import { wireWatch } from './wire-watch.ts'

export interface Server extends AsyncDisposable {
  readonly url: string
}

/** How soon a process answers by what another joined. */
const followEveryMs = 1_000

/** Serves until disposed of: no new requests, open ones drained, jobs ended, store closed. */
export async function serve(config: Config, plainLog: Log): Promise<Server> {
  const log = tracingLog(plainLog)
  const snapshots = snapshotHolder()
  const metrics = createMetrics()
  const serving = await openServing(config, {
    log,
    async published(snapshot) {
      await snapshots.swap(snapshot)
      const run = snapshots.current()?.run
      if (run) metrics.detection({ ...run, seconds: run.tookMs / 1_000 })
    },
  })
  let isServing = true
  const pages = pageThread(config, snapshots)
  const services = httpServices(serving, {
    config,
    snapshots,
    metrics,
    log,
    pages,
    isServing: () => isServing,
  })
  const listening = await begin(serving, services, config).catch(async (error: unknown) => {
    // Its threads would keep the process from ending, and the directory locked.
    await serving[Symbol.asyncDispose]()
    throw error
  })
  // Embedded, this process joins everything itself, but for what it joined before it was started again.
  const following = await followChanges({
    store: serving.store,
    snapshots,
    live: services.live,
    onFailure: (error) => log.warn('changes since the last run could not be read', errorFields(error)),
    ...(config.neo4j && { everyMs: followEveryMs }),
  })
  const keptIn = config.neo4j ? { neo4j: config.neo4j.url } : { dataDir: config.dataDir }
  log.info('serving', { url: listening.url, ...keptIn, run: snapshots.current()?.run.version ?? 0 })
  return {
    url: listening.url,
    async [Symbol.asyncDispose]() {
      isServing = false
      following[Symbol.dispose]()
      await listening[Symbol.asyncDispose]()
      await pages[Symbol.asyncDispose]()
      await serving[Symbol.asyncDispose]()
      log.info('stopped')
    },
  }
}

/** Works until disposed of: what runs is ended first. Shows its health and metrics on a port of its own. */
export async function work(config: Config, plainLog: Log): Promise<Server> {
  const log = tracingLog(plainLog)
  const metrics = createMetrics()
  const working = await openWorking(config, { log })
  let isServing = true
  const snapshots = snapshotHolder()
  const services = httpServices(working, {
    config,
    snapshots,
    // A worker shows none, so the thread never begins.
    pages: pageThread(config, snapshots),
    metrics,
    log,
    isServing: () => isServing,
  })
  const app = createApp(services, version, workerRoutes)
  const listening = await listen({ listener: app }, { host: config.host, port: config.metricsPort }).catch(
    async (error: unknown) => {
      await working[Symbol.asyncDispose]()
      throw error
    },
  )
  log.info('working', { url: listening.url })
  return {
    url: listening.url,
    async [Symbol.asyncDispose]() {
      isServing = false
      await working[Symbol.asyncDispose]()
      await listening[Symbol.asyncDispose]()
      log.info('stopped')
    },
  }
}

async function begin(serving: Serving, services: HttpServices, config: Config): Promise<Listening> {
  const stored = await serving.store.snapshot()
  if (stored) await services.snapshots.swap(stored.bytes)
  const listening = await listen(hotPath(services, createApp(services, version)), config)
  await serving.announce(listening.url)
  return listening
}

/** What routes may use, of a composed process. */
export const httpServices = (
  { store, intake, border, secrets, queue, foretell, queueFigures, findings, lagMs }: Working,
  {
    config,
    ...more
  }: Pick<HttpServices, 'snapshots' | 'metrics' | 'log' | 'isServing' | 'pages'> & { config: Config },
): HttpServices => ({
  ...more,
  ...liveServices({ store, border }, more.snapshots),
  callers: callersBy(keyRing(store, border.clock), config.oidc && tokensOf(config.oidc, border.clock)),
  limits: rateLimits(config.requestsPerSecond, border.clock),
  streams: openStreams(config.streamsMax),
  tail: feedTail(store),
  wires: wireWatch(store, border.clock),
  store,
  intake,
  foretell: inTime(foretell),
  queueFigures,
  serverFindings: findings,
  lagMs,
  ingest: { store, intake, secrets, clock: border.clock },
  border,
  openValue: secrets.openValue,
  unseal: secrets.open,
  seal: secrets.seal,
  reach: reachOf(config.webhookAllow),
  queue,
  clock: border.clock,
})

/** What people say is read before anybody is weighed anew by it. */
function liveServices({ store, border }: Pick<Working, 'store' | 'border'>, snapshots: SnapshotHolder) {
  const said = heldAssertions(store, snapshots)
  const live = liveLinks({ snapshots, said, kindOf: (kind) => border.registry.get(kind) })
  return { said, live }
}

/** Resolves when the process is asked to stop. */
export const stopRequested = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
