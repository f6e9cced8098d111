/** What is done through the API leaves a row, and a row that was altered is named. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Action } from '../../../../graph/audit.ts'
import { openWriting } from '../../../../src/compose.ts'
import { routes } from '../../../../src/http/routes.ts'
import { ringOf, sentEvent } from '../../../support/processes/deliveries.ts'
import { type Served, served, until } from '../../../support/processes/served.ts'

interface Row {
  readonly seq: number
  readonly by: string
  readonly action: Action
  readonly subject: string
}
interface Found {
  readonly isWhole: boolean
  readonly rows: number
  readonly head: string | null
  readonly broken: { readonly seq: number; readonly why: string } | null
}
type Made = Readonly<Record<string, string>>

let server: Served
let ring: string
let webhook: string
beforeAll(async () => {
  const first = await served({ webhookAllow: ['127.0.0.1'], seal: ['device'] })
  await first.post('/v1/events', ringOf('audited', 4))
  const look = () => first.get<{ ring: { id: string } | null }>('/v1/accounts/audited_0/risk')
  ring = (await until(look, ({ body }) => body.ring !== null)).body.ring?.id ?? ''
  webhook = (await first.post<Made>('/v1/webhooks', { url: 'http://127.0.0.1:9/' })).body['id'] ?? ''
  await first.stop()
  {
    await using writing = await openWriting(first.config)
    await writing.store.buryMessage({
      id: 'msg_1',
      webhook,
      place: '1~0',
      type: 'ring.born',
      at: 1,
      tries: 1,
      error: 'gone',
      again: false,
    })
  }
  server = await first.again()
  await until(readRows, (rows) => rows.some(({ action }) => action === 'policy.changed'))
})
afterAll(() => server[Symbol.asyncDispose]())

const readRows = async (after = 0): Promise<readonly Row[]> =>
  (await server.get<{ items: readonly Row[] }>(`/v1/audit?limit=1000&after=${after}`)).body.items

async function added(work: () => Promise<unknown>): Promise<readonly Row[]> {
  const before = (await readRows()).length
  await work()
  return await readRows(before)
}

const send = async (method: string, path: string, body?: unknown): Promise<Made> => {
  const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const reply = await server.send<Made>(path, { method, ...(body !== undefined && json) })
  expect([path, reply.status < 300, reply.text]).toEqual([path, true, reply.text])
  return reply.body
}

/** Deliveries of facts, and questions: they decide nothing. */
const unwritten = ['post /v1/events', 'post /v1/risk:batch', 'post /v1/match', 'post /v1/search']

const made: Record<string, string> = {}
const keep = async (name: string, work: Promise<Made>): Promise<void> => {
  made[name] = (await work)['id'] ?? ''
}
const named = (name: string): string => made[name] ?? ''

interface Deed {
  readonly leaves: readonly Action[]
  readonly call: () => Promise<unknown>
}

/** Each route that changes something, called so that it does, in an order in which it can. */
const deeds: Readonly<Record<string, Deed>> = {
  'post /v1/labels': {
    leaves: ['labels.taken'],
    call: () => send('POST', '/v1/labels', [{ account: 'audited_0', label: 'fraud', source: 'x', at: noon }]),
  },
  'post /v1/identifiers/{kind}/{ref}/reveal': {
    leaves: ['identifier.revealed'],
    async call() {
      const found = await server.post<{ identifiers: readonly Made[] }>('/v1/search', {
        text: 'audited_device',
      })
      const ref = found.body.identifiers.find(({ kind }) => kind === 'device')?.['ref']
      await send('POST', `/v1/identifiers/device/${ref}/reveal`, { reason: 'case 812' })
    },
  },
  'post /v1/rings/{ring}/decisions': {
    leaves: ['ring.benign'],
    call: () =>
      keep('decision', send('POST', `/v1/rings/${ring}/decisions`, { verdict: 'benign', reason: 'kin' })),
  },
  'delete /v1/rings/{ring}/decisions/{decision}': {
    leaves: ['ring.retracted'],
    call: () => send('DELETE', `/v1/rings/${ring}/decisions/${named('decision')}`),
  },
  'post /v1/assertions': {
    leaves: ['assertion.made'],
    call: () =>
      keep(
        'assertion',
        send('POST', '/v1/assertions', {
          kind: 'household',
          subjects: ['audited_0', 'audited_1'],
          reason: 'kin',
        }),
      ),
  },
  'delete /v1/assertions/{assertion}': {
    leaves: ['assertion.retracted'],
    call: () => send('DELETE', `/v1/assertions/${named('assertion')}`),
  },
  'patch /v1/rings/{ring}': {
    leaves: ['ring.assigned'],
    call: () => send('PATCH', `/v1/rings/${ring}`, { owner: 'kim' }),
  },
  'post /v1/tripwires': {
    leaves: ['tripwire.armed'],
    call: () => keep('tripwire', send('POST', '/v1/tripwires', { ring, reason: 'not sure yet' })),
  },
  'delete /v1/tripwires/{tripwire}': {
    leaves: ['tripwire.disarmed'],
    call: () => send('DELETE', `/v1/tripwires/${named('tripwire')}`),
  },
  'post /v1/webhooks': {
    leaves: ['webhook.saved'],
    call: () => keep('webhook', send('POST', '/v1/webhooks', { url: 'http://127.0.0.1:9/' })),
  },
  'post /v1/webhooks/{webhook}/rotate': {
    leaves: ['webhook.saved'],
    call: () => send('POST', `/v1/webhooks/${named('webhook')}/rotate`, {}),
  },
  'post /v1/webhooks/{webhook}/resume': {
    leaves: ['webhook.saved'],
    call: () => send('POST', `/v1/webhooks/${named('webhook')}/resume`, {}),
  },
  'post /v1/webhooks/{webhook}/dead-messages:replay': {
    leaves: ['webhook.replayed'],
    call: () => send('POST', `/v1/webhooks/${webhook}/dead-messages:replay`, {}),
  },
  'delete /v1/webhooks/{webhook}': {
    leaves: ['webhook.deleted'],
    call: () => send('DELETE', `/v1/webhooks/${named('webhook')}`),
  },
  'post /v1/keys': {
    leaves: ['key.made'],
    call: () => keep('key', send('POST', '/v1/keys', { name: 'one', scopes: ['ingest'] })),
  },
  'post /v1/keys/{key}/rotate': {
    leaves: ['key.made', 'key.revoked'],
    call: () => keep('newKey', send('POST', `/v1/keys/${named('key')}/rotate`, { keepHours: 1 })),
  },
  'delete /v1/keys/{key}': {
    leaves: ['key.revoked'],
    call: () => send('DELETE', `/v1/keys/${named('newKey')}`),
  },
  'post /v1/runs': { leaves: ['run.requested'], call: () => send('POST', '/v1/runs', {}) },
  'post /v1/models': { leaves: ['models.requested'], call: () => send('POST', '/v1/models', {}) },
  'post /v1/models:choose': {
    leaves: ['models.chosen'],
    call: () => send('POST', '/v1/models:choose', { models: 'shipped' }),
  },
  'post /v1/dead-letters:replay': {
    leaves: ['dead-letters.opened'],
    call: () => send('POST', '/v1/dead-letters:replay', { ids: [named('letter')] }),
  },
  'post /v1/dead-letters:drop': {
    leaves: ['dead-letters.dropped'],
    call: () => send('POST', '/v1/dead-letters:drop', { ids: [named('letter')] }),
  },
}
const noon = '2026-05-02T12:00:00Z'

