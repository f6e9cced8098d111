/** Messages on the wire: what a receiver gets, and whom we never call. */
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { Webhook as Verifier } from 'standardwebhooks'
import type { FeedItem } from '../../../graph/feed/read.ts'
import type { Secrets } from '../../../graph/ports.ts'
import type { Webhook } from '../../../graph/webhooks.ts'
import { secretsFrom } from '../../../src/secrets/secrets.ts'
import { reachOf } from '../../../src/webhooks/addresses.ts'
import { openCourier } from '../../../src/webhooks/courier.ts'
import { makeWebhook, rotateSecret } from '../../../src/webhooks/manage.ts'
import { publicationsOf } from '../../support/core/publications.ts'

const head = {
  class: 'uncertain' as const,
  risk: 0.5,
  firstSeen: 1,
  lastSeen: 2,
  topEvidence: [],
  reasons: [],
}
const member = (account: string) => ({
  account,
  role: 'core' as const,
  membership: 1,
  risk: 0.5,
  compromise: 0,
  flagged: false,
  reasons: [],
})

function itemOf(accounts: number): FeedItem {
  const members = Array.from({ length: accounts }, (_, i) => member(`ada_${i}`))
  const [published] = publicationsOf([new Map([['ring_a', { head, members }]])])
  const [change] = published?.publication.changes ?? []
  if (!change) throw new Error('nothing changed')
  return { place: { version: 1, ring: 'ring_a' }, change }
}

let secrets: Secrets
beforeAll(async () => {
  secrets = secretsFrom(Buffer.alloc(32, 7), [])
})

const opened: Server[] = []
afterEach(() => {
  for (const server of opened.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

interface Got {
  readonly headers: Record<string, string>
  readonly body: string
}

/** A receiver on this machine, and what it got. */
async function receiver(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const got: Got[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      got.push({ headers: request.headers as Record<string, string>, body })
      answer(request, response)
    })
  })
  opened.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { got, port: (server.address() as AddressInfo).port }
}

const takes = (_: IncomingMessage, response: ServerResponse): void => void response.writeHead(204).end()

const now = Date.now()
const here = reachOf(['127.0.0.1'])

/** A webhook that is stored nowhere, and its secret. */
async function hookFor(url: string): Promise<{ webhook: Webhook; secret: string }> {
  const store = { webhooks: async () => [], saveWebhook: async () => {} }
  return await makeWebhook(
    { store, seal: secrets.seal, reach: here },
    { url, types: [], author: 'eve', from: '0~0', now },
  )
}

const courier = (more: Partial<Parameters<typeof openCourier>[0]> = {}) =>
  openCourier({ unseal: secrets.open, clock: () => now, reach: here, ...more })

describe('a message', () => {
  test('is signed as the Standard Webhooks specification says, over what is sent', async () => {
    const { got, port } = await receiver(takes)
    const { webhook, secret } = await hookFor(`http://127.0.0.1:${port}/hook`)

    const sent = await courier().send(webhook, itemOf(3))

    const [{ headers, body }] = got as [Got]
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
    const signedText = `${headers['webhook-id']}.${Math.floor(now / 1_000)}.${body}`
    expect(sent).toEqual({ isTaken: true })
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signedText).digest('base64')}`,
    )
    expect(new Verifier(secret).verify(body, headers)).toMatchObject({
      type: 'ring.born',
      timestamp: new Date(1_001).toISOString(),
      data: { cursor: '1.ring_a', ring: 'ring_a', truncated: false },
    })
    expect(() => new Verifier(secret).verify(`${body} `, headers)).toThrow()
  })

  test('has the same id whenever it is sent, another to another receiver, and no full stop in it', async () => {
    const [one, other] = [await hookFor('http://127.0.0.1/1'), await hookFor('http://127.0.0.1/2')]
    const { messageId } = courier()

    expect(messageId(one.webhook, '1.ring_a')).toBe(messageId({ ...one.webhook, url: 'x' }, '1.ring_a'))
    expect(messageId(one.webhook, '1.ring_a')).not.toBe(messageId(other.webhook, '1.ring_a'))
    expect(messageId(one.webhook, '1.ring_a')).not.toBe(messageId(one.webhook, '2.ring_a'))
    expect(messageId(one.webhook, '1.ring_a')).toMatch(/^msg_[\w-]{27}$/)
  })

  test('is signed by the old secret too while the new one is taken up, and then no more', async () => {
    const { got, port } = await receiver(takes)
    const made = await hookFor(`http://127.0.0.1:${port}/`)
    const store = { webhooks: async () => [made.webhook], saveWebhook: async () => {} }
    const order = { id: made.webhook.id, keepHours: 24, now, by: 'eve' }
    const rotated = await rotateSecret({ store, seal: secrets.seal }, order)
    const later = now + 24 * 3_600_000

    await courier().send(rotated.webhook, itemOf(1))
    await courier({ clock: () => later }).send(rotated.webhook, itemOf(1))

    const [both, one] = got as [Got, Got]
    for (const secret of [made.secret, rotated.secret]) new Verifier(secret).verify(both.body, both.headers)
    expect(one.headers['webhook-signature']?.split(' ')).toHaveLength(1)
    expect(rotated.secret).not.toBe(made.secret)
  })

  test('is small, however large the ring', async () => {
    const { got, port } = await receiver(takes)
    const { webhook } = await hookFor(`http://127.0.0.1:${port}/`)

    await courier().send(webhook, itemOf(5_000))

    const [{ body }] = got as [Got]
    expect(Buffer.byteLength(body)).toBeLessThan(20_000)
    expect(JSON.parse(body)).toMatchObject({ data: { truncated: true } })
  })
})

