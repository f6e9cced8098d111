/** The feed as clients and people follow it: over HTTP and on the command line, on both profiles. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Webhook as Verifier } from 'standardwebhooks'
import { openWriting } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { makeKey } from '../../src/http/keys.ts'
import { scopes } from '../../src/http/scopes.ts'
import { type Server, serve, work } from '../../src/serve.ts'
import { silentLog } from '../../src/telemetry/log.ts'
import { runJson, startCommand } from '../support/processes/command.ts'
import { ringOf, sentEvent } from '../support/processes/deliveries.ts'
import { readEvents } from '../support/processes/event-stream.ts'
import { openReceiver } from '../support/processes/receiver.ts'
import { type Served, served, until } from '../support/processes/served.ts'
import { emptyNeo4j, productionEnvironment } from '../support/stores/production.ts'
import { describeOn } from '../support/stores/servers.ts'

interface Door {
  readonly url: string
  readonly key: string
}

/** What is published while a stream is open is heard on it, and found again by pages, in the same order. */
async function expectFeed({ url, key }: Door): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  await using events = await readEvents(`${url}/v1/changes`, headers)
  expect(events.status).toBe(200)

  const sent = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers,
    body: JSON.stringify([...ringOf('east', 4), ...ringOf('west', 4)]),
  })
  const heard = [await events.next(), await events.next()]
  const page = await fetch(`${url}/v1/changes`, { headers })
  const { items } = (await page.json()) as { items: readonly { cursor: string; type: string }[] }

  expect(sent.status).toBe(202)
  expect(heard.map((event) => event?.type)).toEqual(['ring.born', 'ring.born'])
  expect(items.slice(0, 2)).toEqual(heard.map((event) => event?.data))
  expect(items.map(({ cursor }) => cursor).slice(0, 2)).toEqual(heard.map((event) => event?.id))
}

/** A receiver is told of what is published, signed. */
async function expectMessages({ url, key }: Door): Promise<void> {
  await using receiver = await openReceiver()
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const post = (path: string, body: unknown) =>
    fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  const made = await post('/v1/webhooks', { url: receiver.url, types: ['ring.born'] })
  const { secret } = (await made.json()) as { secret: string }

  await post('/v1/events', ringOf('told', 4))
  const [message] = await until(
    async () => receiver.got,
    (got) => got.length > 0,
    30_000,
  )

  expect(message && new Verifier(secret).verify(message.body, message.headers)).toMatchObject({
    type: 'ring.born',
    data: { joined: [0, 1, 2, 3].map((i) => ({ account: `told_${i}` })) },
  })
}

/** Whoever comes back with what a confirmed ring used is told of, in the answer and in the feed. */
async function expectTripwires({ url, key }: Door): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    return (await (await fetch(url + path, { headers, ...sent })).json()) as T
  }
  await ask('/v1/events', ringOf('back', 4))
  const risk = () => ask<{ ring: { id: string } | null }>('/v1/accounts/back_0/risk')
  const ring = (await until(risk, (answer) => Boolean(answer.ring), 30_000)).ring?.id ?? ''
  await ask(`/v1/rings/${ring}/decisions`, { verdict: 'confirm', reason: 'one face' })
  const latest = await ask<{ nextCursor: string }>('/v1/changes?after=latest')
  const back = sentEvent('returned', { type: 'signup', identifiers: { device: 'back_device' } })

  const answered = () =>
    ask<{ results: readonly { links: { tripwires: readonly unknown[] } }[] }>('/v1/events?wait=links', [back])
  const reply = await until(answered, ({ results }) => results[0]?.links.tripwires.length === 1)
  const fed = () => ask<{ items: readonly { type: string }[] }>(`/v1/changes?after=${latest.nextCursor}`)
  const isHit = ({ type }: { type: string }): boolean => type === 'tripwire.hit'
  const { items } = await until(fed, (page) => page.items.some(isHit), 30_000)

  expect(reply.results).toMatchObject([
    { links: { ring: { ring, provisional: true }, tripwires: [{ ring, kind: 'device' }], truncated: false } },
  ])
  expect(items.filter(isHit)).toMatchObject([{ ring, account: 'returned', kind: 'device', event: 'signup' }])
}

