/** Ingest through the production profile while somebody kills a worker, Redis or Neo4j again and again. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { StoredEvent } from '../../graph/model.ts'
import type { StateDigest } from '../../graph/ports.ts'
import { openQueues, type Queues } from '../../src/queue/bullmq/open.ts'
import type { RunningServer } from '../../src/servers/launch.ts'
import { startNeo4j } from '../../src/servers/neo4j-local.ts'
import { startRedis } from '../../src/servers/redis-local.ts'
import { openNeo4jReader } from '../../src/store/neo4j/store.ts'
import { type Child, runScript } from '../support/processes/child.ts'
import { randomOf } from '../support/random.ts'
import { openTempStore } from '../support/stores/embedded.ts'

export type Victim = 'worker' | 'redis' | 'neo4j'

export interface Ordeal {
  readonly events: readonly StoredEvent[]
  /** Who is killed, in this order; each while a batch is being joined, Redis while one is delivered too. */
  readonly victims: readonly Victim[]
  readonly dir: string
  readonly seed: number
}

export interface Outcome {
  readonly found: StateDigest
  readonly expected: StateDigest
  /** Kills that met a batch in flight, by victim. */
  readonly inFlight: Readonly<Record<Victim, number>>
  /** Deliveries that were not acknowledged, and sent again. */
  readonly sentAgain: number
  readonly tookMs: number
}

const main = new URL('../../src/main.ts', import.meta.url)
const eventsPerDelivery = 500
/** A sender holds back while more than this waits, so that kills meet deliveries from the first to the last. */
const waitingMax = 2_000
const password = 'ringleader-test'

export async function survive({ events, victims, dir, seed }: Ordeal): Promise<Outcome> {
  const startedAt = performance.now()
  const expected = await digestOf(events)
  await using stage = await openStage(dir)
  const inFlight = { worker: 0, redis: 0, neo4j: 0 }
  const chance = randomOf(seed)
  let isSent = false
  let isDone = false
  const killing = (async () => {
    for (const victim of victims) {
      const met = await stage.batchInFlight(() => isDone)
      if (isDone && !met) return
      if (victim === 'redis') await stage.deliveryInFlight(() => isSent)
      await stage.kill(victim)
      inFlight[victim] += 1
      await wait(chance() * 1_000)
      await stage.revive(victim)
    }
  })()
  const sentAgain = await deliverAll(events, stage)
  isSent = true
  await stage.drained()
  isDone = true
  await killing
  await stage.drained()
  return { found: await stage.digest(), expected, inFlight, sentAgain, tookMs: performance.now() - startedAt }
}

async function digestOf(events: readonly StoredEvent[]): Promise<StateDigest> {
  await using oracle = await openTempStore()
  await oracle.record(events)
  return await oracle.digest()
}

/** Four senders; what is not acknowledged is sent again, as a customer does. */
async function deliverAll(events: readonly StoredEvent[], { accept, room }: Stage): Promise<number> {
  let sentAgain = 0
  let next = 0
  const sender = async (): Promise<void> => {
    for (let from = next; from < events.length; from = next) {
      next = from + eventsPerDelivery
      const delivery = events.slice(from, next)
      await room()
      while (!(await accept(delivery))) {
        sentAgain += 1
        await wait(100)
      }
    }
  }
  await Promise.all([sender(), sender(), sender(), sender()])
  return sentAgain
}

type Stage = Awaited<ReturnType<typeof openStage>>

/** Servers of its own in a directory, one worker process, and the intake in this one. */
async function openStage(dir: string) {
  const env = process.env
  const keyFile = join(dir, 'key')
  mkdirSync(dir, { recursive: true })
  writeFileSync(keyFile, `${'ab'.repeat(32)}\n`)
  const servers = {
    redis: await startRedis({ dir: join(dir, 'redis'), env }),
    neo4j: await startNeo4j({ dir: join(dir, 'neo4j'), password, env, heapMb: 768 }),
  }
  const queueOptions = {
    url: servers.redis.url,
    prefix: 'ringleader',
    accepts: 'always' as const,
    waitingEventsMax: 2_000_000,
  }
  const queues: Queues = await openQueues(queueOptions, { clock: Date.now, complain: () => {} })
  /** Resolves when it works, so that whoever is killed next is killed under it. */
  async function startWorker(): Promise<Child> {
    const worker = runScript(main, ['work', '--metrics-port', '0', '--json'], {
      RINGLEADER_NEO4J: servers.neo4j.url,
      RINGLEADER_NEO4J_PASSWORD: password,
      RINGLEADER_REDIS: servers.redis.url,
      RINGLEADER_KEY_FILE: keyFile,
      // Detection is not what is tried here, and would slow everything.
      RINGLEADER_DETECT_AFTER_MS: '3600000',
      RINGLEADER_LOG: 'error',
    })
    await worker.lines.next()
    return worker
  }
  let worker = await startWorker()
  let accepting = 0

  const portOf = ({ url }: RunningServer): number => Number(new URL(url).port)
  const jobsIn = async (state: string): Promise<number> => {
    const figures = await queues.figures().catch(() => undefined)
    return figures?.jobs.find((row) => row.queue === 'ingest' && row.state === state)?.jobs ?? -1
  }

  return {
    async accept(events: readonly StoredEvent[]): Promise<boolean> {
      accepting += 1
      try {
        await queues.intake.accept(events)
        return true
      } catch {
        return false
      } finally {
        accepting -= 1
      }
    },

    /** Nobody waits for one when all are sent. */
    async deliveryInFlight(isOver: () => boolean): Promise<void> {
      while (accepting === 0 && !isOver()) await wait(1)
    },

    /** Of a Redis that is away nobody knows, so that somebody tries. */
    async room(): Promise<void> {
      while ((await queues.intake.waiting().catch(() => 0)) > waitingMax) await wait(20)
    },

    /** False when it is given up before one was seen. */
    async batchInFlight(isOver: () => boolean): Promise<boolean> {
      while (!isOver()) {
        if ((await jobsIn('active')) > 0) return true
        await wait(10)
      }
      return false
    },

    async kill(victim: Victim): Promise<void> {
      if (victim === 'worker') await worker.kill()
      else await servers[victim].kill()
    },

    async revive(victim: Victim): Promise<void> {
      if (victim === 'worker') worker = await startWorker()
      else if (victim === 'redis')
        servers.redis = await startRedis({ dir: join(dir, 'redis'), env, port: portOf(servers.redis) })
      else
        servers.neo4j = await startNeo4j({
          dir: join(dir, 'neo4j'),
          password,
          env,
          heapMb: 768,
          port: portOf(servers.neo4j),
        })
    },

    async drained(): Promise<void> {
      let quiet = 0
      while (quiet < 5) {
        const waiting = await queues.intake.waiting().catch(() => 1)
        quiet = waiting === 0 ? quiet + 1 : 0
        await wait(50)
      }
    },

    async digest(): Promise<StateDigest> {
      const options = {
        url: servers.neo4j.url,
        user: 'neo4j',
        password,
        database: 'neo4j',
        deadlineMs: 60_000,
      }
      await using reader = await openNeo4jReader(options)
      return await reader.digest()
    },

    async [Symbol.asyncDispose]() {
      await worker.kill()
      await queues[Symbol.asyncDispose]()
      await servers.redis[Symbol.asyncDispose]()
      await servers.neo4j[Symbol.asyncDispose]()
    },
  }
}
