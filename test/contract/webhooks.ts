/** Receivers of changes, how far each was told, and messages that were given up. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { DeadMessage, Webhook, WebhookProgress } from '../../graph/webhooks.ts'
import { runsFor } from '../support/core/arbitraries.ts'
import type { OpenStore } from './open-store.ts'

const webhook = (id: string, more: Partial<Webhook> = {}): Webhook => ({
  id,
  url: `https://${id}.example/`,
  types: ['ring.born'],
  author: 'eve',
  createdAt: 5,
  from: '3~0',
  secrets: [{ sealed: 'c2VhbGVk' }, { sealed: 'b2xk', until: 9 }],
  ...more,
})

const progress: WebhookProgress = {
  webhook: 'hook_a',
  place: '4.ring_1',
  deliveredAt: 8,
  failing: { since: 6, lastAt: 7, tries: 2, nextAt: 12, error: 'answered 500', isGone: true },
}

const dead: fc.Arbitrary<DeadMessage> = fc.record({
  id: fc.constantFrom('msg_1', 'msg_2', 'msg_3', 'msg_4'),
  webhook: fc.constantFrom('hook_a', 'hook_b'),
  place: fc.constantFrom('4.ring_1', '5.ring_1'),
  type: fc.constantFrom('ring.born', 'ring.grew'),
  at: fc.integer({ min: 1, max: 3 }),
  tries: fc.integer({ min: 1, max: 9 }),
  error: fc.constant('answered 500'),
  again: fc.boolean(),
})

export function webhookContract(open: OpenStore): void {
  test('webhooks come back as they were saved last, oldest first; what became of messages stays', async () => {
    await using store = await open()
    await store.saveWebhook(webhook('hook_b'))
    await store.saveWebhook(webhook('hook_a'))
    await store.noteProgress(progress)

    await store.saveWebhook(webhook('hook_a', { resumedAt: 9, secrets: [] }))

    expect(await store.webhooks()).toEqual([
      webhook('hook_a', { resumedAt: 9, secrets: [] }),
      webhook('hook_b'),
    ])
    expect(await store.webhookProgress()).toEqual([progress])
  })

  test('a webhook that is deleted is gone with all that was noted of it, and comes not back by a late note', async () => {
    await using store = await open()
    const buried = { ...(fc.sample(dead, 1)[0] as DeadMessage), again: false }
    for (const id of ['hook_a', 'hook_b']) {
      await store.saveWebhook(webhook(id))
      await store.buryMessage({ ...buried, id: `msg_${id}`, webhook: id })
    }
    await store.noteProgress(progress)

    const deleted = [await store.deleteWebhook('hook_a'), await store.deleteWebhook('hook_a')]
    await store.noteProgress(progress)

    expect(deleted).toEqual([true, false])
    expect((await store.webhooks()).map(({ id }) => id)).toEqual(['hook_b'])
    expect(await store.webhookProgress()).toEqual([])
    expect((await store.deadMessages({ limit: 9 })).map(({ id }) => id)).toEqual(['msg_hook_b'])
  })

  test('dead messages come oldest first, of one receiver or all, asked for again or not; one id is one message', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(dead, { maxLength: 6 }), async (messages) => {
        await using store = await open()

        for (const message of messages) await store.buryMessage(message)

        const kept = [...new Map(messages.map((message) => [message.id, message])).values()].toSorted(
          (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1),
        )
        expect(await store.deadMessages({ limit: 9 })).toEqual(kept)
        expect(await store.deadMessages({ limit: 2 })).toEqual(kept.slice(0, 2))
        for (const again of [true, false])
          expect(await store.deadMessages({ webhook: 'hook_a', again, limit: 9 })).toEqual(
            kept.filter((one) => one.webhook === 'hook_a' && one.again === again),
          )
        const old = kept.filter(({ at }) => at < 2)
        expect(await store.expireMessages(2)).toBe(old.length)
        const ids = kept.map(({ id }) => id)
        expect(await store.dropMessages([...ids, 'msg_nope'])).toBe(kept.length - old.length)
        expect(await store.deadMessages({ limit: 9 })).toEqual([])
      }),
      runsFor(10),
    )
  })
}
