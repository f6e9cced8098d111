/** Models from labels, through an API: made, chosen, in force, and left again; alike on every profile. */
import { expect } from '@jest/globals'
import { ringOf } from './deliveries.ts'
import { until } from './served.ts'

export interface Api {
  get(path: string): Promise<{ readonly status: number; readonly body: unknown }>
  post(path: string, body: unknown): Promise<{ readonly status: number; readonly body: unknown }>
}

interface ModelList {
  readonly inForce: string
  readonly items: readonly { readonly id: string; readonly report: { readonly labels: object } }[]
  readonly choices: readonly { readonly models: string; readonly author: string }[]
}

interface Answered {
  readonly meta: { readonly calibration: string | null; readonly run: number }
}

const labelsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    account: `taught_${at}`,
    label: 'fraud',
    reason: 'chargeback',
    source: 'review',
    at: '2026-05-03T00:00:00Z',
  }))

const waitMs = 60_000

export async function expectOwnModels({ get, post }: Api): Promise<void> {
  const models = async () => (await get('/v1/models')).body as ModelList
  const calibration = async () => ((await get('/v1/rings')).body as Answered).meta.calibration
  await post('/v1/events', ringOf('taught', 40))
  await post('/v1/labels', labelsOf(34))
  const has = (account: string) => get(`/v1/accounts/${account}/risk`)
  await until(
    () => has('taught_39'),
    ({ body }) => (body as { known: boolean }).known,
    waitMs,
  )

  const asked = await post('/v1/models', {})
  const made = await until(models, ({ items }) => items.length > 0, waitMs)
  const [item] = made.items
  if (!item) throw new Error('Models were made')

  expect(asked.status).toBe(202)
  expect(made).toMatchObject({ inForce: 'shipped', choices: [] })
  expect(item.report.labels).toEqual({ fraud: 34, victim: 0, legit: 0 })
  expect(await calibration()).toBe('shipped')
  expect((await post('/v1/models:choose', { models: 'models_nobody' })).status).toBe(404)

  const chosen = await post('/v1/models:choose', { models: item.id })
  expect(chosen).toMatchObject({ status: 200, body: { models: item.id } })
  expect(await until(calibration, (now) => now === 'local', waitMs)).toBe('local')

  await post('/v1/models:choose', { models: 'shipped' })
  expect(await until(calibration, (now) => now === 'shipped', waitMs)).toBe('shipped')
  expect((await models()).choices.map((one) => one.models)).toEqual([item.id, 'shipped'])
}
