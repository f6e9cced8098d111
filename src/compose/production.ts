/** The production profile: Neo4j keeps everything, Redis keeps events until they are joined; processes keep nothing. */
import { AppError } from '../../graph/errors.ts'
import type { Clock, Intake, LinkStore } from '../../graph/ports.ts'
import { jobs } from '../../jobs/registry.ts'
import type { JobName, Services } from '../../jobs/services.ts'
import type { Config, Neo4jConfig, RedisConfig } from '../config.ts'
import { threadEngine } from '../engine/thread-engine.ts'
import { eventOf } from '../event-text.ts'
import type { Finding } from '../finding.ts'
import { quietly } from '../queue/bullmq/connection.ts'
import { openQueues, type Queues, redisFindings } from '../queue/bullmq/open.ts'
import { migrateNeo4j, neo4jFindings, openNeo4jReader, openNeo4jStore } from '../store/neo4j/store.ts'
import { errorFields, type Log } from '../telemetry/log.ts'
import { openBorder } from './border.ts'
import { followPublished } from './follow.ts'
import {
  courierOf,
  type Profile,
  type Serving,
  type ServingOptions,
  scheduleJobs,
  type Working,
  type Writing,
} from './parts.ts'

export const productionProfile = (config: Config, neo4j: Neo4jConfig): Profile => ({
  async openReading() {
    return { ...(await openNeo4jReader(neo4j)), waiting: async () => 0 }
  },
  openWriting: (clock) => openWriting(config, neo4j, clock),
  openServing: (options) => openServing(config, neo4j, options),
  openWorking: (options) => openWorking(config, neo4j, options),
  migrate: async () => (await migrateNeo4j(neo4j)).made,
  findings: () => findings(config, neo4j),
})

async function findings({ redis }: Config, neo4j: Neo4jConfig): Promise<readonly Finding[]> {
  return [...(await neo4jFindings(neo4j)), ...(redis ? await redisFindings(redis) : [])]
}

/** Whatever writes needs the deployment's key, which every process must be given alike. */
async function openParts(
  config: Config,
  neo4j: Neo4jConfig,
  { clock, opened }: { clock: Clock; opened: AsyncDisposableStack },
) {
  if (config.keyFile === undefined) {
    throw new AppError(
      'config_invalid',
      'RINGLEADER_KEY_FILE is not set: with Neo4j the deployment’s key must be given, the same to every process. Make one with: openssl rand -hex 32 > ringleader.key',
    )
  }
  const border = await openBorder(config, { clock, mayMakeKey: false })
  const store = opened.use(await openNeo4jStore({ ...neo4j, keyFingerprint: border.secrets.fingerprint }))
  return { ...border, store }
}

function redisOf({ redis }: Config, command: string): RedisConfig {
  if (redis) return redis
  throw new AppError(
    'config_invalid',
    `ringleader ${command} with Neo4j needs a Redis for the events that wait: name it with --redis or RINGLEADER_REDIS`,
  )
}

/** Events that may wait while a file is read: many are joined at once faster than few. */
const waitingMax = 20_000

/** For a command: accepted events are joined here, beside any worker there is. */
async function openWriting(config: Config, neo4j: Neo4jConfig, clock: Clock): Promise<Writing> {
  await using opened = new AsyncDisposableStack()
  const { store, border, secrets } = await openParts(config, neo4j, { clock, opened })
  const queues = config.redis && opened.use(await openQueues(config.redis, { clock, complain: () => {} }))
  const intake = queues ? commandIntake(queues, store) : directIntake(store)
  return {
    store: { ...store, ...intake },
    acceptTexts: (events) => intake.accept(events.map(eventOf)),
    config,
    border,
    secrets,
    async settle() {
      while ((await intake.foldSome()) > 0);
    },
    storedTogether: 1_000,
    waitingMax,
    ...closing(opened),
  }
}

/** Without Redis there is nothing to wait in, and nothing to know repeats by. */
const directIntake = (store: LinkStore): Intake => ({
  async accept(events) {
    await store.record(events)
    return events.map(() => 'accepted' as const)
  },
  foldSome: async () => 0,
  waiting: async () => 0,
})

