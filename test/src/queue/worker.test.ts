/** Workers that end in time, and rest while Redis refuses. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from '@jest/globals'
import { Redis } from 'ioredis'
import { openQueues, type QueuesOptions } from '../../../src/queue/bullmq/open.ts'
import { startRedis } from '../../../src/servers/redis-local.ts'
import { eventOf } from '../../support/core/events.ts'
import { eventually } from '../../support/processes/server.ts'
import { queuesOptions } from '../../support/stores/queues.ts'
import { describeOn } from '../../support/stores/servers.ts'

async function openQuick(options: QueuesOptions) {
  const complaints: string[] = []
  const complain = (kind: string, { message }: Error) => void complaints.push(`${kind}: ${message}`)
  return { ...(await openQueues(options, { clock: Date.now, complain, closeWithinMs: 300 })), complaints }
}

describeOn(['redis'], 'closing', () => {
  test('a job that takes too long is left, and another process begins it at once', async () => {
    const options = await queuesOptions()
    const runs: string[] = []
    const { promise: end, resolve } = Promise.withResolvers<void>()
    const leaving = await openQuick(options)
    await using staying = await openQuick(options)
    leaving.work(async () => {
      runs.push('leaving')
      await end
    })
    await leaving.jobs.request('detect')
    await eventually(
      async () => runs.length,
      (length) => length > 0,
    )
    staying.work(async () => void runs.push('staying'))

    const startedAt = performance.now()
    await leaving[Symbol.asyncDispose]()
    const tookMs = performance.now() - startedAt
    await staying.jobs.idle()
    const begunAgainMs = performance.now() - startedAt
    resolve()

    expect(tookMs).toBeGreaterThanOrEqual(300)
    expect(tookMs).toBeLessThan(1_500)
    // Well before its lock has run out.
    expect(begunAgainMs).toBeLessThan(4_000)
    expect(runs).toEqual(['leaving', 'staying'])
  })
})

describeOn(['redis-local'], 'workers of a Redis', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ringleader-worker-'))
  afterAll(() => rmSync(dir, { recursive: true }))

  test('that is full rest, and go on by themselves when it has room again', async () => {
    await using server = await startRedis({ dir: join(dir, 'full'), env: process.env })
    await using queues = await openQuick(await queuesOptions({ url: server.url }))
    const redis = new Redis(server.url)
    await queues.intake.accept([eventOf({ id: 'e1' })])
    await redis.config('SET', 'maxmemory', '1mb')

    await queues.join({ record: async () => {}, joined: () => {} })
    queues.work(async () => {})
    await wait(3_000)
    const complaints = queues.complaints.length
    await redis.config('SET', 'maxmemory', '0')
    const waiting = await eventually(
      () => queues.intake.waiting(),
      (events) => events === 0,
    )
    redis.disconnect()

    expect(complaints).toBeGreaterThan(0)
    expect(complaints).toBeLessThan(50)
    expect(waiting).toBe(0)
  })

  test('that is gone end in time', async () => {
    const server = await startRedis({ dir: join(dir, 'gone'), env: process.env })
    const queues = await openQuick(await queuesOptions({ url: server.url }))
    await queues.join({ record: () => new Promise(() => {}), joined: () => {} })
    queues.work(() => new Promise(() => {}))
    await queues.intake.accept([eventOf({ id: 'e1' })])
    await queues.jobs.request('detect')
    await wait(500)
    await server.kill()

    const startedAt = performance.now()
    await queues[Symbol.asyncDispose]()

    expect(performance.now() - startedAt).toBeLessThan(4_000)
  })
})
