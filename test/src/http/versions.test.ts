import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ringOf, sentEvent } from '../../support/processes/deliveries.ts'
import { type Served, served, until } from '../../support/processes/served.ts'

interface Ring {
  readonly ring: string
  readonly version: number
  readonly size: number
  readonly status?: string
  readonly movedTo?: string
}
interface Members {
  readonly version: number
  readonly items: readonly { readonly account: string; readonly ring: string }[]
}
interface Lineage {
  readonly movedTo?: string
  readonly lanes: readonly {
    readonly ring: string
    readonly size: number
    readonly changes: readonly { readonly kind: string; readonly joined: number }[]
  }[]
}
interface Risk {
  readonly ring: { readonly id: string; readonly size: number } | null
}

let server: Served
beforeAll(async () => {
  server = await served()
})
afterAll(() => server[Symbol.asyncDispose]())

const ringFor = async (account: string, size: number) => {
  const ask = () => server.get<Risk>(`/v1/accounts/${account}/risk`)
  return (await until(ask, ({ body }) => body.ring?.size === size)).body.ring?.id
}
const members = async (ring: string | undefined, query = '') =>
  (await server.get<Members>(`/v1/rings/${ring}/members${query}`)).body

describe('a ring that grows', () => {
  test('keeps its id, and can be seen as it was at any publish', async () => {
    const all = ringOf('grow', 6)
    await server.post('/v1/events', all.slice(0, 8))
    const early = await ringFor('grow_0', 4)
    const before = await members(early)

    await server.post('/v1/events', all.slice(8))
    const late = await ringFor('grow_0', 6)
    const after = await members(late)

    expect(late).toBe(early)
    expect(after.items).toHaveLength(6)
    expect(after.version).toBeGreaterThan(before.version)
    expect(await members(early, `?v=${before.version}`)).toMatchObject({
      version: before.version,
      items: before.items,
    })
    expect((await members(early, `?v=${after.version}`)).items).toEqual(after.items)
  })

  test('was not there before it was born', async () => {
    await server.post('/v1/events', ringOf('late', 4))
    const ring = await ringFor('late_0', 4)
    const born = (await members(ring)).version

    const reply = await server.get(`/v1/rings/${ring}?v=${born - 1}`)

    expect([reply.status, reply.body['code']]).toEqual([404, 'ring_not_found'])
  })
})

test('a ring that is absorbed answers with the one its members moved to', async () => {
  await server.post('/v1/events', [...ringOf('east', 4), ...ringOf('west', 4)])
  const east = await ringFor('east_0', 4)
  const west = await ringFor('west_0', 4)

  const bridges = ['east', 'west'].flatMap((name) =>
    [0, 1, 2, 3].map((i) =>
      sentEvent(`${name}_${i}`, {
        identifiers: { device: 'both_device', payment: ['both_token'], cookie: 'both' },
      }),
    ),
  )
  await server.post('/v1/events', bridges)
  const joined = await ringFor('east_0', 8)
  const absorbed = joined === east ? west : east
  const reply = await server.get<Ring>(`/v1/rings/${absorbed}`)
  const listed = await server.get<{ items: Ring[] }>('/v1/rings?limit=200&status=active')

  expect([east, west]).toContain(joined)
  expect(reply.body).toMatchObject({ ring: absorbed, status: 'merged', movedTo: joined, size: 0 })
  expect(listed.body.items.map(({ ring }) => ring)).toContain(joined)
  expect(listed.body.items.map(({ ring }) => ring)).not.toContain(absorbed)
  expect((await server.get<Lineage>(`/v1/rings/${absorbed}/lineage`)).body).toMatchObject({
    ring: absorbed,
    status: 'merged',
    movedTo: joined,
    truncated: false,
  })
  const { body } = await server.get<Lineage>(`/v1/rings/${joined}/lineage`)
  const lanes = new Map(body.lanes.map((lane) => [lane.ring, lane]))
  expect(body.movedTo).toBeUndefined()
  expect(new Set(lanes.keys())).toEqual(new Set([east, west]))
  expect(lanes.get(absorbed ?? '')?.changes.at(-1)).toMatchObject({
    kind: 'merged',
    cause: `absorbed by ${joined}`,
    movedTo: joined,
    size: 0,
    left: 4,
    flow: { unicity: 1, outflow: 0 },
  })
  expect(lanes.get(joined ?? '')?.changes.find(({ joined: count }) => count > 0 && count < 5)).toBeDefined()
  expect(lanes.get(joined ?? '')?.size).toBe(8)
})

test('rings that changed since a publish are those, and no others', async () => {
  await server.post('/v1/events', ringOf('still', 4))
  await ringFor('still_0', 4)
  const { body } = await server.get<{ meta: { run: number } }>('/v1/rings')

  await server.post('/v1/events', ringOf('newest', 4))
  const newest = await ringFor('newest_0', 4)
  const changed = await server.get<{ items: Ring[] }>(`/v1/rings?changedSince=${body.meta.run}&status=active`)

  expect(changed.body.items.map(({ ring }) => ring)).toEqual([newest])
})

test('pages hold every ring once, whatever else is asked of them', async () => {
  await server.post('/v1/events', Array.from({ length: 9 }, (_, i) => ringOf(`page${i}`, 4)).flat())
  await ringFor('page8_0', 4)
  const list = async (query: string) =>
    (await server.get<{ items: Ring[]; nextCursor: string | null }>(`/v1/rings?${query}`)).body

  for (const query of ['minSize=4', 'status=active', 'minRisk=0.000001']) {
    const whole = (await list(`${query}&limit=200`)).items.map(({ ring }) => ring)
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await list(`${query}&limit=2${cursor && `&cursor=${cursor}`}`)
      expect(page.items.length).toBeLessThanOrEqual(2)
      paged.push(...page.items.map(({ ring }) => ring))
      cursor = page.nextCursor
    }
    expect(paged.length).toBeGreaterThan(8)
    expect(paged).toEqual(whole)
    expect(new Set(paged).size).toBe(paged.length)
  }
})
