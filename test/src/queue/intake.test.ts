/** Events through Redis to whoever joins them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { Redis } from 'ioredis'
import { AppError } from '../../../graph/errors.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Queues } from '../../../src/queue/bullmq/open.ts'
import { startRedis } from '../../../src/servers/redis-local.ts'
import { eventOf, seen } from '../../support/core/events.ts'
import { eventually } from '../../support/processes/server.ts'
import { openTestQueues, queuesOptions } from '../../support/stores/queues.ts'
import { describeOn } from '../../support/stores/servers.ts'

const eventsOf = (count: number, name = 'e'): readonly StoredEvent[] =>
  Array.from({ length: count }, (_, i) =>
    eventOf({ id: `${name}${i}`, account: `a${i % 50}`, identifiers: [seen('device', `d${i % 70}`)] }),
  )

const drained = ({ intake }: Queues) =>
  eventually(
    () => intake.waiting(),
    (waiting) => waiting === 0,
  )
const idsOf = (events: Iterable<StoredEvent>) => new Set([...events].map(({ id }) => id))

describeOn(['redis'], 'the intake', () => {
  test('callers at the same time share batches, and every event is joined', async () => {
    await using queues = await openTestQueues()
    const joined: StoredEvent[] = []
    const callers = Array.from({ length: 40 }, (_, i) => eventsOf(37, `c${i}.`))

    const receipts = await Promise.all(callers.map((events) => queues.intake.accept(events)))
    const jobs = (await queues.figures()).jobs.find(
      ({ queue, state }) => queue === 'ingest' && state === 'wait',
    )
    const waiting = await queues.intake.waiting()
    await queues.join({ record: async (events) => void joined.push(...events), joined: () => {} })
    await drained(queues)

    expect(receipts.flat()).toEqual(Array.from({ length: 40 * 37 }, () => 'accepted'))
    expect(waiting).toBe(40 * 37)
    expect(jobs?.jobs).toBeLessThan(10)
    expect(idsOf(joined)).toEqual(idsOf(callers.flat()))
  })

  test('while the store is away batches wait, and are joined when it is back', async () => {
    await using queues = await openTestQueues()
    let tries = 0
    const joined: StoredEvent[] = []
    await queues.intake.accept(eventsOf(100))

    await queues.join({
      async record(events) {
        tries += 1
        if (tries <= 3) throw new AppError('store_unavailable', 'Neo4j is away')
        joined.push(...events)
      },
      joined: () => {},
    })
    await drained(queues)

    expect(joined).toHaveLength(100)
    expect(queues.complaints.filter((text) => text.includes('Neo4j is away')).length).toBeGreaterThan(0)
  })

  test('an event that the store refuses harms no neighbour, is kept, and is tried again at the next start', async () => {
    const options = await queuesOptions()
    const joined: StoredEvent[] = []
    let isMended = false
    const record = async (events: readonly StoredEvent[]) => {
      if (!isMended && events.some(({ id }) => id === 'e613')) throw new TypeError('of what it is')
      joined.push(...events)
    }
    {
      await using queues = await openTestQueues(options)
      await queues.intake.accept(eventsOf(1_000))
      const worker = await queues.join({ record, joined: () => {} })
      await drained(queues)
      await worker.close()
      expect(idsOf(joined).size).toBe(999)
      expect((await queues.figures()).jobs).toContainEqual({ queue: 'refused', state: 'wait', jobs: 1 })
    }
    isMended = true
    await using queues = await openTestQueues(options)
    await queues.join({ record, joined: () => {} })
    await drained(queues)

    expect(idsOf(joined)).toEqual(idsOf(eventsOf(1_000)))
    expect((await queues.figures()).jobs).toContainEqual({ queue: 'refused', state: 'wait', jobs: 0 })
  })

  test('a worker that closes leaves nothing behind half done', async () => {
    const options = await queuesOptions()
    const joined: StoredEvent[] = []
    const record = async (events: readonly StoredEvent[]) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      joined.push(...events)
    }
    for (let round = 0; round < 4; round++) {
      await using queues = await openTestQueues(options)
      const worker = await queues.join({ record, joined: () => {} })
      for (let batch = 0; batch < 5; batch++) await queues.intake.accept(eventsOf(200, `${round}.${batch}.`))
      await worker.close()
    }
    await using queues = await openTestQueues(options)
    await queues.join({ record, joined: () => {} })
    await drained(queues)

    expect(idsOf(joined).size).toBe(4 * 5 * 200)
  })

  test('too many that wait are refused for a while', async () => {
    await using queues = await openTestQueues(await queuesOptions({ waitingEventsMax: 1_000 }))
    await queues.intake.accept(eventsOf(1_500))
    await new Promise((resolve) => setTimeout(resolve, 300))

    const more = queues.intake.accept(eventsOf(10, 'more'))

    await expect(more).rejects.toMatchObject({ code: 'overloaded' })
  })
})

describeOn(['redis'], 'waiting batches', () => {
  test('the same batch sent to two processes at once is one job', async () => {
    const options = await queuesOptions()
    await using one = await openTestQueues(options)
    await using other = await openTestQueues(options)

    await Promise.all([one.intake.accept(eventsOf(100)), other.intake.accept(eventsOf(100))])

    expect(await one.intake.waiting()).toBe(100)
  })

  test('of very many batches the events are counted well enough', async () => {
    const options = await queuesOptions()
    await using queues = await openTestQueues(options)
    const redis = new Redis(options.url)
    const ids = Array.from({ length: 20_000 }, (_, i) => `batch-${i}-${1 + (i % 9)}`)
    await redis.lpush(`${options.prefix}:ingest:wait`, ...ids)

    const waiting = await queues.intake.waiting()
    await redis.del(`${options.prefix}:ingest:wait`)
    redis.disconnect()

    expect(waiting).toBeGreaterThan(100_000 * 0.98)
    expect(waiting).toBeLessThan(100_000 * 1.02)
  })
})

describeOn(['redis-local'], 'a Redis that fills up', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ringleader-full-'))
  afterAll(() => rmSync(dir, { recursive: true }))

  test('is not filled: events are refused in time, and all that were taken are joined', async () => {
    await using server = await startRedis({ dir, env: process.env, maxmemoryMb: 48 })
    await using queues = await openTestQueues(await queuesOptions({ url: server.url }))
    // Random ids hardly compress.
    const batch = (n: number) =>
      Array.from({ length: 1_000 }, (_, i) =>
        eventOf({
          id: `${n}.${i}.${crypto.randomUUID()}${crypto.randomUUID()}${crypto.randomUUID()}`,
          account: crypto.randomUUID(),
        }),
      )
    const taken: StoredEvent[] = []
    let refused = 0
    let worst = 0
    for (let n = 0; refused < 5 && n < 2_000; n++) {
      const events = batch(n)
      const failure = await queues.intake.accept(events).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (failure === undefined) taken.push(...events)
      else {
        expect(failure).toMatchObject({ code: 'overloaded' })
        refused += 1
      }
      worst = Math.max(worst, (await queues.figures()).memoryRatio)
    }
    const joined = new Set<string>()
    await queues.join({
      record: async (events) => {
        for (const { id } of events) joined.add(id)
      },
      joined: () => {},
    })
    await drained(queues)
    const joinedThen = new Set(joined)
    const again = await queues.intake.accept(batch(9_999))

    expect(refused).toBe(5)
    expect(worst).toBeGreaterThan(0.5)
    expect(worst).toBeLessThan(0.9)
    expect(joinedThen.symmetricDifference(idsOf(taken))).toEqual(new Set())
    expect(again).toHaveLength(1_000)
    expect(queues.complaints.filter((text) => text.includes('OOM'))).toEqual([])
  }, 60_000)
})
