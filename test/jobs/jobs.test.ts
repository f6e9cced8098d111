import { describe, expect, test } from '@jest/globals'
import { AppError } from '../../graph/errors.ts'
import type { LocalModels } from '../../graph/own-models.ts'
import type { DetectionEngine } from '../../graph/ports.ts'
import type { Publication } from '../../graph/ring.ts'
import { check } from '../../jobs/check.ts'
import { detect } from '../../jobs/detect.ts'
import { expire } from '../../jobs/expire.ts'
import { record } from '../../jobs/record.ts'
import { jobs } from '../../jobs/registry.ts'
import { retrain } from '../../jobs/retrain.ts'
import type { Services } from '../../jobs/services.ts'
import { eventOf, labelOf, seen } from '../support/core/events.ts'
import { runOf } from '../support/core/publications.ts'
import { openTempStore } from '../support/stores/embedded.ts'

type Store = Awaited<ReturnType<typeof openTempStore>>

const idleEngine: DetectionEngine = {
  detect: () => Promise.reject(new Error('There is nothing to detect')),
  check: async () => undefined,
  foretell: async () => undefined,
  retrain: () => Promise.reject(new AppError('not_ready', 'There are too few labels')),
}

/** What jobs use, over a real store; detection finds nothing, so that its version is all that is published. */
function servicesOver(store: Store, more: Partial<Services> = {}) {
  const requests: [job: string, afterMs: number][] = []
  const published: number[] = []
  const reports: [job: string, facts: Readonly<Record<string, number>>][] = []
  const alarms: Readonly<Record<string, number>>[] = []
  let now = 0
  const services: Services = {
    store,
    intake: store,
    engine: { ...idleEngine, detect: () => publicationOf(store) },
    queue: { request: async (job, { afterMs = 0 } = {}) => void requests.push([job, afterMs]) },
    clock: () => (now += 10),
    courier: { messageId: (_, place) => place, send: async () => ({ isTaken: true }) },
    detectAfterMs: 2_000,
    keepDeadLettersDays: 30,
    published: async ({ run }) => void published.push(run.version),
    report: (job, facts) => reports.push([job, facts]),
    alarm: (_message, facts) => alarms.push(facts),
    ...more,
  }
  return { services, requests, published, reports, alarms }
}

async function publicationOf(store: Store): Promise<Publication> {
  const [progress, last] = await Promise.all([store.progress(), store.published()])
  const run = { ...runOf((last?.version ?? 0) + 1), stateChanges: progress.changes }
  return { run, rings: [], changes: [], snapshot: new Uint8Array(8) }
}

test('each job is registered under its own name', () => {
  for (const [name, job] of Object.entries(jobs)) expect(job.name).toBe(name)
})

describe('record', () => {
  test('joins all that waits into the state, then asks for detection', async () => {
    await using store = await openTempStore()
    const { services, requests, reports } = servicesOver(store)
    await store.accept([eventOf({ id: 'e1' }), eventOf({ id: 'e2', account: 'bob' })])

    await record.run(services)

    expect(await store.waiting()).toBe(0)
    expect(await store.accounts(['ada', 'bob'])).toHaveLength(2)
    expect(requests).toEqual([['detect', 2_000]])
    expect(reports).toEqual([['record', { events: 2, tookMs: 10 }]])
  })

  test('goes on until nothing waits, however much there is', async () => {
    await using store = await openTempStore()
    const batches = [500, 500, 7, 0]
    const { services, reports } = servicesOver(store, {
      intake: { accept: async () => [], foldSome: async () => batches.shift() ?? 0, waiting: async () => 0 },
    })

    await record.run(services)

    expect(reports[0]?.[1]).toMatchObject({ events: 1_007 })
  })

  test('asks for nothing when nothing waited', async () => {
    await using store = await openTempStore()
    const { services, requests, reports } = servicesOver(store)

    await record.run(services)

    expect([requests, reports]).toEqual([[], []])
  })
})

test('expire drops refused lines after the days they are kept and old answers, and says how many', async () => {
  await using store = await openTempStore()
  await store.beginRequest({ id: 'r', content: 'c', claim: 'd', until: 2 }, 1)
  const day = 86_400_000
  const { services, reports } = servicesOver(store, { clock: () => 100 * day })
  const letter = { stream: 'events' as const, source: 's', line: 1, pointer: '', code: 'invalid_json' }
  await store.bury([69, 70, 99].map((days, i) => ({ ...letter, id: `dl_${i}`, at: days * day })))

  await expire.run(services)
  await expire.run(services)

  expect((await store.deadLetters({ limit: 9 })).map(({ id }) => id)).toEqual(['dl_1', 'dl_2'])
  expect(reports).toEqual([['expire', { deadLetters: 1, deadMessages: 0, requests: 1 }]])
})

describe('check', () => {
  test.each([
    [0, []],
    [3, [{ mismatches: 3 }]],
  ])('of %i differences raises the alarm for any', async (mismatches, expected) => {
    await using store = await openTempStore()
    const { services, alarms, reports } = servicesOver(store, {
      engine: { ...idleEngine, check: async () => ({ at: 1, mismatches }) },
    })

    await check.run(services)

    expect(alarms).toEqual(expected)
    expect(reports).toEqual([['check', { mismatches, tookMs: 10 }]])
  })

  test('says nothing where nothing could be compared, and tries again within the hour', async () => {
    await using store = await openTempStore()
    const { services, alarms, reports, requests } = servicesOver(store)

    await check.run(services)

    expect([alarms, reports]).toEqual([[], []])
    expect(requests).toEqual([['check', 3_600_000]])
  })
})

