import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ringOf, sentEvent } from '../../../support/processes/deliveries.ts'
import { type Served, served, until } from '../../../support/processes/served.ts'

interface Tripwire {
  readonly id: string
  readonly ring: string | null
  readonly decision: string | null
  readonly disarmedAt: string | null
  readonly identifiers: readonly { readonly kind: string }[]
  readonly unwired: readonly { readonly kind: string; readonly why: string; readonly identifiers: number }[]
}
interface Linked {
  readonly results: readonly {
    readonly status: string
    readonly links?: {
      readonly ring: {
        readonly ring: string
        readonly provisional: boolean
        readonly probability: number
      } | null
      readonly reasons: readonly { readonly account: string; readonly sentence: string }[]
      readonly tripwires: readonly { readonly tripwire: string; readonly kind: string }[]
    }
  }[]
}
interface Hits {
  readonly items: readonly { readonly type: string; readonly account?: string; readonly tripwire?: string }[]
}

let server: Served
beforeAll(async () => {
  server = await served()
})
afterAll(() => server[Symbol.asyncDispose]())

async function ringFor(name: string, size: number): Promise<string> {
  const events = ringOf(name, size).map((event) => ({
    ...event,
    identifiers: {
      ...(event['identifiers'] as object),
      ip: `203.0.113.${name.length}`,
      cookie: `${event.account}_cookie`,
    },
  }))
  await server.post('/v1/events', events)
  const ask = () => server.get<{ ring: { id: string } | null }>(`/v1/accounts/${name}_0/risk`)
  return (await until(ask, ({ body }) => body.ring !== null)).body.ring?.id ?? ''
}

const armed = async (ring: string) =>
  (await server.get<{ items: readonly Tripwire[] }>(`/v1/tripwires?ring=${ring}`)).body.items
const come = (account: string, identifiers: object, more: object = {}) =>
  server.post<Linked>('/v1/events?wait=links', [sentEvent(account, { type: 'signup', identifiers, ...more })])
const hits = async () => {
  const { items } = (await server.get<Hits>('/v1/changes?limit=1000')).body
  return items.filter(({ type }) => type === 'tripwire.hit')
}

describe('a ring that is confirmed', () => {
  test('is watched, by what its actors used and few others do; what is too public is told, not watched', async () => {
    const ring = await ringFor('seen', 4)
    const { body: decision } = await server.post<{ id: string }>(`/v1/rings/${ring}/decisions`, {
      verdict: 'confirm',
      reason: 'one face',
    })

    const [tripwire] = await armed(ring)

    const kinds = Map.groupBy(tripwire?.identifiers ?? [], ({ kind }) => kind)
    expect(tripwire).toMatchObject({ ring, decision: decision.id, disarmedAt: null })
    expect(kinds.get('device')).toHaveLength(1)
    expect(kinds.get('payment')).toHaveLength(1)
    expect(kinds.get('cookie')).toHaveLength(4)
    expect(kinds.has('ip')).toBe(false)
    expect(tripwire?.unwired).toContainEqual({ kind: 'ip', why: 'household', identifiers: 1 })
  })

  test('is watched no longer when that is taken back, or it is found benign', async () => {
    const ring = await ringFor('doubted', 4)
    const decide = (verdict: string) =>
      server.post<{ id: string }>(`/v1/rings/${ring}/decisions`, { verdict, reason: 'looked' })
    const first = await decide('confirm')
    const watched = [(await armed(ring)).length]

    await server.send(`/v1/rings/${ring}/decisions/${first.body.id}`, { method: 'DELETE' })
    watched.push((await armed(ring)).length)
    await decide('confirm')
    await decide('confirm')
    watched.push((await armed(ring)).length)
    await decide('benign')
    watched.push((await armed(ring)).length)

    expect(watched).toEqual([1, 0, 1, 0])
    const { items } = (
      await server.get<{ items: readonly Tripwire[] }>(`/v1/tripwires?ring=${ring}&disarmed=true`)
    ).body
    expect(items).toHaveLength(3)
  })
})

