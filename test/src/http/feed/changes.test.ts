import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { openWriting } from '../../../../src/compose.ts'
import { encodeSnapshot } from '../../../../src/snapshot/encode.ts'
import { ringSets } from '../../../support/core/arbitraries.ts'
import { type Published, publicationsOf } from '../../../support/core/publications.ts'
import { ringOf } from '../../../support/processes/deliveries.ts'
import { type EventReader, type HeardEvent, readEvents } from '../../../support/processes/event-stream.ts'
import { type Served, served } from '../../../support/processes/served.ts'

interface Item {
  readonly cursor: string
  readonly type: string
  readonly ring: string
  readonly version: number
  readonly joined: readonly { readonly account: string }[]
}
interface Page {
  readonly items: readonly Item[]
  readonly nextCursor: string
  readonly more: boolean
}

const itemOf = (event: HeardEvent | undefined): Item => event?.data as unknown as Item

const authorised = (server: Served, key = server.key) => ({ authorization: `Bearer ${key}` })
const stream = (
  server: Served,
  { query = '', lastId, key }: { query?: string; lastId?: string; key?: string } = {},
): Promise<EventReader> =>
  readEvents(new URL(`/v1/changes${query}`, server.url), {
    ...authorised(server, key),
    ...(lastId !== undefined && { 'last-event-id': lastId }),
  })

async function publish(server: Served, some: readonly Published[]): Promise<void> {
  await using writing = await openWriting(server.config)
  for (const { publication } of some) {
    const snapshot = encodeSnapshot({
      run: publication.run,
      accounts: [],
      rings: [],
      publicness: new Map(),
    })
    await writing.store.publish({ ...publication, snapshot })
  }
}

describe('whoever reads on from the last cursor', () => {
  const byTurns = ['pages', 'stream', 'pages', 'stream'] as const
  // Many lives of a few rings, the same each time.
  const [sets = []] = fc.sample(ringSets, { numRuns: 1, seed: 3, path: '7' })
  const all = publicationsOf([...sets, ...sets.toReversed(), ...sets])

  test('misses no change and hears none twice, by pages or as a stream, across restarts of the server', async () => {
    await using first = await served({ detectAfterMs: 3_600_000 })
    const heard: Item[] = []
    let server = first

    for (const some of [all.slice(0, 3), all.slice(3)]) {
      await server.stop()
      await publish(server, some)
      server = await server.again()
      for (const [i, by] of byTurns.entries()) await (by === 'pages' ? page : listen)(server, heard, i + 1)
    }
    while (await page(server, heard, 7));
    await server.stop()

    const changes = all.flatMap(({ publication }) => publication.changes)
    expect(changes.length).toBeGreaterThan(10)
    expect(heard.map(({ ring, version }) => [version, ring])).toEqual(
      changes.map(({ ring, version }) => [version, ring]),
    )
    expect(heard.map(({ type, joined }) => [type, joined.length])).toEqual(
      changes.map(({ kind, joined }) => [`ring.${kind}`, joined.length]),
    )
  }, 120_000)

  async function page(server: Served, heard: Item[], limit: number): Promise<boolean> {
    const last = heard.at(-1)?.cursor
    const after = last === undefined ? '' : `&after=${last}`
    const { body } = await server.get<Page>(`/v1/changes?limit=${limit}${after}`)
    heard.push(...body.items)
    return body.more
  }

  async function listen(server: Served, heard: Item[], count: number): Promise<void> {
    const lastId = heard.at(-1)?.cursor
    // What is there decides how many to wait for: a stream says nothing of its end.
    const { body } = await server.get<Page>(
      `/v1/changes?limit=${count}${lastId === undefined ? '' : `&after=${lastId}`}`,
    )
    await using events = await stream(server, lastId === undefined ? {} : { lastId })
    for (let i = 0; i < body.items.length; i++) {
      const event = await events.next()
      const item = itemOf(event)
      expect([event?.id, event?.type]).toEqual([item.cursor, item.type])
      heard.push(item)
    }
  }
})

