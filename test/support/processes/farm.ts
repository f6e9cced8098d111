/** A server with a farm in a town, and two later rings of which one grew. */
import { ringOf, sentEvent } from './deliveries.ts'
import { type Served, served, until } from './served.ts'

/** An account that a sheet would run and a parser take apart. */
export const odd = '=odd,"one"<&>'

interface Rings {
  readonly items: readonly unknown[]
}

/** `farm`: the ring of `farm_0` to `farm_4` and the odd one, whose sign-ups came from the town's address. */
export async function servedFarm(): Promise<{ readonly server: Served; readonly farm: string }> {
  const server = await served()
  const ip = '203.0.113.9'
  const town = Array.from({ length: 230 }, (_, i) => sentEvent(`town_${i}`, { identifiers: { ip } }))
  const farmers = ringOf('farm', 5).map((event) => ({
    ...event,
    identifiers: { ...(event['identifiers'] as object), ip },
  }))
  await server.post('/v1/events', [
    ...farmers,
    sentEvent(odd, { type: 'signup', identifiers: { device: 'farm_device' } }),
    sentEvent('farm_0', {
      type: 'payment',
      attributes: { amount: 12.5, currency: 'EUR' },
      counterparties: [{ account: 'shop', relation: 'paid' }],
    }),
    ...town,
  ])
  await server.post('/v1/labels', [
    { account: 'farm_0', label: 'fraud', source: 'desk', at: '2026-05-03T00:00:00Z' },
  ])
  const risk = () => server.get<{ ring: { id: string; size: number } | null }>('/v1/accounts/farm_0/risk')
  const farm = (await until(risk, ({ body }) => body.ring?.size === 6)).body.ring?.id ?? ''
  const rings = (query: string) => () => server.get<Rings>(`/v1/rings?${query}`)
  await server.post('/v1/events', [...ringOf('barn', 4), ...ringOf('mill', 3)])
  await until(rings(''), ({ body }) => body.items.length === 3)
  const later = { type: 'signup', occurredAt: '2026-06-10T10:00:00Z', identifiers: { device: 'mill_device' } }
  await server.post('/v1/events', [sentEvent('late_1', later), sentEvent('late_2', later)])
  await until(rings('minSize=5'), ({ body }) => body.items.length === 2)
  return { server, farm }
}
