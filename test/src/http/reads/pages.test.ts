import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { odd, servedFarm } from '../../../support/processes/farm.ts'
import { type Served, until } from '../../../support/processes/served.ts'

interface RingRow {
  readonly ring: string
  readonly risk: number
  readonly size: number
  readonly bornVersion: number
  readonly roles: Readonly<Record<string, number>>
  readonly topEvidence: readonly { readonly evidence: number; readonly accounts: number }[]
  readonly growth?: { readonly joined: number; readonly left: number; readonly sizeBefore: number }
}
interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}
interface Graph {
  readonly accounts: readonly { readonly account: string }[]
  readonly identifiers: readonly {
    readonly kind: string
    readonly countsAs: string
    readonly justifies: boolean
  }[]
  readonly uses: readonly Readonly<Record<string, string | number>>[]
  readonly hubs: readonly { readonly kind: string; readonly accounts: number; readonly members: number }[]
  readonly omitted: Readonly<Record<string, number>>
  readonly truncated: boolean
}

let server: Served
let farm: string
beforeAll(async () => {
  ;({ server, farm } = await servedFarm())
}, 60_000)
afterAll(() => server[Symbol.asyncDispose]())

describe('rings', () => {
  const valueOf: Readonly<Record<string, (row: RingRow) => number>> = {
    risk: ({ risk }) => risk,
    growth: ({ growth }) => (growth?.joined ?? 0) - (growth?.left ?? 0),
    new: ({ bornVersion }) => bornVersion,
  }

  test.each(['risk', 'growth', 'new', 'priority'])('by %s come page by page, each once', async (sort) => {
    const all = await server.get<Page<RingRow>>(`/v1/rings?sort=${sort}&limit=200`)
    const paged: RingRow[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const after: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page = await server.get<Page<RingRow>>(`/v1/rings?sort=${sort}&limit=1${after}`)
      paged.push(...page.body.items)
      cursor = page.body.nextCursor
    }

    expect(paged).toEqual(all.body.items)
    expect(new Set(paged.map(({ ring }) => ring)).size).toBe(3)
    const values = paged.map((row) => valueOf[sort]?.(row) ?? 0)
    expect(values).toEqual(values.toSorted((a, b) => b - a))
  })

  test('grow by who came within the days asked for, and say so', async () => {
    const [first] = (await server.get<Page<RingRow>>('/v1/rings?sort=growth&growthDays=5')).body.items
    const [month] = (await server.get<Page<RingRow>>('/v1/rings?sort=growth&growthDays=90')).body.items

    expect(first).toMatchObject({ size: 5, growth: { days: 5, joined: 2, left: 0, sizeBefore: 3 } })
    expect(month).toMatchObject({ growth: { days: 90, sizeBefore: 0 } })
  })

  test('hold their roles, and identifiers on the scale', async () => {
    const { body } = await server.get<Page<RingRow>>('/v1/rings')

    for (const { size, roles, topEvidence } of body.items) {
      expect(Object.values(roles).reduce((a, b) => a + b)).toBe(size)
      expect(topEvidence[0]?.evidence).toBeGreaterThan(0)
    }
  })

  test('are found by what people decided', async () => {
    await server.post(`/v1/rings/${farm}/decisions`, { verdict: 'benign', reason: 'a farm' })
    const benign = () => server.get<Page<RingRow>>('/v1/rings?verdict=benign')
    const found = await until(benign, ({ body }) => body.items.length > 0)
    const none = await server.get<Page<RingRow>>('/v1/rings?verdict=none')

    expect(found.body.items.map(({ ring }) => ring)).toEqual([farm])
    expect(none.body.items).toHaveLength(2)
  })

  test('of one sort do not go on with the cursor of another', async () => {
    const { body } = await server.get<Page<RingRow>>('/v1/rings?sort=new&limit=1')
    const other = await server.get(`/v1/rings?sort=risk&cursor=${body.nextCursor}`)

    expect(other).toMatchObject({ status: 400, body: { code: 'invalid_input' } })
  })
})

describe('the graph of a ring', () => {
  test('draws its accounts and what ties them, and keeps the town’s address beside it', async () => {
    const { body } = await server.get<Graph>(`/v1/rings/${farm}/graph`)

    expect(body.accounts.map(({ account }) => account).toSorted()).toEqual(
      [odd, 'farm_0', 'farm_1', 'farm_2', 'farm_3', 'farm_4'].toSorted(),
    )
    expect(body.identifiers.map(({ countsAs }) => countsAs).toSorted()).toEqual([
      'device',
      'payment',
      'signupIp',
    ])
    expect(body.identifiers.find(({ justifies }) => justifies)?.kind).toBe('device')
    expect(body.hubs[0]).toMatchObject({ kind: 'ip', members: 5, accounts: 235 })
    expect(body.truncated).toBe(false)
  })

  test('keeps to its budget and says what it left out', async () => {
    const { body } = await server.get<Graph>(`/v1/rings/${farm}/graph?budget=4`)

    expect(body.accounts.length + body.identifiers.length).toBe(4)
    expect(body.omitted).toMatchObject({ accounts: 3, identifiers: 2 })
    expect(body.truncated).toBe(true)
  })

  test('as CSV has a row a use, and nothing a sheet would run', async () => {
    const { body } = await server.get<Graph>(`/v1/rings/${farm}/graph`)
    const csv = await server.get(`/v1/rings/${farm}/graph?format=csv`)
    const rows = csvRows(csv.text)

    expect(csv.type).toBe('text/csv; charset=utf-8')
    const told = (row: Readonly<Record<string, unknown>>) => [
      row['kind'],
      // One in sixty-four begins with what a sheet would run.
      String(row['ref']).replace(/^'-/, '-'),
      String(row['evidence']),
    ]
    expect(rows.map(told)).toEqual(body.uses.map(told))
    expect(rows.map((row) => row['account'])).toContain(`'${odd}`)
  })

  test('as GraphML is well-formed and names both ends of every edge', async () => {
    const { body } = await server.get<Graph>(`/v1/rings/${farm}/graph`)
    const { text, type } = await server.get(`/v1/rings/${farm}/graph?format=graphml`)
    const nodes = [...text.matchAll(/<node id="([^"]+)"/g)].map(([, id]) => id)
    const ends = [...text.matchAll(/<edge source="([^"]+)" target="([^"]+)"/g)]

    expect(type).toBe('application/graphml+xml; charset=utf-8')
    expect(openTags(text)).toEqual([])
    expect(new Set(nodes).size).toBe(body.accounts.length + body.identifiers.length)
    expect(ends).toHaveLength(body.uses.length)
    for (const [, source, target] of ends) expect(nodes).toEqual(expect.arrayContaining([source, target]))
    expect(text).toContain('=odd,&quot;one&quot;&lt;&amp;&gt;')
  })
})

/** RFC 4180, its first row naming the columns. */
function csvRows(text: string): readonly Readonly<Record<string, string>>[] {
  const lines = text.trimEnd().split('\r\n')
  const [names = [], ...rows] = lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    ),
  )
  return rows.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])))
}

