/** Who looks after a ring: said at once, seen wherever the ring is, kept by every run. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ringOf } from '../../support/processes/deliveries.ts'
import { type Served, served, until } from '../../support/processes/served.ts'

interface Owned {
  readonly ring: string
  readonly owner: { readonly name: string } | null
}
interface Rings {
  readonly items: readonly Owned[]
}

let server: Served
let ring: string
beforeAll(async () => {
  server = await served()
  await server.post('/v1/labels', [
    { account: 'owned_0', label: 'fraud', source: 'desk', at: '2026-05-03T00:00:00Z' },
  ])
  await server.post('/v1/events', ringOf('owned', 5))
  ring = await ringAround('owned_0', 5)
})
afterAll(() => server[Symbol.asyncDispose]())

async function ringAround(account: string, size: number): Promise<string> {
  const look = () => server.get<{ ring: { id: string; size: number } | null }>(`/v1/accounts/${account}/risk`)
  const { body } = await until(look, (reply) => reply.body.ring?.size === size)
  return body.ring?.id ?? ''
}

const give = (owner: unknown, id = ring, more: object = {}) =>
  server.send<Owned & { readonly code: string }>(`/v1/rings/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ owner, ...more }),
  })
const idsAt = async (path: string): Promise<readonly string[]> =>
  (await server.get<Rings>(path)).body.items.map((one) => one.ring)

test('an owner is seen at once in the ring, the queue and the list, and told in the feed', async () => {
  const { status, body } = await give(' kim ')

  expect([status, body.owner?.name]).toEqual([200, 'kim'])
  expect((await server.get<Owned>(`/v1/rings/${ring}`)).body.owner).toEqual(body.owner)
  expect(await idsAt('/v1/rings?owner=kim')).toEqual([ring])
  expect(await idsAt('/v1/rings?owner=kim&sort=priority')).toEqual([ring])
  expect(await idsAt('/v1/rings?owned=false')).toEqual([])
  expect(await idsAt('/v1/queue?owner=kim')).toEqual([ring])
  expect(await idsAt('/v1/queue?owner=ola')).toEqual([])
  expect(await idsAt('/v1/queue?owned=false')).toEqual([])
  const feed = await server.get<{ items: readonly { type: string }[] }>(`/v1/changes?ring=${ring}`)
  expect(feed.body.items.at(-1)).toMatchObject({ type: 'ring.assigned', ring, owner: 'kim', from: null })
})

test('runs keep it, and nobody may look after it again', async () => {
  await give('kim')
  await server.post('/v1/events', ringOf('owned', 7))
  expect(await ringAround('owned_6', 7)).toBe(ring)

  expect((await server.get<Owned>(`/v1/rings/${ring}`)).body.owner?.name).toBe('kim')
  expect((await give(null)).body.owner).toBeNull()
  expect(await idsAt('/v1/rings?owned=false')).toEqual([ring])
})

test.each([
  ['a card number', '4111 1111 1111 1111', 422, 'card_number'],
  ['blanks', '   ', 400, 'invalid_input'],
  ['101 letters', 'x'.repeat(101), 400, 'invalid_input'],
  ['a number', 7, 400, 'invalid_input'],
])('an owner that is %s is refused', async (_, owner, status, code) => {
  expect(await give(owner)).toMatchObject({ status, body: { code } })
})

test('a ring that there is not, and a field that there is not, are refused', async () => {
  expect(await give('kim', 'ring_9_nope')).toMatchObject({ status: 404, body: { code: 'ring_not_found' } })
  expect(await give('kim', ring, { status: 'open' })).toMatchObject({ status: 400 })
})
