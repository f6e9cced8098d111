import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ringOf, sentEvent } from '../../support/processes/deliveries.ts'
import { filesHolding, type Served, served, until } from '../../support/processes/served.ts'

interface Match {
  readonly accounts: readonly {
    readonly account: string
    readonly probability: number
    readonly evidence: number
    readonly sentence: string
    readonly ring: string | null
    readonly shared: readonly {
      readonly kind: string
      readonly evidence: number
      readonly accounts: number
    }[]
  }[]
  readonly rings: readonly { readonly ring: string; readonly probability: number; readonly linked: number }[]
  readonly truncated: boolean
}

let server: Served
let ring: string | undefined
beforeAll(async () => {
  server = await served()
  await server.post('/v1/events', [
    ...ringOf('farm', 5),
    sentEvent('lone', { identifiers: { device: 'lone_device' } }),
  ])
  const risk = () => server.get<{ ring: { id: string } | null }>('/v1/accounts/farm_0/risk')
  ring = (await until(risk, ({ body }) => body.ring !== null)).body.ring?.id
})
afterAll(() => server[Symbol.asyncDispose]())

const match = (body: object) => server.post<Match>('/v1/match', body)
const digest = async () => (await server.get<{ run: number }>('/readyz')).body

test('tells a sign-up which ring it would join, and why, before there is an account', async () => {
  const { status, body } = await match({
    identifiers: { device: 'farm_device', payment: ['farm_token', 'a_new_token'] },
    occurredAt: '2026-05-02T10:20:00Z',
  })

  expect(status).toBe(200)
  expect(body.rings).toMatchObject([{ ring, linked: 5, size: 5 }])
  expect(body.rings[0]?.probability).toBeGreaterThan(0.5)
  expect(body.accounts.map(({ account }) => account).toSorted()).toEqual(
    ringOf('farm', 5).flatMap(({ account }, i) => (i % 2 === 0 ? [account] : [])),
  )
  expect(body.accounts[0]).toMatchObject({ ring, sentence: expect.stringContaining('that 6 accounts use') })
  expect(body.truncated).toBe(false)
})

test('says what storing the same would say', async () => {
  const identifiers = { device: ['lone_device', 'second_device'] }
  const occurredAt = '2026-05-03T10:20:00Z'

  const matched = (await match({ identifiers, occurredAt, type: 'signup' })).body.accounts[0]
  await server.post('/v1/events', [sentEvent('late', { type: 'signup', occurredAt, identifiers })])
  const explain = () => server.get<{ direct: Match['accounts'][0] }>('/v1/links/explain?a=lone&b=late')
  const { body } = await until(explain, ({ status }) => status === 200)

  expect(matched).toMatchObject({ account: 'lone', ring: null })
  expect([matched?.evidence, matched?.probability]).toEqual([body.direct.evidence, body.direct.probability])
})

test('stores nothing, and knows nobody by what nobody used', async () => {
  const marker = 'mArKeR-device-77'
  const before = await digest()

  const { body } = await match({ identifiers: { device: marker } })
  const again = await match({ identifiers: { device: marker } })

  expect([body.accounts, body.rings, again.body.accounts]).toEqual([[], [], []])
  expect(await digest()).toEqual(before)
  expect(filesHolding(server.config.dataDir, marker)).toEqual([])
  expect(server.logged()).not.toContain(marker)
})

test.each([
  [{ identifiers: { payment: '4111111111111111' } }, 422, 'card_number'],
  [{ identifiers: { nonsense: 'x' } }, 400, 'invalid_input'],
  [{ identifiers: { ip: 'no address' } }, 400, 'invalid_input'],
  [{ identifiers: { device: 'd' }, occurredAt: '2999-01-01T00:00:00Z' }, 422, 'time_in_future'],
  [{ identifiers: { device: 'd' }, account: 'ada' }, 400, 'invalid_input'],
  [{}, 400, 'invalid_input'],
])('refuses %j', async (body, status, code) => {
  const reply = await server.post<{ code: string }>('/v1/match', body)

  expect([reply.status, reply.body.code]).toEqual([status, code])
  expect(reply.text).not.toContain('4111')
})