describe('embedded', () => {
  let server: Served
  beforeAll(async () => {
    server = await served({ webhookAllow: ['127.0.0.1'] })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test('changes are heard as they are published', () => expectFeed(server))

  test('webhooks are made, listed, rotated and deleted on the command line, beside the server and through it', async () => {
    const there = ['--url', server.url, '--key', server.key]
    const made = await runJson('webhooks', 'create', 'https://1.1.1.1/x', '--types', 'ring.born', ...there)
    const id = String(made.rows[0]?.['id'])
    const listed = await runJson('webhooks', 'list', '--data', server.config.dataDir)
    const rotated = await runJson('webhooks', 'rotate', id, ...there)
    const resumed = await runJson('webhooks', 'resume', id, ...there)
    const replayed = await runJson('webhooks', 'replay', id, ...there)
    const deleted = await runJson('webhooks', 'delete', id, ...there)
    const wrong = await runJson('webhooks', 'create', 'https://10.0.0.1/', ...there)

    const { secret, ...shown } = made.rows[0] ?? {}
    expect(secret).toMatch(/^whsec_/)
    expect(listed.rows).toEqual([shown])
    expect(rotated.rows).toEqual([{ id, secret: expect.stringMatching(/^whsec_/) }])
    expect(resumed.rows).toEqual([{ id, resumed: true }])
    expect(replayed.rows).toEqual([{ id, asked: 0 }])
    expect(deleted.rows).toEqual([{ id, deleted: true }])
    expect([wrong.code, wrong.rows]).toEqual([2, []])
  }, 60_000)

  test('ringleader changes prints them, beside the server and through it', async () => {
    const here = await runJson('changes', '--data', server.config.dataDir)
    const there = await runJson('changes', '--url', server.url, '--key', server.key)
    const next = await runJson(
      'changes',
      '--data',
      server.config.dataDir,
      '--after',
      String(here.rows[0]?.['cursor']),
    )
    const wrong = await runJson('changes', '--data', server.config.dataDir, '--after', 'nope')

    expect(here.rows.map(({ type }) => type)).toEqual(['ring.born', 'ring.born'])
    expect(there.rows).toEqual(here.rows)
    expect(next.rows).toEqual(here.rows.slice(1))
    expect([wrong.code, wrong.rows]).toEqual([2, []])
  }, 60_000)

  test('ringleader changes --follow goes on until it is stopped', async () => {
    await using following = startCommand(
      ['changes', '--follow', '--after', 'latest', '--json', '--data', server.config.dataDir],
      {},
      { deadlineMs: 60_000 },
    )
    // Sent again until heard: what came before it looked is no news to it.
    let line: string | undefined
    void following.first.then((first) => (line = first))
    for (let i = 0; line === undefined; i++) {
      await server.post('/v1/events', ringOf(`n${i}`, 4))
      await new Promise((resolve) => setTimeout(resolve, 250))
    }

    expect(JSON.parse(line)).toMatchObject({ type: 'ring.born' })
    expect((await following.stop()).code).toBe(0)
  }, 60_000)

  // Last, because rings change by it while others look.
  test('who comes back is told of', () => expectTripwires(server), 60_000)
})

describeOn(['neo4j', 'redis'], 'on servers', () => {
  const opened: Server[] = []
  let door: Door

  beforeAll(async () => {
    await emptyNeo4j()
    const config = readConfig({}, await productionEnvironment({ RINGLEADER_WEBHOOK_ALLOW: '127.0.0.1' }))
    const { key, token } = makeKey({ name: 'test', scopes, now: Date.now() })
    {
      await using writing = await openWriting(config)
      await writing.store.saveKey(key)
    }
    opened.push(await serve(config, silentLog), await work(config, silentLog))
    door = { url: opened[0]?.url ?? '', key: token }
  }, 60_000)
  afterAll(async () => {
    for (const one of opened.toReversed()) await one[Symbol.asyncDispose]()
  })

  test('changes are heard as they are published', () => expectFeed(door), 60_000)

  test('who comes back is told of', () => expectTripwires(door), 90_000)

  test('a receiver is told by a worker', () => expectMessages(door), 60_000)
})
