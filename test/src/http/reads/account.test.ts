import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { servedFarm } from '../../../support/processes/farm.ts'
import type { Served } from '../../../support/processes/served.ts'

interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}
let server: Served
let farm: string
beforeAll(async () => {
  ;({ server, farm } = await servedFarm())
}, 60_000)
afterAll(() => server[Symbol.asyncDispose]())

describe('an account', () => {
  interface Account {
    readonly identifiers: readonly Readonly<Record<string, unknown>>[]
    readonly labels: readonly unknown[]
    readonly relations: readonly unknown[]
    readonly risk: { readonly ring: { readonly id: string } }
  }

  test('shows what it uses, how many others do, and what was said of it', async () => {
    const { body } = await server.get<Account>('/v1/accounts/farm_0')

    expect(body).toMatchObject({
      account: 'farm_0',
      createdAt: '2026-05-02T10:10:00.000Z',
      risk: { ring: { id: farm } },
      labels: [{ label: 'fraud', source: 'desk', at: '2026-05-03T00:00:00.000Z' }],
      relations: [{ account: 'shop', relation: 'paid' }],
    })
    const found = body.identifiers.map(({ kind, accounts, crowding }) => [kind, accounts, crowding])
    expect(found).toEqual(
      expect.arrayContaining([
        ['device', 6, 'shared'],
        ['payment', 5, 'shared'],
        ['ip', 235, 'hub'],
      ]),
    )
    const evidence = body.identifiers.map((row) => Number(row['evidence']))
    expect(evidence).toEqual(evidence.toSorted((a, b) => b - a))
    expect(await server.get('/v1/accounts/nobody')).toMatchObject({ status: 404 })
  })

  test('is linked to the others, most evidence first, as explained between two', async () => {
    const { body } = await server.get<{
      items: readonly { account: string; evidence: number; ring: string }[]
      total: number
      truncated: boolean
    }>('/v1/accounts/farm_0/links?limit=4')
    const strongest = body.items[0]
    const explained = await server.get<{ direct: { evidence: number } }>(
      `/v1/links/explain?a=farm_0&b=${strongest?.account}`,
    )

    expect(body).toMatchObject({ total: 5, truncated: true })
    expect(body.items.map(({ evidence }) => evidence)).toEqual(
      body.items.map(({ evidence }) => evidence).toSorted((a, b) => b - a),
    )
    expect(strongest?.evidence).toBe(explained.body.direct.evidence)
    expect(body.items.every(({ ring }) => ring === farm)).toBe(true)
  })

  test('tells its story newest first, page by page, each moment once', async () => {
    interface Moment {
      readonly at: string
      readonly what: string
    }
    const all = await server.get<Page<Moment>>('/v1/accounts/farm_0/timeline?limit=200')
    const paged: Moment[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const after: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page = await server.get<Page<Moment>>(`/v1/accounts/farm_0/timeline?limit=2${after}`)
      paged.push(...page.body.items)
      cursor = page.body.nextCursor
    }

    expect(paged).toEqual(all.body.items)
    const told = all.body.items.map(({ what }) => what)
    expect(told.filter((what) => what === 'met')).toHaveLength(4)
    expect(new Set(told)).toEqual(new Set(['happened', 'related', 'met', 'labelled', 'created']))
    expect(all.body.items.map(({ at }) => at)).toEqual(
      all.body.items.map(({ at }) => at).toSorted((a, b) => (a < b ? 1 : -1)),
    )
  })
})
