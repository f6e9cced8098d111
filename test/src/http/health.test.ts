/** What an operator is told of a server and its data. */
import { expect, test } from '@jest/globals'
import { ringOf } from '../../support/processes/deliveries.ts'
import { served, until } from '../../support/processes/served.ts'

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