const pollMs = 10

/** Joins what waits from the first time it is asked to, and answers how much that was. */
function commandIntake({ intake, join }: Queues, store: LinkStore): Intake {
  let worker: ReturnType<Queues['join']> | undefined
  let joined = 0
  return {
    ...intake,
    async foldSome() {
      const before = await intake.waiting()
      worker ??= join({
        record: (events) => store.record(events),
        joined: (events) => {
          joined += events
        },
      })
      await worker
      for (let now = before; now > 0 && (now >= before || joined === 0); now = await intake.waiting())
        await new Promise((resolve) => setTimeout(resolve, pollMs))
      const events = joined
      joined = 0
      return events
    },
  }
}

const quietLog = (log: Log) =>
  quietly((message, { kind, unheard }) => log.warn(message, { kind, ...(unheard > 0 && { unheard }) }))

/** The API alone: workers are processes of their own. */
async function openServing(
  config: Config,
  neo4j: Neo4jConfig,
  { log, clock = Date.now, published }: ServingOptions,
): Promise<Serving> {
  const redis = redisOf(config, 'serve')
  await using opened = new AsyncDisposableStack()
  const { store, border, secrets } = await openParts(config, neo4j, { clock, opened })
  const queues = opened.use(await openQueues(redis, { clock, complain: quietLog(log) }))
  opened.use(
    await followPublished({
      store,
      onVersion: queues.onVersion,
      published,
      onFailure: (error) => log.warn('the published snapshot could not be read', errorFields(error)),
    }),
  )
  return {
    store,
    intake: { ...queues.intake, foldSome: async () => 0 },
    border,
    secrets,
    queue: queues.jobs,
    announce: async () => {},
    foretell: queues.foretell,
    queueFigures: queues.figures,
    findings: () => findings(config, neo4j),
    lagMs: queues.lagMs,
    ...closing(opened),
  }
}

/** What joins events and finds rings; any number of processes. */
async function openWorking(
  config: Config,
  neo4j: Neo4jConfig,
  { log, clock = Date.now }: Pick<ServingOptions, 'log' | 'clock'>,
): Promise<Working> {
  const redis = redisOf(config, 'work')
  await using opened = new AsyncDisposableStack()
  const { store, border, secrets } = await openParts(config, neo4j, { clock, opened })
  const queues = opened.use(await openQueues(redis, { clock, complain: quietLog(log) }))
  const services: Services = {
    store,
    intake: { ...queues.intake, foldSome: async () => 0 },
    courier: courierOf(config, { secrets, clock }),
    engine: opened.use(threadEngine(config)),
    queue: queues.jobs,
    clock,
    detectAfterMs: config.detectAfterMs,
    keepDeadLettersDays: config.keepDeadLettersDays,
    published: ({ run }) => queues.announce(run.version),
    report: (job, facts) => log.info('job done', { job, ...facts }),
    alarm: (message, facts) => log.error(message, facts),
  }
  await queues.join({
    record: (events) => store.record(events),
    joined(events, traceIds) {
      log.debug('events joined', { events, traceIds: traceIds.join(' ') })
      queues.jobs.request('detect', { afterMs: config.detectAfterMs }).catch(() => {})
    },
  })
  queues.answer((order) => services.engine.foretell(order))
  queues.work((job) => jobs[job as JobName].run(services))
  await scheduleJobs(queues.jobs, config)
  await queues.jobs.request('detect')
  return {
    store,
    intake: services.intake,
    border,
    secrets,
    queue: queues.jobs,
    foretell: queues.foretell,
    queueFigures: queues.figures,
    findings: () => findings(config, neo4j),
    lagMs: queues.lagMs,
    ...closing(opened),
  }
}

/** For whoever is given what was opened; until then, what fails closes it again. */
function closing(opened: AsyncDisposableStack): AsyncDisposable {
  const kept = opened.move()
  return { [Symbol.asyncDispose]: () => kept.disposeAsync() }
}
