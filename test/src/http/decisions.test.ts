import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { expectDecisions } from '../../support/processes/decisions.ts'
import { ringOf, sentEvent } from '../../support/processes/deliveries.ts'
import { type Served, served, until } from '../../support/processes/served.ts'

let server: Served
beforeAll(async () => {
  server = await served()
})
afterAll(() => server[Symbol.asyncDispose]())

const ask = async (method: string, path: string, body?: unknown) => {
  const text =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const { status, body: answer } = await server.send<Record<string, unknown>>(path, { method, ...text })
  return { status, body: answer }
}

test('a verdict on a ring is obeyed by the next run, told, and no longer obeyed when it is taken back', async () => {
  await expectDecisions(ask)
}, 120_000)

describe('a decision', () => {
  const ringFor = async (account: string, size: number): Promise<string> => {
    const look = () => ask('GET', `/v1/accounts/${account}/risk`)
    const { body } = await until(
      look,
      ({ body: risk }) => (risk['ring'] as { size: number } | null)?.size === size,
    )
    return (body['ring'] as { id: string }).id
  }
  const decide = (ring: string, more: object) =>
    ask('POST', `/v1/rings/${ring}/decisions`, { verdict: 'confirm', reason: 'seen', ...more })

  test('needs a reason without a card number, a verdict there is, and a ring that is there', async () => {
    await server.post('/v1/events', ringOf('asked', 4))
    const ring = await ringFor('asked_0', 4)

    expect(await decide(ring, { reason: '4111 1111 1111 1111' })).toMatchObject({
      status: 422,
      body: { code: 'card_number' },
    })
    expect((await decide(ring, { reason: '  ' })).status).toBe(400)
    expect((await decide(ring, { verdict: 'guilty' })).status).toBe(400)
    expect(await decide('ring_9_nope', {})).toMatchObject({ status: 404, body: { code: 'ring_not_found' } })
    expect((await ask('GET', `/v1/rings/${ring}/decisions`)).body['items']).toEqual([])
  })

  test('on an absorbed ring is refused, with the ring to decide on', async () => {
    await server.post('/v1/events', [...ringOf('left', 4), ...ringOf('right', 4)])
    const rings = [await ringFor('left_0', 4), await ringFor('right_0', 4)]
    const together = ['left', 'right'].flatMap((name) =>
      [0, 1, 2, 3].map((i) =>
        sentEvent(`${name}_${i}`, {
          identifiers: { device: 'one_device', payment: ['one_token'], cookie: 'one' },
        }),
      ),
    )
    await server.post('/v1/events', together)
    const joined = await ringFor('left_0', 8)
    const absorbed = rings.find((ring) => ring !== joined) ?? ''

    expect(await decide(absorbed, {})).toMatchObject({
      status: 409,
      body: { code: 'conflict', detail: expect.stringContaining(joined) },
    })
  })

  test('that is not there, or was taken back, cannot be taken back', async () => {
    await server.post('/v1/events', ringOf('once', 4))
    const path = `/v1/rings/${await ringFor('once_0', 4)}/decisions`
    const { body } = await ask('POST', path, { verdict: 'benign', reason: 'seen' })

    expect((await ask('DELETE', `${path}/dec_nope`)).status).toBe(404)
    expect((await ask('DELETE', `${path}/${String(body['id'])}`)).status).toBe(200)
    expect((await ask('DELETE', `${path}/${String(body['id'])}`)).status).toBe(404)
  })

  test('takes a key that may decide', async () => {
    const { body } = await server.post<{ key: string }>('/v1/keys', {
      name: 'reader',
      scopes: ['rings:read'],
    })
    const call = () =>
      server.send('/v1/rings/ring_1/decisions', {
        method: 'POST',
        key: body.key,
        body: JSON.stringify({ verdict: 'benign', reason: 'seen' }),
        headers: { 'content-type': 'application/json' },
      })
    const reply = await until(call, ({ status }) => status !== 401, 3_000)

    expect(reply.status).toBe(403)
  })
})
