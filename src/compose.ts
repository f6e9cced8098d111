/** The only place that chooses adapters: from settings to a running set of parts. */

import { AppError } from '../graph/errors.ts'
import type { Clock, Intake, JobQueue, LinkStore, Secrets } from '../graph/ports.ts'
import type { Publication } from '../graph/ring.ts'
import { jobs } from '../jobs/registry.ts'
import type { JobName, Services } from '../jobs/services.ts'
import type { Config } from './config.ts'
import { threadEngine } from './engine/thread-engine.ts'
import { readFacetTables } from './facet-files.ts'
import { readPolicy } from './policy.ts'
import { InProcessQueue } from './queue/in-process.ts'
import { readKey } from './secrets/key-file.ts'
import { secretsFrom } from './secrets/secrets.ts'
import { type BorderOptions, borderDomains } from './sources/admit.ts'
import { describeWriter } from './store/sqlite/lock.ts'
import type { ReadingStore } from './store/sqlite/reader-store.ts'
import {
  type EmbeddedStore,
  keyFingerprintOf,
  openEmbeddedReader,
  openEmbeddedStore,
} from './store/sqlite/store.ts'
import { openThreadedStore } from './store/sqlite/threaded.ts'
import { errorFields, type Log } from './telemetry/log.ts'

export type { EmbeddedStore, ReadingStore }

/** A view beside whoever writes, for commands that only read. Throws `store_missing` where nothing was stored. */
export const openReadingStore = (config: Pick<Config, 'dataDir'>): ReadingStore & AsyncDisposable =>
  openEmbeddedReader(config.dataDir)

/** Who holds the data directory now, in words; `undefined` when nobody does. */
export const writerOf = ({ dataDir }: Pick<Config, 'dataDir'>): string | undefined => describeWriter(dataDir)

/** What a command that writes works with. The caller holds the one writer's lock until it disposes of it. */
export interface Writing extends AsyncDisposable {
  readonly store: EmbeddedStore
  readonly border: BorderOptions
  readonly secrets: Secrets
}

export async function openWriting(config: Config, clock: Clock = Date.now): Promise<Writing> {
  const { secrets, border } = await openBorder(config, clock)
  const store = openEmbeddedStore({ dataDir: config.dataDir, keyFingerprint: secrets.fingerprint })
  return { store, border, secrets, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
}

/** Detects and publishes once, in a thread, as the job does. */
export async function detectOnce(
  config: Config,
  store: LinkStore,
  options: Parameters<ReturnType<typeof threadEngine>['detect']>[0],
): Promise<Publication> {
  const claim = await store.claim()
  const publication = await threadEngine(config).detect(options)
  await store.publish(publication, claim)
  return publication
}

/** A serving process: store in threads of its own, jobs by themselves. */
export interface Serving extends AsyncDisposable {
  readonly store: LinkStore & Intake
  readonly border: BorderOptions
  readonly secrets: Secrets
  readonly queue: JobQueue
  readonly announce: (url: string) => Promise<void>
}

export async function openServing(
  config: Config,
  {
    log,
    clock = Date.now,
    published,
  }: { log: Log; clock?: Clock; published: (publication: Publication) => Promise<void> },
): Promise<Serving> {
  const { secrets, border } = await openBorder(config, clock)
  const store = await openThreadedStore({ dataDir: config.dataDir, keyFingerprint: secrets.fingerprint })
  const services: Services = {
    store,
    intake: store,
    engine: threadEngine(config),
    queue: { request: (job, options) => queue.request(job, options) },
    clock,
    detectAfterMs: config.detectAfterMs,
    published,
    report: (job, facts) => log.info('job done', { job, ...facts }),
  }
  const queue: JobQueue = new InProcessQueue({
    run: (job) => jobs[job as JobName].run(services),
    onFailure: (job, error) => log.error('job failed', { job, ...errorFields(error) }),
  })
  await queue.request('record')
  await queue.request('detect')
  await queue.schedule('detect', config.detectEveryMs)
  return {
    store,
    border,
    secrets,
    queue,
    announce: (url) => store.announce(url),
    async [Symbol.asyncDispose]() {
      await queue[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}

async function openBorder(
  config: Config,
  clock: Clock,
): Promise<{ secrets: Secrets; border: BorderOptions }> {
  const { registry } = readPolicy(config.policyFile)
  const key = readKey({
    dataDir: config.dataDir,
    // Making a new key beside old data would orphan every identifier in it.
    create: !hasData(config.dataDir),
    ...(config.keyFile !== undefined && { keyFile: config.keyFile }),
  })
  const secrets = await secretsFrom(key, [...borderDomains, ...registry.keys()])
  const tables = await readFacetTables(config.facetsDir)
  return { secrets, border: { secrets, registry, tables, masks: config.masks, clock } }
}

function hasData(dataDir: string): boolean {
  try {
    return keyFingerprintOf(dataDir) !== undefined
  } catch (error) {
    if (error instanceof AppError && error.code === 'store_missing') return false
    throw error
  }
}