describe('detect', () => {
  test('publishes what it found and tells who serves', async () => {
    await using store = await openTempStore()
    const { services, requests, published, reports } = servicesOver(store)
    await store.record([eventOf({ id: 'e1' })])

    await detect.run(services)

    expect((await store.published())?.version).toBe(1)
    expect(published).toEqual([1])
    expect(requests).toEqual([['deliver', 0]])
    expect(reports).toMatchObject([['detect', { version: 1 }]])
  })

  test('does nothing before the first event', async () => {
    await using store = await openTempStore()
    const { services, requests, published } = servicesOver(store)

    await detect.run(services)

    expect(published).toEqual([])
    expect(requests).toEqual([])
  })

  test('does not publish the same state twice, but does so after any change of it', async () => {
    await using store = await openTempStore()
    const { services, published } = servicesOver(store)
    await store.record([eventOf({ id: 'e1' })])

    await detect.run(services)
    await detect.run(services)
    expect(published).toEqual([1])

    await store.record([eventOf({ id: 'e2', identifiers: [seen('device', 'd1')] })])
    await detect.run(services)
    expect(published).toEqual([1, 2])

    await store.label([labelOf()])
    await detect.run(services)
    expect(published).toEqual([1, 2, 3])
  })

  test('runs again after a rest when the state changed meanwhile', async () => {
    await using store = await openTempStore()
    await store.record([eventOf({ id: 'e1' })])
    const { services, requests } = servicesOver(store, {
      engine: {
        ...idleEngine,
        async detect() {
          const publication = await publicationOf(store)
          await store.record([eventOf({ id: 'e2', account: 'bob' })])
          return publication
        },
      },
    })

    await detect.run(services)

    expect(requests).toEqual([
      ['deliver', 0],
      ['detect', 40],
    ])
  })

  test('publishes nothing when it fails', async () => {
    await using store = await openTempStore()
    await store.record([eventOf({ id: 'e1' })])
    const { services, requests, published } = servicesOver(store, {
      engine: { ...idleEngine, detect: () => Promise.reject(new Error('the thread died')) },
    })

    await expect(detect.run(services)).rejects.toThrow('the thread died')

    expect(requests).toEqual([])
    expect(published).toEqual([])
    expect(await store.published()).toBeUndefined()
  })

  test('leaves what another process published alone', async () => {
    await using store = await openTempStore()
    await store.record([eventOf({ id: 'e1' })])
    const late = await publicationOf(store)
    await store.publish(await publicationOf(store))
    await store.record([eventOf({ id: 'e2', account: 'bob' })])
    const { services, published } = servicesOver(store, {
      engine: { ...idleEngine, detect: async () => late },
    })

    await expect(detect.run(services)).rejects.toMatchObject({ code: 'publish_conflict' })

    expect(published).toEqual([])
  })
})

describe('retrain', () => {
  const made: LocalModels = { id: 'models_1', madeAt: 5, report: '{}', body: '{}' }

  test('keeps what it makes, once, and has it judge nothing', async () => {
    await using store = await openTempStore()
    const { services, reports, requests } = servicesOver(store, {
      engine: { ...idleEngine, retrain: async () => made },
    })

    await retrain.run(services)
    await retrain.run(services)

    expect(await store.localModels()).toEqual([{ id: 'models_1', madeAt: 5, report: '{}' }])
    expect(await store.modelsInForce()).toBeUndefined()
    expect(requests).toEqual([])
    expect(reports.map(([, { models }]) => models)).toEqual([1, 1])
  })

  test('waits for more labels, and fails of anything else', async () => {
    await using store = await openTempStore()
    const { services, reports } = servicesOver(store)
    await retrain.run(services)
    expect(reports).toEqual([['retrain', { models: 0, tookMs: 10 }]])

    const broken = { ...idleEngine, retrain: () => Promise.reject(new Error('the thread died')) }
    await expect(retrain.run(servicesOver(store, { engine: broken }).services)).rejects.toThrow(
      'the thread died',
    )
  })
})

test('models that were chosen are reason enough to detect again, and the way back is too', async () => {
  await using store = await openTempStore()
  await store.record([eventOf({ id: 'e1' })])
  let localModels: { localModels?: string } = {}
  const engine = {
    ...idleEngine,
    async detect(): Promise<Publication> {
      const publication = await publicationOf(store)
      return { ...publication, run: { ...publication.run, ...localModels } }
    },
  }
  const { services, published } = servicesOver(store, { engine })
  await detect.run(services)
  await store.saveModels({ id: 'models_1', madeAt: 1, report: '{}', body: '{}' })
  await detect.run(services)
  expect(published).toEqual([1])

  await store.chooseModels({ id: 'a', models: 'models_1', author: 'eve', at: 1 })
  localModels = { localModels: 'models_1' }
  await detect.run(services)
  await detect.run(services)
  expect(published).toEqual([1, 2])

  await store.chooseModels({ id: 'b', author: 'eve', at: 2 })
  localModels = {}
  await detect.run(services)
  expect(published).toEqual([1, 2, 3])
})
