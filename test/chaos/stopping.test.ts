/** Processes end when they should, whatever does not answer them, and leave their work to others. */
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { openWriting } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import type { Queues } from '../../src/queue/bullmq/open.ts'
import { eventOf, seen } from '../support/core/events.ts'
import { type Child, runScript } from '../support/processes/child.ts'
import { type FaultProxy, faultProxy } from '../support/processes/fault-proxy.ts'
import { eventually } from '../support/processes/server.ts'
import { emptyNeo4j, neo4jOptions, productionEnvironment } from '../support/stores/production.ts'
import { openTestQueues, queuesOptions } from '../support/stores/queues.ts'
import { describeOn, testRedis } from '../support/stores/servers.ts'

const main = new URL('../../src/main.ts', import.meta.url)
const events = Array.from({ length: 200 }, (_, i) =>
  eventOf({ id: `e${i}`, account: `a${i % 20}`, identifiers: [seen('device', `d${i % 7}`)] }),
)
/** What runs has 8 s; a worker that waited for one thing after the other would need 17. */
const endsWithinMs = 15_000

const active = async (queues: Queues): Promise<number> => {
  const { jobs } = await queues.figures()
  return jobs.reduce((sum, row) => sum + (row.state === 'active' ? row.jobs : 0), 0)
}

/** Its exit code, or how it was when the time was up. */
const ending = (worker: Child): Promise<number | null | 'still there'> =>
  Promise.race([worker.ended, wait(endsWithinMs, 'still there' as const, { ref: false })])

describeOn(['neo4j', 'redis'], 'a worker that is told to stop', () => {
  test.each([
    ['Neo4j', { redis: false }],
    ['Neo4j and Redis', { redis: true }],
  ])(
    'ends in time while no answer comes from %s, and another does what it began',
    async (_, silent) => {
      await emptyNeo4j()
      const options = await queuesOptions()
      await using neo4j = await faultProxy(new URL((await neo4jOptions()).url))
      await using redis = await faultProxy(new URL((await testRedis()).url))
      await using queues = await openTestQueues(options)
      await using worker = await startWorker(options.prefix, { neo4j, redis })

      // A batch and a detection, both waiting for an answer that never comes.
      neo4j.silence()
      await queues.intake.accept(events)
      await queues.jobs.request('detect')
      const begun = await eventually(
        () => active(queues),
        (jobs) => jobs === 2,
      )
      if (silent.redis) redis.silence()
      process.kill(worker.pid, 'SIGTERM')
      const code = await ending(worker)

      const joined: string[] = []
      await queues.join({
        record: async (some) => void joined.push(...some.map(({ id }) => id)),
        joined: () => {},
      })
      await eventually(
        () => queues.intake.waiting(),
        (waiting) => waiting === 0,
      )
      expect(begun).toBe(2)
      expect(code).toBe(0)
      expect(new Set(joined).size).toBe(events.length)
    },
    90_000,
  )
})

describeOn(['neo4j', 'redis'], 'a command whose Redis is away', () => {
  test('leaves no connection to Neo4j open', async () => {
    await emptyNeo4j()
    const environment = await productionEnvironment({ RINGLEADER_REDIS: 'redis://127.0.0.1:9' })
    const before = connections()

    await expect(openWriting(readConfig({}, environment))).rejects.toMatchObject({
      code: 'store_unavailable',
    })

    expect(
      await eventually(
        async () => connections(),
        (now) => now <= before,
      ),
    ).toBeLessThanOrEqual(before)
  }, 60_000)
})

const connections = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length

async function startWorker(
  prefix: string,
  { neo4j, redis }: { neo4j: FaultProxy; redis: FaultProxy },
): Promise<Child> {
  const worker = runScript(
    main,
    ['work', '--json'],
    await productionEnvironment({
      RINGLEADER_NEO4J: `bolt://127.0.0.1:${neo4j.port}`,
      RINGLEADER_NEO4J_DEADLINE_MS: '60000',
      RINGLEADER_REDIS: `redis://127.0.0.1:${redis.port}`,
      RINGLEADER_REDIS_PREFIX: prefix,
      // Only the detection that the test asks for.
      RINGLEADER_DETECT_AFTER_MS: '3600000',
    }),
  )
  await worker.lines.next()
  return worker
}
