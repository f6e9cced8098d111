/** What a sender of events is told, against the rule said a second time. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Receipt } from '../../../graph/ports.ts'
import { ledger } from '../../../src/queue/bullmq/intake/ledger.ts'
import { runsFor } from '../../support/core/arbitraries.ts'
import { eventOf } from '../../support/core/events.ts'
import { describeOn, testRedis } from '../../support/stores/servers.ts'

const day = 86_400_000

describeOn(['redis'], 'the ledger', () => {
  let redis: Redis
  let deployments = 0

  beforeAll(async () => {
    redis = new Redis((await testRedis()).url)
  })
  afterAll(() => redis.disconnect())

  const open = (clock: () => number) =>
    ledger(redis, { prefix: `ledger-${process.pid}-${(deployments += 1)}`, clock })

  const event = fc
    .record({
      id: fc.integer({ min: 0, max: 9 }),
      content: fc.integer({ min: 0, max: 2 }),
      tables: fc.integer({ min: 0, max: 2 }),
    })
    .map(({ id, content, tables }) => ({ ...eventOf({ id: `e${id}` }), content: `c${content}`, tables }))
  const batch = fc.record({
    afterDays: fc.integer({ min: 0, max: 4 }),
    events: fc.array(event, { maxLength: 12 }),
  })
  /** Over less than the days that are kept, and over several buckets. */
  const batches = fc.array(batch, { minLength: 1, maxLength: 6, size: 'max' })

  test('says of each event what a list of all earlier ones says', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (sent) => {
        let now = 0
        const seen = open(() => now)
        const earlier: StoredEvent[] = []

        for (const { afterDays, events } of sent) {
          now += afterDays * day
          const { receipts, fresh } = await seen.judge(events)
          await seen.note(fresh)

          const expected = events.map((one) => {
            const told = judged(one, earlier)
            earlier.push(one)
            return told
          })
          expect(receipts).toEqual(expected.map(({ receipt }) => receipt))
          expect(fresh).toEqual(events.filter((_, i) => expected[i]?.isFresh))
        }
      }),
      runsFor(40),
    )
  })

  test('an id that is sent with ever other contents fills no memory', async () => {
    const prefix = `ledger-${process.pid}-contents`
    const seen = ledger(redis, { prefix, clock: () => 0 })
    const contents = Array.from({ length: 900 }, (_, i) => ({
      ...eventOf({ id: 'e1' }),
      content: `content-${i}-${'x'.repeat(40)}`,
    }))

    for (let from = 0; from < contents.length; from += 300) {
      const { fresh } = await seen.judge(contents.slice(from, from + 300))
      await seen.note(fresh)
    }
    const again = await Promise.all(contents.map((one) => seen.judge([one])))
    const known = again.map(({ receipts: [receipt] }) => receipt === 'duplicate')
    const kept = await redis.hget(`${prefix}:seen:0`, 'e1')

    expect(kept?.length).toBeLessThanOrEqual(4_000)
    // The newest are kept, as many as there is room for.
    expect(known.filter(Boolean).length).toBeGreaterThan(60)
    expect(known.lastIndexOf(false)).toBe(known.indexOf(true) - 1)
  })

  test.each([
    [0, 'duplicate'],
    [29, 'duplicate'],
    [30, 'duplicate'],
    [36, 'accepted'],
  ])('after %i days a repeat is %s', async (days, receipt) => {
    let now = 3 * day + 5
    const seen = open(() => now)
    const one = eventOf({ id: 'e1' })
    await seen.note((await seen.judge([one])).fresh)

    now += days * day

    expect((await seen.judge([one])).receipts).toEqual([receipt])
  })

  test('Redis drops a bucket by itself, no sooner than it is asked for the last time', async () => {
    const prefix = `ledger-${process.pid}-expiry`
    const seen = ledger(redis, { prefix, clock: () => 0 })

    await seen.note([eventOf({ id: 'e1' })])

    expect(Math.ceil((await redis.ttl(`${prefix}:seen:0`)) / 86_400)).toBe(35)
  })
})

function judged(event: StoredEvent, earlier: readonly StoredEvent[]): { receipt: Receipt; isFresh: boolean } {
  const same = earlier.filter(({ id }) => id === event.id)
  const alike = same.filter(({ content }) => content === event.content)
  return {
    receipt: alike.length > 0 ? 'duplicate' : same.length > 0 ? 'conflict' : 'accepted',
    isFresh: !alike.some(({ tables }) => tables === event.tables),
  }
}
