/** Workers that die and networks that fall silent between us and Redis. */
import { expect, test } from '@jest/globals'
import type { StoredEvent } from '../../graph/model.ts'
import { eventOf } from '../support/core/events.ts'
import { runScript } from '../support/processes/child.ts'
import { faultProxy } from '../support/processes/fault-proxy.ts'
import { openTestQueues, queuesOptions } from '../support/stores/queues.ts'
import { describeOn, testRedis } from '../support/stores/servers.ts'

const eventsOf = (name: string, count: number): readonly StoredEvent[] =>
  Array.from({ length: count }, (_, i) => eventOf({ id: `${name}${i}` }))

const until = async (isSo: () => boolean, limitMs: number): Promise<number> => {
  const startedAt = performance.now()
  while (!isSo() && performance.now() - startedAt < limitMs)
    await new Promise((resolve) => setTimeout(resolve, 50))
  return performance.now() - startedAt
}

describeOn(['redis'], 'faults of the queue', () => {
  test('the batches of a worker that is killed are taken up by another within 15 s', async () => {
    const options = await queuesOptions()
    await using queues = await openTestQueues(options)
    await using child = runScript(new URL('./hang-child.ts', import.meta.url), [options.url, options.prefix])
    await queues.intake.accept(eventsOf('e', 100))
    await child.lines.next()
    const joined: StoredEvent[] = []

    await child.kill()
    await queues.join({ record: async (events) => void joined.push(...events), joined: () => {} })
    const tookMs = await until(() => joined.length >= 100, 30_000)

    expect(joined).toHaveLength(100)
    expect(tookMs).toBeLessThan(15_000)
  }, 60_000)

  test('over connections nobody answers on, taking events ends in time, work goes on by itself, and ends when told', async () => {
    await using proxy = await faultProxy(new URL((await testRedis()).url))
    const timersBefore = timersRunning()
    const queues = await openTestQueues(await queuesOptions({ url: `redis://127.0.0.1:${proxy.port}` }))
    const joined: StoredEvent[] = []
    await queues.join({ record: async (events) => void joined.push(...events), joined: () => {} })
    await queues.intake.accept(eventsOf('before', 10))
    await until(() => joined.length >= 10, 5_000)

    proxy.silence()
    const startedAt = performance.now()
    const failure = await queues.intake.accept(eventsOf('silent', 10)).catch((error: unknown) => error)
    const tookMs = performance.now() - startedAt
    proxy.heal()
    let isTaken = false
    const healing = performance.now()
    while (!isTaken && performance.now() - healing < 30_000)
      isTaken = await queues.intake.accept(eventsOf('after', 10)).then(
        () => true,
        () => false,
      )
    await until(() => joined.some(({ id }) => id === 'after9'), 30_000)
    const recoveredMs = performance.now() - healing
    await queues[Symbol.asyncDispose]()
    await until(() => timersRunning() <= timersBefore, 15_000)

    expect(failure).toMatchObject({ code: 'store_unavailable' })
    expect(tookMs).toBeLessThan(11_000)
    expect(new Set(joined.map(({ id }) => id)).size).toBeGreaterThanOrEqual(20)
    expect(recoveredMs).toBeLessThan(30_000)
    // A timer that lives on would keep the process alive.
    expect(timersRunning()).toBeLessThanOrEqual(timersBefore)
  }, 90_000)
})

const timersRunning = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