describe('what is told of a failure', () => {
  const failing = async (
    answer: Parameters<typeof receiver>[0],
    more: Parameters<typeof courier>[0] = {},
  ): Promise<unknown> => {
    const { port } = await receiver(answer)
    const { webhook } = await hookFor(`http://127.0.0.1:${port}/secret-path`)
    return await courier(more).send(webhook, itemOf(1))
  }

  test('is the status, and never where a redirect leads', async () => {
    const elsewhere = await receiver(takes)
    const redirect = (_: IncomingMessage, response: ServerResponse): void =>
      void response.writeHead(307, { location: `http://127.0.0.1:${elsewhere.port}/` }).end()

    expect(await failing(redirect)).toEqual({ isTaken: false, error: 'answered 307' })
    expect(elsewhere.got).toEqual([])
    expect(await failing((_, response) => void response.writeHead(500).end('x'))).toEqual({
      isTaken: false,
      error: 'answered 500',
    })
  })

  test('says when the receiver is gone, silent, or not there', async () => {
    expect(await failing((_, response) => void response.writeHead(410).end())).toEqual({
      isTaken: false,
      error: 'answered 410',
      isGone: true,
    })
    expect(await failing(() => {}, { withinMs: 50 })).toMatchObject({ error: 'did not answer in time' })
    const { webhook } = await hookFor('http://127.0.0.1:1/')
    expect(await courier().send(webhook, itemOf(1))).toMatchObject({
      error: 'cannot be reached (ECONNREFUSED)',
    })
    const named = { ...webhook, url: 'https://x.example/' }
    const resolve = async (): Promise<never> => {
      throw Object.assign(new Error('x'), { code: 'ENOTFOUND' })
    }
    expect(await courier({ resolve }).send(named, itemOf(1))).toMatchObject({
      error: 'its name cannot be resolved',
    })
  })

  test('an answer without end is cut off', async () => {
    const endless = (_: IncomingMessage, response: ServerResponse): void => {
      response.writeHead(200)
      const more = (): void => void (response.destroyed || response.write('x'.repeat(60_000), more))
      more()
    }

    expect(await failing(endless, { withinMs: 60_000 })).toEqual({ isTaken: true })
  })
})

describe('a name that answers otherwise from one time to the next', () => {
  test('is refused when it comes to stand for somebody’s inside, and is asked once a message', async () => {
    const { got, port } = await receiver(takes)
    const { webhook } = await hookFor(`http://127.0.0.1:${port}/`)
    const named = { ...webhook, url: `http://rebinding.example:${port}/` }
    const answers = ['127.0.0.1', '127.0.0.2', '10.0.0.1']
    let asked = 0
    const resolve = async () => {
      const address = answers[asked] ?? ''
      asked += 1
      return [{ address, family: 4 }]
    }
    const { send } = courier({ resolve })

    const outcomes = [
      await send(named, itemOf(1)),
      await send(named, itemOf(1)),
      await send(named, itemOf(1)),
    ]

    expect(outcomes.map(({ isTaken }) => isTaken)).toEqual([true, false, false])
    expect(outcomes[1]).toMatchObject({ error: 'its address is not one that may be called' })
    expect(asked).toBe(3)
    expect(got).toHaveLength(1)
    expect(got[0]?.headers['host']).toBe(`rebinding.example:${port}`)
  })
})
