/** What the intake notes of events it took, and that a sender is never told of more than was taken. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { bullIntake } from '../../../src/queue/bullmq/intake/intake.ts'
import { openIngestQueue } from '../../../src/queue/bullmq/queues.ts'
import { eventOf } from '../../support/core/events.ts'
import { describeOn, testRedis } from '../../support/stores/servers.ts'

const events = [eventOf({ id: 'e1' })]

describeOn(['redis'], 'noting', () => {
  let redis: Redis
  let url: string
  const queues: Queue[] = []

  beforeAll(async () => {
    ;({ url } = await testRedis())
    redis = new Redis(url)
  })
  afterAll(async () => {
    for (const queue of queues) await queue.close()
    redis.disconnect()
  })

  /** An intake of its own over a Redis and a queue that differ a little from the real ones. */
  function open(differs: { redis?: Partial<Redis>; add?: Queue['add'] } = {}) {
    const prefix = `noting-${randomUUID()}`
    const queue = openIngestQueue(redis, prefix)
    queues.push(queue)
    if (differs.add) queue.add = differs.add
    const over = Object.assign(Object.create(redis) as Redis, differs.redis)
    const intake = bullIntake({ redis: over, queue, prefix, clock: () => 0, waitingMax: 1_000, url })
    return { intake, queue }
  }

  test('events that Redis did not take are no repeat when they are sent again', async () => {
    const { intake, queue } = open({ add: () => Promise.reject(new Error('READONLY')) })
    await expect(intake.accept(events)).rejects.toMatchObject({ code: 'store_unavailable' })

    Reflect.deleteProperty(queue, 'add')

    expect(await intake.accept(events)).toEqual(['accepted'])
    expect(await intake.accept(events)).toEqual(['duplicate'])
  })

  test('events that cannot be noted are taken all the same', async () => {
    const evaluate = redis.eval.bind(redis) as (...given: unknown[]) => Promise<unknown>
    const noNotes = (script: string, ...rest: unknown[]): Promise<unknown> =>
      script.includes('HSET') ? Promise.reject(new Error('OOM')) : evaluate(script, ...rest)
    const { intake } = open({ redis: { eval: noNotes } })

    expect(await intake.accept(events)).toEqual(['accepted'])
    expect(await intake.waiting()).toBe(1)
  })

  test.each([
    [30, 'duplicate'],
    [40, 'accepted'],
  ])('of a Redis that is %i % full a repeat is called %s', async (percent, receipt) => {
    const info = async () => `used_memory:${percent}0000000\r\nmaxmemory:1000000000\r\n`
    const { intake } = open({ redis: { info } })
    await intake.accept(events)

    expect(await intake.accept(events)).toEqual([receipt])
  })
})
