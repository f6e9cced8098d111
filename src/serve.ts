/** A serving process: the API, and the jobs that run by themselves. */
import { openServing, type Serving } from './compose.ts'
import type { Config } from './config.ts'
import { createApp } from './http/app.ts'
import { type Listening, listen } from './http/server.ts'
import type { HttpServices } from './http/services.ts'
import { snapshotHolder } from './snapshot/holder.ts'
import type { Log } from './telemetry/log.ts'
import { createMetrics } from './telemetry/metrics.ts'
import { version } from './version.ts'

export interface Server extends AsyncDisposable {
  readonly url: string
}

/** Serves until disposed of: no new requests, open ones drained, jobs ended, store closed. */
export async function serve(config: Config, log: Log): Promise<Server> {
  const snapshots = snapshotHolder()
  const metrics = createMetrics()
  const serving = await openServing(config, {
    log,
    published(snapshot) {
      snapshots.swap(snapshot)
      const run = snapshots.current()?.run
      if (run) metrics.detection({ ...run, seconds: run.tookMs / 1_000 })
    },
  })
  let isServing = true
  const services = httpServices(serving, { snapshots, metrics, log, isServing: () => isServing })
  const listening = await begin(serving, services, config).catch(async (error: unknown) => {
    // Its threads would keep the process from ending, and the directory locked.
    await serving[Symbol.asyncDispose]()
    throw error
  })
  log.info('serving', {
    url: listening.url,
    dataDir: config.dataDir,
    run: snapshots.current()?.run.version ?? 0,
  })
  return {
    url: listening.url,
    async [Symbol.asyncDispose]() {
      isServing = false
      await listening[Symbol.asyncDispose]()
      await serving[Symbol.asyncDispose]()
      log.info('stopped')
    },
  }
}

async function begin(serving: Serving, services: HttpServices, config: Config): Promise<Listening> {
  const stored = await serving.store.snapshot()
  if (stored) services.snapshots.swap(stored.bytes)
  const listening = await listen(createApp(services, version), config)
  await serving.announce(listening.url)
  return listening
}

const httpServices = (
  { store, intake, border, secrets, queue, queueFigures }: Serving,
  more: Pick<HttpServices, 'snapshots' | 'metrics' | 'log' | 'isServing'>,
): HttpServices => ({
  ...more,
  store,
  intake,
  queueFigures,
  ingest: { store, intake, secrets, clock: border.clock },
  border,
  unseal: secrets.open,
  queue,
  clock: border.clock,
})

/** Resolves when the process is asked to stop. */
export const stopRequested = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
