/** What joining does with stores and events that fail, and with workers that end. */
import { expect, test } from '@jest/globals'
import { Redis } from 'ioredis'
import { AppError } from '../../../graph/errors.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Queues } from '../../../src/queue/bullmq/open.ts'
import { eventOf } from '../../support/core/events.ts'
import { eventually } from '../../support/processes/server.ts'
import { openTestQueues, queuesOptions } from '../../support/stores/queues.ts'
import { describeOn } from '../../support/stores/servers.ts'

const eventsOf = (count: number, name = 'e'): readonly StoredEvent[] =>
  Array.from({ length: count }, (_, i) => eventOf({ id: `${name}${i}` }))
const drained = ({ intake }: Queues) =>
  eventually(
    () => intake.waiting(),
    (waiting) => waiting === 0,
  )

describeOn(['redis'], 'joining', () => {
  test('while the store refuses everything nothing is set aside, and all is joined once it is mended', async () => {
    await using queues = await openTestQueues()
    let isMended = false
    const joined: StoredEvent[] = []
    let tries = 0
    await queues.intake.accept(eventsOf(300))

    await queues.join({
      async record(events) {
        tries += 1
        if (!isMended) throw new TypeError('the disk is full')
        joined.push(...events)
      },
      joined: () => {},
    })
    await eventually(
      async () => tries,
      (count) => count > 10,
    )
    const meanwhile = { waiting: await queues.intake.waiting(), ...(await queues.figures()) }
    isMended = true
    await drained(queues)

    expect(meanwhile.waiting).toBe(300)
    expect(meanwhile.oldestSeconds).toBeGreaterThan(0)
    expect(meanwhile.jobs).toContainEqual({ queue: 'refused', state: 'wait', jobs: 0 })
    expect(joined).toHaveLength(300)
  })

  test('an event that is refused alone waits until others show that the store is well', async () => {
    await using queues = await openTestQueues()
    const joined: StoredEvent[] = []
    await queues.join({
      async record(events) {
        if (events.some(({ id }) => id === 'bad0')) throw new TypeError('of what it is')
        joined.push(...events)
      },
      joined: () => {},
    })

    await queues.intake.accept(eventsOf(1, 'bad'))
    await new Promise((resolve) => setTimeout(resolve, 500))
    const alone = await queues.intake.waiting()
    await queues.intake.accept(eventsOf(10))
    await drained(queues)

    expect(alone).toBe(1)
    expect(joined).toHaveLength(10)
    expect((await queues.figures()).jobs).toContainEqual({ queue: 'refused', state: 'wait', jobs: 1 })
  })

  test('a worker that stops while the store is away leaves its batches to the others', async () => {
    const options = await queuesOptions()
    await using staying = await openTestQueues(options)
    const joined: StoredEvent[] = []
    let isAway = true
    let tries = 0
    const record = async (events: readonly StoredEvent[]) => {
      tries += 1
      if (isAway) throw new AppError('store_unavailable', 'Neo4j is away')
      joined.push(...events)
    }
    {
      await using leaving = await openTestQueues(options)
      await leaving.intake.accept(eventsOf(500))
      await leaving.join({ record, joined: () => {} })
      await eventually(
        async () => tries,
        (count) => count > 1,
      )
      await staying.join({ record, joined: () => {} })
    }
    isAway = false
    const startedAt = performance.now()
    await drained(staying)

    expect(joined).toHaveLength(500)
    // At once, not as one that failed.
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    expect((await staying.figures()).jobs).toContainEqual({ queue: 'ingest', state: 'failed', jobs: 0 })
  })

  test('a batch under which workers die is halved, and its culprit set aside alone', async () => {
    const options = await queuesOptions()
    await using queues = await openTestQueues(options)
    const redis = new Redis(options.url)
    const joined: number[] = []
    await queues.intake.accept(eventsOf(10))
    await queues.intake.accept(eventsOf(1, 'deadly'))
    const died = async (id: string, times: number) =>
      redis.hset(`${options.prefix}:ingest:${id}`, 'stc', times)
    for (const id of await redis.lrange(`${options.prefix}:ingest:wait`, 0, -1))
      await died(id, id.endsWith('-1') ? 10 : 5)

    await queues.join({ record: async () => {}, joined: (events) => void joined.push(events) })
    await drained(queues)
    redis.disconnect()

    expect(joined).toEqual([5, 5])
    expect((await queues.figures()).jobs).toContainEqual({ queue: 'refused', state: 'wait', jobs: 1 })
  })
})
