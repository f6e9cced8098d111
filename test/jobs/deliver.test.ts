/** Messages to receivers: each in the order of the feed, at least once, whatever fails and whenever we die. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { placeText } from '../../graph/feed/place.ts'
import type { FeedItem } from '../../graph/feed/read.ts'
import type { Webhook } from '../../graph/webhooks.ts'
import { deliver, triesMax } from '../../jobs/deliver.ts'
import type { Sent, Services } from '../../jobs/services.ts'
import { ringSets, runsFor } from '../support/core/arbitraries.ts'
import { publicationsOf, publishAll } from '../support/core/publications.ts'
import { openTempStore } from '../support/stores/embedded.ts'

type Store = Awaited<ReturnType<typeof openTempStore>>
type Receiver = (item: FeedItem, webhook: Webhook) => Sent | Promise<Sent>

const hook = (id: string, more: Partial<Webhook> = {}): Webhook => ({
  id,
  url: 'https://x.example/',
  types: [],
  author: 'eve',
  createdAt: 1,
  from: '0~0',
  secrets: [],
  ...more,
})

const textOf = ({ place }: Pick<FeedItem, 'place'>): string => placeText(place)

/** Runs the job whenever it is due, on a clock that jumps there. */
function driving(store: Store, receiver: Receiver) {
  let now = 1_000
  let dueAt: number | undefined = 0
  const services = {
    store,
    clock: () => now,
    queue: {
      request: async (_: string, { afterMs = 0 } = {}) => void (dueAt = now + afterMs),
    },
    courier: {
      messageId: (webhook: Webhook, place: string) => `${webhook.id} ${place}`,
      send: async (webhook: Webhook, item: FeedItem) => receiver(item, webhook),
    },
    report: () => {},
  } as unknown as Services
  return {
    now: () => now,
    dueAt: () => dueAt,
    async runOnce(): Promise<void> {
      now = Math.max(now, dueAt ?? now)
      dueAt = undefined
      await deliver.run(services)
    },
    async runAll(): Promise<void> {
      dueAt = now
      while (dueAt !== undefined) await this.runOnce()
    },
  }
}

type Mood = 'takes' | 'refuses' | 'dies after'

const refused: Sent = { isTaken: false, error: 'answered 500' }
const taken: Sent = { isTaken: true }

