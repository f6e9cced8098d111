import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { expectAssertions, expectFacets } from '../../../support/processes/assertions.ts'
import { ringOf } from '../../../support/processes/deliveries.ts'
import { type Served, served, until } from '../../../support/processes/served.ts'

let server: Served
beforeAll(async () => {
  server = await served()
})
afterAll(() => server[Symbol.asyncDispose]())

const ask = async (method: string, path: string, body?: unknown) => {
  const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const reply = await server.send<Record<string, unknown>>(path, { method, ...(body !== undefined && json) })
  return { status: reply.status, body: reply.body }
}

test('an assertion is obeyed by the next run, explained, and no longer obeyed when it is taken back', async () => {
  await expectAssertions(ask)
}, 120_000)

test('what follows from an identifier is told, and may be said to be shared by design too', async () => {
  await expectFacets(ask)
}, 60_000)

describe('an assertion', () => {
  const two = ['known_0', 'known_1']
  const assert = (more: object) =>
    ask('POST', '/v1/assertions', { kind: 'same_actor', subjects: two, reason: 'seen', ...more })
  beforeAll(async () => {
    await server.post('/v1/events', ringOf('known', 3))
    await until(
      () => ask('GET', '/v1/accounts/known_0/risk'),
      ({ body }) => body['ring'] !== null,
    )
  })

  test.each<[string, object, number, string]>([
    ['an account that is not known', { subjects: ['known_0', 'nobody'] }, 404, 'account_not_found'],
    ['an identifier nobody used', { kind: 'shared_by_design', subjects: ['device:no'] }, 404, 'not_found'],
    ['what names no identifier', { kind: 'shared_by_design', subjects: ['device'] }, 400, 'invalid_input'],
    ['one account that is the same', { subjects: ['known_0', 'known_0'] }, 400, 'invalid_input'],
    ['a role without one', { kind: 'role', subjects: ['known_0'] }, 400, 'invalid_input'],
    ['a role there is not', { kind: 'role', role: 'king', subjects: ['known_0'] }, 400, 'invalid_input'],
    ['a role of what is no role', { role: 'core' }, 400, 'invalid_input'],
    ['an expiry that the data is past', { expiresAt: '2026-05-02T23:00:00Z' }, 400, 'invalid_input'],
    ['no reason', { reason: ' ' }, 400, 'invalid_input'],
    ['a card number for a reason', { reason: '4111 1111 1111 1111' }, 422, 'card_number'],
  ])('of %s is refused', async (_name, more, status, code) => {
    const refused = await assert(more)

    expect(refused).toMatchObject({ status, body: { code } })
    expect(JSON.stringify(refused.body)).not.toContain('nobody')
    expect((await ask('GET', '/v1/assertions?standing=false&account=known_0')).body['items']).toEqual([])
  })

  test('that another overruled may be made once more, and one that was taken back too', async () => {
    const first = await assert({})
    const other = await assert({ kind: 'not_the_same' })
    const second = await assert({})
    await ask('DELETE', `/v1/assertions/${String(second.body['id'])}`)
    const third = await assert({ expiresAt: '2026-06-01T00:00:00Z' })

    expect([first, other, second, third].map(({ status }) => status)).toEqual([201, 201, 201, 201])
    expect(new Set([first, other, second, third].map(({ body }) => body['id'])).size).toBe(4)
    expect((await assert({ kind: 'not_the_same' })).status).toBe(201)
  })
})
