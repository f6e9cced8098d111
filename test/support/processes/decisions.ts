/** Verdicts on a ring, through an API: made, obeyed, told, taken back; alike on every profile. */
import { expect } from '@jest/globals'
import { ringOf, sentEvent } from './deliveries.ts'
import { until } from './served.ts'

type Body = Readonly<Record<string, unknown>>
export type Ask = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: Body }>

interface Shown {
  readonly class: string
  readonly owner: { readonly name: string } | null
  readonly verdict?: { readonly decision: string; readonly holds: boolean }
}

const waitMs = 60_000

export async function expectDecisions(ask: Ask): Promise<void> {
  await ask('POST', '/v1/events', ringOf('judged', 6))
  const risk = () => ask('GET', '/v1/accounts/judged_5/risk')
  const { body: known } = await until(risk, ({ body }) => body['ring'] !== null, waitMs)
  const path = `/v1/rings/${(known['ring'] as { id: string }).id}`
  const shown = async () => (await ask('GET', path)).body as unknown as Shown
  const before = await shown()

  const given = await ask('PATCH', path, { owner: 'kim' })
  expect(given).toMatchObject({ status: 200, body: { owner: { name: 'kim' } } })

  const made = await ask('POST', `${path}/decisions`, {
    verdict: 'confirm',
    reason: 'one face on all papers',
  })
  const confirmed = await until(shown, ({ verdict }) => verdict !== undefined, waitMs)

  expect(made).toMatchObject({ status: 201, body: { verdict: 'confirm', class: before.class, holds: null } })
  expect(confirmed).toMatchObject({
    class: 'fraud_ring',
    verdict: { decision: made.body['id'], verdict: 'confirm', holds: true },
  })
  expect((await ask('GET', `${path}/lineage`)).body).toMatchObject({
    lanes: [{ changes: expect.arrayContaining([expect.objectContaining({ kind: 'decided' })]) }],
  })

  const other = await ask('POST', `${path}/decisions`, { verdict: 'benign', reason: 'a family after all' })
  const found = await until(shown, ({ class: name }) => name === 'benign_shared', waitMs)
  const score = await until(risk, ({ body }) => body['class'] === 'benign_shared', waitMs)

  expect(found.verdict?.decision).toBe(other.body['id'])
  expect(score.body).toMatchObject({ band: 'low', flagged: false })
  expect((await ask('GET', `${path}/decisions`)).body['items']).toMatchObject([
    { id: other.body['id'], holds: true, reason: 'a family after all', retractedAt: null },
    { id: made.body['id'], holds: null },
  ])

  for (const { body } of [other, made]) {
    const taken = await ask('DELETE', `${path}/decisions/${String(body['id'])}`)
    expect(taken).toMatchObject({ status: 200, body: { retractedAt: expect.any(String) } })
  }
  const after = await until(shown, ({ verdict }) => verdict === undefined, waitMs)
  expect(after.class).toBe(before.class)
  expect(after.owner?.name).toBe('kim')
  expect((await ask('GET', '/v1/rings?owner=kim')).body['items']).toHaveLength(1)
  await expectExpiry(ask, path)
}

/** A verdict that ends with the day of the newest data: obeyed, and then told that it expired. */
async function expectExpiry(ask: Ask, path: string): Promise<void> {
  const shown = async () => (await ask('GET', path)).body as unknown as Shown & { meta: { asOf: string } }
  const { asOf } = (await shown()).meta
  const decide = (expiresAt: string) =>
    ask('POST', `${path}/decisions`, { verdict: 'benign', reason: 'until tomorrow', expiresAt })
  const tomorrow = new Date(Date.parse(asOf) + 3_600_000).toISOString()

  expect(await decide(asOf)).toMatchObject({ status: 400, body: { code: 'invalid_input' } })
  expect(await decide(tomorrow)).toMatchObject({ status: 201, body: { expiresAt: tomorrow } })
  const found = await until(shown, ({ verdict }) => verdict !== undefined, waitMs)
  expect(found.verdict).toMatchObject({ holds: true, expiresAt: tomorrow })

  await ask('POST', '/v1/events', [sentEvent('newer', { occurredAt: tomorrow })])
  const after = await until(shown, ({ verdict }) => verdict === undefined, waitMs)
  expect(after.verdict).toBeUndefined()
  const { body: feed } = await ask('GET', `/v1/changes?ring=${path.split('/').at(-1)}&limit=1000`)
  expect(feed['items']).toContainEqual(
    expect.objectContaining({ type: 'ring.decided', cause: 'the verdict expired', verdict: null }),
  )
}
