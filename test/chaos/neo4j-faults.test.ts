/** What the network may do to Neo4j, and what must not come of it. */
import { describe, expect, test } from '@jest/globals'
import type { StoredEvent } from '../../graph/model.ts'
import { openNeo4jStore } from '../../src/store/neo4j/store.ts'
import { eventOf, labelOf, noon, seen } from '../support/core/events.ts'
import { publicationsOf } from '../support/core/publications.ts'
import { faultProxy } from '../support/processes/fault-proxy.ts'
import { keyFingerprint, openTempStore } from '../support/stores/embedded.ts'
import { emptyNeo4j, neo4jOptions } from '../support/stores/production.ts'
import { describeOn } from '../support/stores/servers.ts'

const batchOf = (batch: number): readonly StoredEvent[] =>
  Array.from({ length: 100 }, (_, i) =>
    eventOf({
      id: `e${batch}.${i}`,
      at: noon + batch * 1_000 + i,
      account: `a${(batch * 37 + i) % 150}`,
      session: `s${i % 30}`,
      identifiers: [seen('device', `d${(batch + i) % 90}`), seen('ip', `i${i % 7}`)],
      relations: i % 5 === 0 ? [{ account: `a${(i + 1) % 150}`, relation: 'paid' }] : [],
      amount: batch + i,
    }),
  )

const ringSet = (n: number) =>
  new Map([
    [
      'ring_a',
      {
        head: {
          class: 'uncertain' as const,
          risk: n / 10,
          firstSeen: 1,
          lastSeen: 2,
          topEvidence: [],
          reasons: [],
        },
        members: Array.from({ length: n + 1 }, (_, i) => ({
          account: `a${i}`,
          role: 'core' as const,
          membership: 1,
          risk: 0.5,
          compromise: 0,
          flagged: true,
          reasons: [],
        })),
      },
    ],
  ])

async function through(proxyPort: number, deadlineMs: number) {
  const options = await neo4jOptions()
  return openNeo4jStore({ ...options, url: `bolt://127.0.0.1:${proxyPort}`, deadlineMs, keyFingerprint })
}

const upstream = async (): Promise<URL> => new URL((await neo4jOptions()).url)

describeOn(['neo4j'], 'a bad network to Neo4j', () => {
  test('commits whose answers are lost change nothing: each is made again, and counts once', async () => {
    await emptyNeo4j()
    await using oracle = await openTempStore()
    await using proxy = await faultProxy(await upstream())
    await using store = await through(proxy.port, 30_000)
    proxy.loseCommits(3)

    for (let batch = 0; batch < 20; batch++) {
      await store.record(batchOf(batch))
      await oracle.record(batchOf(batch))
    }
    const labels = [labelOf({ account: 'a1' }), labelOf({ account: 'a2', label: 'legit' })]
    await store.label(labels)
    await oracle.label(labels)
    const published = publicationsOf([ringSet(1), ringSet(4), ringSet(2)])
    for (const { publication } of published) {
      await store.publish(publication, await store.claim())
      await oracle.publish(publication, await oracle.claim())
    }
    await store.decide({
      id: 'de_1',
      ring: 'ring_a',
      ringVersion: 1,
      class: 'uncertain',
      core: ['ada'],
      verdict: 'confirm',
      author: 'eve',
      reason: 'x',
      at: 1,
    })
    proxy.loseCommits(0)

    expect(proxy.lost()).toBeGreaterThan(30)
    expect(await store.digest()).toEqual(await oracle.digest())
    expect(await store.rings({})).toEqual(await oracle.rings({}))
    expect(await store.changes({ limit: 99 })).toEqual(await oracle.changes({ limit: 99 }))
    expect(await store.published()).toEqual(await oracle.published())
    expect(await store.decisions({})).toHaveLength(1)
  }, 120_000)

  describe('a Neo4j that falls silent', () => {
    const deadlineMs = 1_000
    const latestMs = deadlineMs + 1_000

    test.each([
      ['a read', (store: Awaited<ReturnType<typeof through>>) => store.progress()],
      [
        'a scan',
        (store: Awaited<ReturnType<typeof through>>) => store.scanAccounts()[Symbol.asyncIterator]().next(),
      ],
      ['a write', (store: Awaited<ReturnType<typeof through>>) => store.record(batchOf(0))],
      ['a publish', (store: Awaited<ReturnType<typeof through>>) => store.claim()],
    ] as const)('%s ends at its deadline, and the next works once it answers again', async (_, ask) => {
      await emptyNeo4j()
      await using proxy = await faultProxy(await upstream())
      await using store = await through(proxy.port, deadlineMs)
      proxy.silence()

      const startedAt = performance.now()
      const failure = await Promise.resolve(ask(store)).catch((error: unknown) => error)
      const tookMs = performance.now() - startedAt
      proxy.heal()
      await ask(store)

      expect(failure).toMatchObject({
        code: 'store_unavailable',
        message: expect.stringMatching(/did not answer within 1 s|does not answer/),
      })
      expect(tookMs).toBeLessThan(latestMs)
    })
  })
})