describe('the audit', () => {
  test('knows each route that changes something', () => {
    const changing = routes
      .filter(({ method }) => method !== 'get')
      .map(({ method, path }) => `${method} ${path}`)

    expect([...Object.keys(deeds), ...unwritten].toSorted()).toEqual(changing.toSorted())
  })

  test('has one row of each thing that is done, by the key that did it', async () => {
    await server.post('/v1/events', [sentEvent('refused', { outcome: 'nonsense' })])
    const { body } = await server.get<{ items: readonly Made[] }>('/v1/dead-letters')
    made['letter'] = body.items[0]?.['id'] ?? ''

    for (const [route, { leaves, call }] of Object.entries(deeds)) {
      const rows = await added(call)

      expect([route, rows.map(({ action }) => action)]).toEqual([route, leaves])
      expect([route, rows.map(({ by }) => by)]).toEqual([route, leaves.map(() => 'key:test')])
    }
    expect((await server.get<Found>('/v1/audit:verify')).body).toMatchObject({ isWhole: true, broken: null })
  })

  test('has no row of what is read, asked or refused', async () => {
    const reads = routes.filter(({ method, path }) => method === 'get' && !path.includes('{'))

    const rows = await added(async () => {
      for (const { path } of reads) await server.ask(path)
      for (const id of [`/v1/rings/${ring}`, `/v1/rings/${ring}/explain`]) await server.ask(id)
      await server.post('/v1/risk:batch', { accounts: ['audited_0'] })
      await server.post('/v1/match', { identifiers: { device: 'audited_device' } })
      await server.post('/v1/events', [sentEvent('audited_0')])
      await server.ask('/v1/keys/nope', { method: 'DELETE' })
      await server.ask('/v1/runs', { method: 'POST', key: 'rl_nope' })
    })

    expect(rows).toEqual([])
  })

  test('is told from any row on', async () => {
    const all = await readRows()
    const { body } = await server.get<{ items: readonly Row[] }>('/v1/audit?after=2&limit=2')

    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, i) => i + 1))
    expect(body.items).toEqual(all.slice(2, 4))
  })

  test('is held to a head that was kept, and refuses what is none', async () => {
    const { head } = (await server.get<Found>('/v1/audit:verify')).body
    const other = `${String(head).slice(0, -1)}${String(head).endsWith('0') ? '1' : '0'}`
    const check = async (kept: string) => {
      const { status, body } = await server.send<Found>(`/v1/audit:verify?head=${kept}`)
      return [status, body.broken?.why]
    }

    expect(await check(String(head))).toEqual([200, undefined])
    expect(await check(other)).toEqual([200, 'it is not the row of the head you kept'])
    expect(await check(`9${head}`)).toEqual([200, 'it is missing'])
    expect(await check('latest')).toEqual([400, undefined])
  })

  test('that was altered in the store is told so, with the first row that is wrong', async () => {
    const { rows: good } = (await server.get<Found>('/v1/audit:verify')).body
    using database = new DatabaseSync(join(server.config.dataDir, 'ringleader.db'), { timeout: 5_000 })
    const { body } = database.prepare('SELECT body FROM audit WHERE seq = 3').get() ?? {}
    const put = database.prepare('UPDATE audit SET body = ? WHERE seq = 3')

    put.run(String(body).replace('"by":"', '"by":"not '))
    const found = (await server.get<Found>('/v1/audit:verify')).body
    put.run(body ?? null)

    expect(found).toEqual({ isWhole: false, rows: 2, head: null, broken: { seq: 3, why: 'it was changed' } })
    expect((await server.get<Found>('/v1/audit:verify')).body).toMatchObject({ isWhole: true, rows: good })
  })
})