describe('deliver', () => {
  test('tells everybody everything they want once, in order, however often receivers fail and the process dies', async () => {
    const mood = fc.constantFrom<Mood>('takes', 'takes', 'refuses', 'dies after')
    await fc.assert(
      fc.asyncProperty(ringSets, fc.infiniteStream(mood), async (sets, moods) => {
        await using store = await openTempStore()
        const all = publicationsOf(sets)
        const hooks = [hook('hook_a'), hook('hook_b', { types: ['ring.born', 'ring.merged'] })]
        for (const one of hooks) await store.saveWebhook(one)
        const heard = new Map(hooks.map(({ id }) => [id, [] as string[]]))
        let deaths = 0
        const driver = driving(store, (item, { id }) => {
          const { value: next } = moods.next() as IteratorYieldResult<Mood>
          if (next === 'refuses') return refused
          heard.get(id)?.push(textOf(item))
          if (next === 'takes' || deaths > 5) return taken
          deaths += 1
          throw new Error('the process died')
        })

        for (const { publication } of all) {
          await store.publish(publication)
          for (let isDone = false; !isDone; ) {
            isDone = await driver.runAll().then(
              () => true,
              () => false,
            )
          }
        }

        const changes = all.flatMap(({ publication }) => publication.changes)
        for (const { id, types } of hooks) {
          const wanted = changes.filter(({ kind }) => types.length === 0 || types.includes(`ring.${kind}`))
          const once = (heard.get(id) ?? []).filter((place, i, places) => place !== places[i - 1])
          expect(once).toEqual(wanted.map(({ version, ring }) => `${version}.${ring}`))
        }
        expect(await store.deadMessages({ limit: 9 })).toEqual([])
      }),
      runsFor(12),
    )
  })

  const three = publicationsOf([
    new Map(
      ['ring_a', 'ring_b', 'ring_c'].map((id) => [
        id,
        {
          head: {
            class: 'uncertain' as const,
            risk: 0.5,
            firstSeen: 1,
            lastSeen: 2,
            topEvidence: [],
            reasons: [],
          },
          members: [],
        },
      ]),
    ),
  ])

  async function withThree(): Promise<Store> {
    const store = await openTempStore()
    await publishAll(store, three)
    await store.saveWebhook(hook('hook_a'))
    return store
  }

  test('waits longer after each failure, gives a message up after three days, and goes on with the next', async () => {
    await using store = await withThree()
    const tries: { at: number; place: string }[] = []
    const driver = driving(store, (item) => {
      tries.push({ at: driver.now(), place: textOf(item) })
      return textOf(item) === '1.ring_a' ? refused : taken
    })

    await driver.runAll()

    const first = tries.filter(({ place }) => place === '1.ring_a')
    const waits = first.slice(1).map(({ at }, i) => at - (first[i]?.at ?? 0))
    expect(first).toHaveLength(triesMax)
    expect(waits.every((wait, i) => i === 0 || wait > (waits[i - 1] ?? 0) * 0.8)).toBe(true)
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(2.4 * 86_400_000)
    expect(tries.slice(triesMax).map(({ place }) => place)).toEqual(['1.ring_b', '1.ring_c'])
    expect(await store.deadMessages({ limit: 9 })).toMatchObject([
      {
        id: 'hook_a 1.ring_a',
        webhook: 'hook_a',
        place: '1.ring_a',
        type: 'ring.born',
        error: 'answered 500',
      },
    ])
    expect(await store.webhookProgress()).toMatchObject([{ place: '1.ring_c', deliveredAt: driver.now() }])
  })

  test('one receiver that fails keeps nobody else waiting', async () => {
    await using store = await withThree()
    await store.saveWebhook(hook('hook_b'))
    const heard: string[] = []
    const driver = driving(store, (item, { id }) => {
      if (id === 'hook_a') return refused
      heard.push(textOf(item))
      return taken
    })

    await driver.runOnce()

    expect(heard).toEqual(['1.ring_a', '1.ring_b', '1.ring_c'])
    expect(driver.dueAt()).toBeGreaterThan(driver.now())
  })

  test('sends nothing more to one that is gone, until somebody has it tried again', async () => {
    await using store = await withThree()
    let isBack = false
    let tries = 0
    const driver = driving(store, () => {
      tries += 1
      return isBack ? taken : { isTaken: false, error: 'answered 410', isGone: true }
    })

    await driver.runAll()
    await driver.runAll()
    const [before, after] = [tries, await store.deadMessages({ limit: 9 })]
    isBack = true
    await store.saveWebhook(hook('hook_a', { resumedAt: driver.now() + 1 }))
    await driver.runAll()

    expect([before, after]).toEqual([1, []])
    expect(tries).toBe(4)
  })

  test('a dead message that is asked for is sent once more, with the id it had', async () => {
    await using store = await withThree()
    let isBroken = true
    const heard: string[] = []
    const driver = driving(store, (item) => {
      if (isBroken && textOf(item) === '1.ring_b') return refused
      heard.push(textOf(item))
      return taken
    })
    await driver.runAll()
    const [dead] = await store.deadMessages({ limit: 9 })
    if (!dead) throw new Error('it is dead')

    await store.buryMessage({ ...dead, again: true })
    await driver.runAll()
    const still = await store.deadMessages({ limit: 9 })
    isBroken = false
    await store.buryMessage({ ...dead, again: true })
    await driver.runAll()

    expect(still).toEqual([{ ...dead, tries: triesMax + 1 }])
    expect(heard).toEqual(['1.ring_a', '1.ring_c', '1.ring_b'])
    expect(await store.deadMessages({ limit: 9 })).toEqual([])
  })
})