/** Tags that nobody closed, or closed in another order. */
function openTags(xml: string): readonly string[] {
  const open: string[] = []
  for (const [, close, name = '', self] of xml.matchAll(/<(\/?)([\w.]+)[^<>]*?(\/?)>/g)) {
    if (self === '/') continue
    if (close !== '/') open.push(name)
    else if (open.pop() !== name) return [name]
  }
  return open
}

describe('the timeline of a ring', () => {
  interface Timeline {
    readonly days: readonly Readonly<Record<string, number | string>>[]
    readonly lanes: readonly {
      readonly account: string
      readonly marks: readonly { what: string; at: string }[]
    }[]
    readonly bursts: readonly { readonly what: string; readonly accounts: number }[]
  }

  // Each of six came to the device, five of them to the card and, on their first day, to the address.
  test('counts each day and tells each account’s marks in order', async () => {
    const { body } = await server.get<Timeline>(`/v1/rings/${farm}/timeline`)

    expect(body.days).toMatchObject([{ day: '2026-05-02', signup: 6, first_share: 16, money: 6, trouble: 0 }])
    expect(body.bursts).toMatchObject([{ what: 'births', accounts: 6 }, { what: 'arrivals' }])
    const lane = body.lanes.find(({ account }) => account === 'farm_0')
    expect(lane?.marks.map(({ what }) => what).toSorted()).toEqual(
      ['first_share', 'first_share', 'first_share', 'money', 'money', 'signup'].toSorted(),
    )
    expect(lane?.marks.map(({ at }) => at)).toEqual(lane?.marks.map(({ at }) => at).toSorted())
  })

  test('of a stretch of time tells nothing else', async () => {
    const from = '2026-05-02T10:12:00.000Z'
    const { body } = await server.get<Timeline>(`/v1/rings/${farm}/timeline?from=${from}&lanes=2`)

    expect(body.lanes).toHaveLength(2)
    expect(body).toMatchObject({ omitted: { lanes: 4 }, truncated: true })
    for (const { marks } of body.lanes) for (const { at } of marks) expect(at >= from).toBe(true)
  })
})

describe('the brief of a ring', () => {
  test('answers six questions and holds its own figures together', async () => {
    const { body } = await server.get<{
      howSure: { risk: number; interval: { low: number; high: number }; sentence: string }
      ties: { links: readonly { evidence: number; probability: number }[]; decisive: readonly unknown[] }
      atRisk: { money: readonly unknown[]; sentence: string }
      whatToDo: { action: string; targets: number; expectedWrong: number }
      changeMind: { sentence: string }
      rank: unknown
      what: { size: number; sentence: string }
    }>(`/v1/rings/${farm}/brief`)

    expect(body.what).toMatchObject({ size: 6, sentence: '6 of its 6 accounts use one device.' })
    expect(body.howSure.interval.low).toBeLessThanOrEqual(body.howSure.risk)
    expect(body.howSure.interval.high).toBeGreaterThanOrEqual(body.howSure.risk)
    for (const { evidence, probability } of body.ties.links)
      expect(probability).toBeCloseTo(1 - Math.exp(-evidence), 5)
    expect(body.whatToDo.expectedWrong).toBeLessThanOrEqual(body.whatToDo.targets)
    expect(body.changeMind.sentence).toContain('ithout')
  })

  test('holds its risk against what people decided on rings of such a risk', async () => {
    const other = (await server.get<Page<RingRow>>('/v1/rings?minSize=5&verdict=none')).body.items[0]
    await server.post(`/v1/rings/${other?.ring}/decisions`, { verdict: 'confirm', reason: 'a ring' })

    const after = await server.get<{
      howSure: { decided: { rings: number; confirmed: number }; sentence: string }
    }>(`/v1/rings/${other?.ring}/brief`)

    expect(after.body.howSure.decided.confirmed).toBe(1)
    expect(after.body.howSure.sentence).toMatch(/^Of [12] rings? scored .* 1 proved right\.$/)
  })

  test('of a ring that is not there is 404', async () => {
    for (const part of ['graph', 'timeline', 'brief']) {
      expect(await server.get(`/v1/rings/ring_9_nope/${part}`)).toMatchObject({
        status: 404,
        body: { code: 'ring_not_found' },
      })
    }
  })
})
