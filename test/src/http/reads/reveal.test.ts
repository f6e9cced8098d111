/** The value of an identifier: to who may open it and says why, and only of kinds that are kept. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readConfig } from '../../../../src/config.ts'
import { serve } from '../../../../src/serve.ts'
import { sentEvent } from '../../../support/processes/deliveries.ts'
import { posted, type Served, served, until } from '../../../support/processes/served.ts'

interface Found {
  readonly identifiers: readonly { readonly kind: string; readonly ref: string }[]
}

let server: Served
beforeAll(async () => {
  server = await served({ seal: ['email'] })
  const identifiers = { email: 'Ada.Lovelace+x@GMAIL.com', device: 'ada_device' }
  await server.post('/v1/events', [sentEvent('ada', { identifiers })])
})
afterAll(() => server[Symbol.asyncDispose]())

async function refOf(kind: string, text: string): Promise<string> {
  const look = () => server.post<Found>('/v1/search', { text })
  const { body } = await until(look, (reply) => reply.body.identifiers.length > 0)
  return body.identifiers.find((one) => one.kind === kind)?.ref ?? ''
}

const reveal = (kind: string, ref: string, body: unknown, key = server.key) =>
  server.send<{ value: string; by: string; code: string }>(`/v1/identifiers/${kind}/${ref}/reveal`, {
    ...posted('application/json', JSON.stringify(body)),
    key,
  })

const rows = async () =>
  (await server.get<{ items: readonly Record<string, string>[] }>('/v1/audit')).body.items

test('is the normalised value, not to be stored on the way, with a row of who and why', async () => {
  const ref = await refOf('email', 'adalovelace@gmail.com')

  const { status, body, headers } = await reveal('email', ref, { reason: ' case 812 ' })

  expect([status, body.value, body.by]).toEqual([200, 'adalovelace@gmail.com', 'key:test'])
  expect(headers.get('cache-control')).toBe('no-store')
  expect((await rows()).at(-1)).toMatchObject({
    action: 'identifier.revealed',
    by: 'key:test',
    reason: 'case 812',
  })
  expect((await rows()).at(-1)?.['subject']).toMatch(new RegExp(`^email:${ref} open_`))
  expect(server.logged()).not.toMatch(/lovelace/i)
})

test('is refused without a good reason, and where nothing is kept; neither leaves a row', async () => {
  const [email, device] = [await refOf('email', 'adalovelace@gmail.com'), await refOf('device', 'ada_device')]
  const before = (await rows()).length

  const answers = [
    await reveal('email', email, {}),
    await reveal('email', email, { reason: ' ' }),
    await reveal('email', email, { reason: 'x'.repeat(501) }),
    await reveal('email', email, { reason: 'card 4111 1111 1111 1111' }),
    await reveal('email', 'nope', { reason: 'case 812' }),
    await reveal('device', device, { reason: 'case 812' }),
    await reveal('device', email, { reason: 'case 812' }),
  ]

  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
    [400, 'invalid_input'],
    [400, 'invalid_input'],
    [400, 'invalid_input'],
    [422, 'card_number'],
    [404, 'not_found'],
    [409, 'value_not_sealed'],
    [404, 'not_found'],
  ])
  expect((await rows()).length).toBe(before)
})

test('needs the scope pii:reveal: who may do all else may not', async () => {
  const made = await server.post<{ key: string }>('/v1/keys', {
    name: 'most',
    scopes: ['admin', 'rings:read'],
  })
  const asked = () => reveal('email', 'nope', { reason: 'case 812' }, made.body.key)

  const { status, body } = await until(asked, (reply) => reply.status !== 401)

  expect([status, body.code]).toEqual([403, 'forbidden'])
})

test('kinds that events do not send cannot be kept', async () => {
  const config = readConfig({ dataDir: server.config.dataDir, seal: ['email', 'ip24'] }, {})
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

  await expect(serve(config, quiet)).rejects.toThrow(/RINGLEADER_SEAL: ip24 is no kind/)
  expect(readConfig({}, { RINGLEADER_SEAL: 'email, phone' }).seal).toEqual(['email', 'phone'])
  expect(readConfig({}, {}).seal).toEqual([])
})
