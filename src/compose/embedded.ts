/** The embedded profile: SQLite in a data directory, jobs in this process. */
import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { resolve } from 'node:path'
import { AppError } from '../../graph/errors.ts'
import type { Clock, JobQueue } from '../../graph/ports.ts'
import { jobs } from '../../jobs/registry.ts'
import type { JobName, Services } from '../../jobs/services.ts'
import type { Config } from '../config.ts'
import { threadEngine } from '../engine/thread-engine.ts'
import type { Finding } from '../finding.ts'
import { InProcessQueue } from '../queue/in-process.ts'
import { describeWriter } from '../store/sqlite/lock.ts'
import { keyFingerprintOf, openEmbeddedReader, openEmbeddedStore } from '../store/sqlite/store.ts'
import { openThreadedStore, type ThreadedStore } from '../store/sqlite/threaded.ts'
import { errorFields, type Log } from '../telemetry/log.ts'
import { openBorder } from './border.ts'
import {
  courierOf,
  type Profile,
  type Serving,
  type ServingOptions,
  scheduleJobs,
  type Writing,
} from './parts.ts'

export const embeddedProfile = (config: Config): Profile => ({
  openReading: async () => openEmbeddedReader(config.dataDir),
  openWriting: (clock) => openWriting(config, clock),
  openServing: (options) => openServing(config, options),
  openWorking: async () => {
    throw new AppError(
      'config_invalid',
      'ringleader work is for the production profile, whose API and workers are processes apart: name its servers with --neo4j and --redis. Embedded, ringleader serve does all the work itself',
    )
  },
  async migrate() {
    await using _ = await openWriting(config, Date.now)
    return []
  },
  findings: async () => [checkDirectory(config), { check: 'writer', state: 'ok', detail: writerOf(config) }],
})

const writerOf = ({ dataDir }: Config): string => describeWriter(dataDir) ?? 'nobody writes now'

/** 256 MiB: nobody waits for a single commit of a command. */
const commandWalPagesMax = 65_536

/** A commit of a thousand waits for the disk as long as it works. */
const commandStoredTogether = 8_000

async function openWriting(config: Config, clock: Clock): Promise<Writing> {
  const { secrets, border } = await openOwnBorder(config, clock)
  const store = openEmbeddedStore({
    dataDir: config.dataDir,
    keyFingerprint: secrets.fingerprint,
    walPagesMax: commandWalPagesMax,
  })
  return {
    store,
    acceptTexts: (events) => store.acceptTexts(events),
    config,
    border,
    secrets,
    settle: (onProgress) => store.foldAll(onProgress),
    storedTogether: commandStoredTogether,
    waitingMax: Number.POSITIVE_INFINITY,
    rebuild: (onProgress) => store.rebuild(onProgress),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}

async function openServing(
  config: Config,
  { log, clock = Date.now, published }: ServingOptions,
): Promise<Serving> {
  const { secrets, border } = await openOwnBorder(config, clock)
  const store = await openThreadedStore({ dataDir: config.dataDir, keyFingerprint: secrets.fingerprint })
  const engine = threadEngine(config)
  const services: Services = {
    store,
    intake: store,
    courier: courierOf(config, { secrets, clock }),
    engine,
    queue: { request: (job, options) => queue.request(job, options) },
    clock,
    detectAfterMs: config.detectAfterMs,
    keepDeadLettersDays: config.keepDeadLettersDays,
    published: async ({ snapshot }) => published(snapshot),
    report: (job, facts) => log.info('job done', { job, ...facts }),
    alarm: (message, facts) => log.error(message, facts),
  }
  const queue: JobQueue = new InProcessQueue({
    run: (job) => jobs[job as JobName].run(services),
    onFailure: (job, error) => log.error('job failed', { job, ...errorFields(error) }),
  })
  const intake = recordingIntake(store, { queue, clock, log })
  await queue.request('record')
  await queue.request('detect')
  await scheduleJobs(queue, config)
  return {
    store,
    intake,
    border,
    secrets,
    queue,
    announce: (url) => store.announce(url),
    foretell: (order) => engine.foretell(order),
    queueFigures: async () => undefined,
    findings: async () => [checkDirectory(config)],
    lagMs: intake.lagMs,
    async [Symbol.asyncDispose]() {
      await queue[Symbol.asyncDispose]()
      await engine[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}

/** What is accepted is joined by itself. */
function recordingIntake(
  store: ThreadedStore,
  { queue, clock, log }: { queue: JobQueue; clock: Clock; log: Log },
): Serving['intake'] & Pick<Serving, 'lagMs'> {
  /** When what waits began to wait: from the first event that came while none did. */
  let since: number | undefined
  return {
    foldSome: () => store.foldSome(),
    waiting: () => store.waiting(),
    async lagMs() {
      if ((await store.waiting()) === 0) since = undefined
      return since === undefined ? 0 : Math.max(0, clock() - since)
    },
    async accept(events) {
      const receipts = await store.accept(events)
      since ??= clock()
      log.debug('events stored', { events: events.length })
      await queue.request('record')
      return receipts
    },
  }
}

const openOwnBorder = (config: Config, clock: Clock) =>
  // Making a new key beside old data would orphan every identifier in it.
  openBorder(config, { clock, mayMakeKey: !hasData(config.dataDir) })

function hasData(dataDir: string): boolean {
  try {
    return keyFingerprintOf(dataDir) !== undefined
  } catch (error) {
    if (error instanceof AppError && error.code === 'store_missing') return false
    throw error
  }
}

const freeLeastBytes = 1_073_741_824

function checkDirectory({ dataDir }: Config): Finding {
  const check = 'data directory'
  const path = resolve(dataDir)
  if (!existsSync(path))
    return { check, state: 'warning', detail: `${path} is not there yet: ingest makes it` }
  try {
    accessSync(path, constants.W_OK)
  } catch {
    return { check, state: 'wrong', detail: `${path} cannot be written: give this user the right to` }
  }
  const { bavail, bsize } = statfsSync(path)
  const free = bavail * bsize
  const gigabytes = `${(free / freeLeastBytes).toFixed(1)} GiB free`
  if (free < freeLeastBytes) return { check, state: 'wrong', detail: `${path}, ${gigabytes}: make room` }
  return { check, state: 'ok', detail: `${path}, ${gigabytes}` }
}