test('a stream longer than what is read at once is whole, and repeats nothing', async () => {
  await using first = await served({ detectAfterMs: 3_600_000 })
  const names = Array.from({ length: 130 }, (_, i) => `ring_${String(i).padStart(3, '0')}`)
  const head = {
    class: 'uncertain' as const,
    risk: 0.5,
    firstSeen: 1,
    lastSeen: 2,
    topEvidence: [],
    reasons: [],
  }
  await first.stop()
  await publish(first, publicationsOf([new Map(names.map((name) => [name, { head, members: [] }]))]))
  await using server = await first.again()
  await using events = await stream(server)
  const heard: string[] = []

  while (heard.length < names.length) heard.push((await events.next())?.id ?? '')

  expect(heard).toEqual(names.map((name) => `1.${name}`))
})

describe('a stream', () => {
  let server: Served
  beforeAll(async () => {
    server = await served()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test('tells what is published while it is open; the page after its last event is empty', async () => {
    await using events = await stream(server, { query: '?after=latest' })

    await server.post('/v1/events', ringOf('live', 4))
    const born = await events.next()

    expect(born?.type).toBe('ring.born')
    expect(itemOf(born).joined.map(({ account }) => account)).toEqual([0, 1, 2, 3].map((i) => `live_${i}`))
    const { body } = await server.get<Page>(`/v1/changes?after=${born?.id}`)
    expect(body).toMatchObject({ items: [], nextCursor: born?.id, more: false })
  })

  test('of one ring tells of that ring alone', async () => {
    await server.post('/v1/events', [...ringOf('one', 4), ...ringOf('other', 4)])
    await using all = await stream(server)
    let found = await all.next()
    while (itemOf(found).joined[0]?.account !== 'other_0') found = await all.next()
    const { ring } = itemOf(found)

    await using own = await stream(server, { query: `?ring=${ring}` })
    const pages = await server.get<Page>(`/v1/changes?ring=${ring}`)

    expect((await own.next())?.id).toBe(found?.id)
    expect(pages.body.items.map((item) => item.ring)).toEqual([ring])
  })

  test('ends when its key is revoked', async () => {
    const made = await server.post<{ id: string; key: string }>('/v1/keys', {
      name: 'reader',
      scopes: ['rings:read'],
    })
    let events = await stream(server, { query: '?after=latest', key: made.body.key })
    // A new key is known within a second.
    while (events.status === 401)
      events = await stream(server, { query: '?after=latest', key: made.body.key })

    await server.send(`/v1/keys/${made.body.id}`, { method: 'DELETE' })

    expect(await events.next()).toBeUndefined()
  })

  test('needs the scope that pages need, and a place that is one of ours', async () => {
    const made = await server.post<{ key: string }>('/v1/keys', { name: 'scoring', scopes: ['risk:read'] })
    const status = async (options: Parameters<typeof stream>[1]): Promise<number> => {
      await using events = await stream(server, options)
      return events.status
    }
    let refused = await status({ key: made.body.key })
    while (refused === 401) refused = await status({ key: made.body.key })

    expect(refused).toBe(403)
    for (const wrong of ['x', '1', '1.', '1~', '.ring_1', '1~2~3', '01~0', '1.ring 1'])
      expect([wrong, await status({ lastId: wrong })]).toEqual([wrong, 400])
    expect((await server.get('/v1/changes?after=nope')).status).toBe(400)
  })

  test('ends when the server stops, which waits for nobody', async () => {
    const stopping = await served()
    const events = await stream(stopping)

    await stopping[Symbol.asyncDispose]()

    expect(await events.next()).toBeUndefined()
  })
})

test('only so many streams are open at once, of a key and of all; a reader that leaves makes room', async () => {
  await using server = await served({ streamsMax: { perKey: 2, perProcess: 3 } })
  const { body } = await server.post<{ key: string }>('/v1/keys', { name: 'b', scopes: ['rings:read'] })
  const other = { key: body.key }
  const opened = [await stream(server), await stream(server)]
  let theirs = await stream(server, other)
  while (theirs.status === 401) theirs = await stream(server, other)

  const tooMany = [await stream(server), await stream(server, other)].map(({ status }) => status)
  await opened[0]?.[Symbol.asyncDispose]()
  let again = await stream(server)
  while (again.status === 429) again = await stream(server)

  expect([...opened, theirs].map(({ status }) => status)).toEqual([200, 200, 200])
  expect(tooMany).toEqual([429, 503])
  expect(again.status).toBe(200)
})
