/** What an operator is told of a server and its data. */
import { expect, test } from '@jest/globals'
import { ringOf } from '../../support/processes/deliveries.ts'
import { posted, served, until } from '../../support/processes/served.ts'

interface Health {
  readonly state: string
  readonly checks: readonly { readonly check: string; readonly state: string; readonly detail: string }[]
}

test('is as its worst check, and each says what to do', async () => {
  await using server = await served()
  const look = async () => (await server.get<Health>('/v1/health')).body
  const statesOf = ({ checks }: Health) =>
    Object.fromEntries(checks.map(({ check, state }) => [check, state]))

  const empty = await look()
  await server.post('/v1/events', ringOf('farm', 4))
  const well = await until(look, ({ state }) => state === 'ok')
  await server.post('/v1/events', [{ account: 'nameless' }])
  const refused = await look()

  expect([empty.state, refused.state]).toEqual(['warning', 'warning'])
  expect(statesOf(empty)).toMatchObject({ events: 'warning', detection: 'warning', 'API keys': 'ok' })
  expect(statesOf(well)).toEqual({
    'data directory': 'ok',
    events: 'ok',
    detection: 'ok',
    models: 'ok',
    'dead letters': 'ok',
    'API keys': 'ok',
  })
  expect(refused.checks.filter(({ state }) => state === 'warning')).toEqual([
    {
      check: 'dead letters',
      state: 'warning',
      detail: expect.stringContaining('ringleader dead-letters list'),
    },
  ])
}, 60_000)

test('counts a key that goes on for some hours as live', async () => {
  await using server = await served()
  const { items } = (await server.get<{ items: readonly { id: string }[] }>('/v1/keys')).body
  const rotate = posted('application/json', JSON.stringify({ keepHours: 1 }))
  await server.send(`/v1/keys/${items[0]?.id}/rotate`, rotate)

  const { checks } = (await server.get<Health>('/v1/health')).body

  expect(checks.find(({ check }) => check === 'API keys')?.detail).toBe('2 live')
})