describe('who comes', () => {
  test('with a watched identifier is told of at once and once in the feed; its ring, probability and reasons with it', async () => {
    const ring = await ringFor('gone', 4)
    await server.post(`/v1/rings/${ring}/decisions`, { verdict: 'confirm', reason: 'one face' })
    const tripwire = (await armed(ring))[0]?.id
    const again = () => come('comeback', { device: 'gone_device' })

    const reply = await until(again, ({ body }) => body.results[0]?.links?.tripwires.length === 1)
    const fed = await until(hits, (all) => all.some((hit) => hit.tripwire === tripwire))
    await again()
    const links = reply.body.results[0]?.links

    expect(links?.ring).toMatchObject({ ring, provisional: true })
    expect(links?.ring?.probability).toBeGreaterThan(0.5)
    expect(links?.tripwires).toMatchObject([{ tripwire, ring, kind: 'device' }])
    expect(links?.reasons[0]?.account).toMatch(/^gone_\d$/)
    expect(links?.reasons[0]?.sentence).toContain('device')
    expect(fed.filter((hit) => hit.tripwire === tripwire)).toMatchObject([{ account: 'comeback', ring }])
  })

  test('and is of the ring trips nothing, and is told its ring as the last run has it', async () => {
    const ring = await ringFor('own', 4)
    await server.post(`/v1/rings/${ring}/decisions`, { verdict: 'confirm', reason: 'one face' })

    const { body } = await come('own_1', { device: 'own_device' }, { type: 'login' })

    expect(body.results[0]?.links).toMatchObject({ ring: { ring, provisional: false }, tripwires: [] })
  })

  test('with nothing that anybody used is linked to nobody; a line that is refused is only told why', async () => {
    const { body } = await server.post<Linked>('/v1/events?wait=links', [
      sentEvent('alone', { identifiers: { device: 'nobody_s' } }),
      { account: 'x' },
    ])

    expect(body.results.map(({ status }) => status)).toEqual(['accepted', 'rejected'])
    expect(body.results[0]?.links).toEqual({ ring: null, reasons: [], tripwires: [], truncated: false })
    expect(body.results[1]?.links).toBeUndefined()
  })
})

describe('on request', () => {
  test('identifiers are watched for whoever comes with one', async () => {
    const identifiers = { device: 'asked_device', ip: '198.51.100.7' }
    const made = await server.post<Tripwire>('/v1/tripwires', { identifiers, reason: 'a tip' })
    const again = () => come('tipped', { device: 'asked_device' })

    const reply = await until(again, ({ body }) => body.results[0]?.links?.tripwires.length === 1)

    expect(made.status).toBe(201)
    expect(made.body.identifiers.map(({ kind }) => kind)).toEqual(['device'])
    expect(made.body.unwired.map(({ kind }) => kind)).toContain('ip')
    expect(reply.body.results[0]?.links?.tripwires).toMatchObject([{ tripwire: made.body.id, ring: null }])
    expect((await server.send(`/v1/tripwires/${made.body.id}`, { method: 'DELETE' })).status).toBe(200)
    expect((await server.send(`/v1/tripwires/${made.body.id}`, { method: 'DELETE' })).status).toBe(404)
  })

  test('what cannot be watched, or is wrong, is refused with why', async () => {
    const ask = (body: object) => server.post<{ code: string; detail: string }>('/v1/tripwires', body)

    const ip = await ask({ identifiers: { ip: '198.51.100.7' }, reason: 'x' })
    expect([ip.status, ip.body.detail]).toEqual([409, expect.stringContaining('ip: a household')])
    expect((await ask({ reason: 'x' })).status).toBe(400)
    expect((await ask({ ring: 'r', identifiers: { device: 'd' }, reason: 'x' })).status).toBe(400)
    expect((await ask({ ring: 'ring_nope', reason: 'x' })).status).toBe(404)
    expect((await ask({ identifiers: { device: 'd' }, reason: '4111 1111 1111 1111' })).status).toBe(422)
  })

  test('more lines than are looked up at once are refused whole', async () => {
    const lines = Array.from({ length: 101 }, () => sentEvent('many'))

    const { status, body } = await server.post<{ code: string }>('/v1/events?wait=links', lines)

    expect([status, body.code]).toEqual([413, 'too_many_items'])
  })
})
