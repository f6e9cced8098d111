/** The accounts of a ring, page by page. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ringOf } from '../../../support/processes/deliveries.ts'
import { type Served, served, until } from '../../../support/processes/served.ts'

interface Members {
  readonly version: number
  readonly size: number
  readonly items: readonly {
    readonly account: string
    readonly risk: number
    readonly compromise: number
  }[]
  readonly nextCursor: string | null
}

let server: Served
let path: string
beforeAll(async () => {
  server = await served()
  await server.post('/v1/labels', [
    { account: 'paged_3', label: 'fraud', source: 'desk', at: '2026-05-03T00:00:00Z' },
  ])
  await grow(6)
})
afterAll(() => server[Symbol.asyncDispose]())

async function grow(size: number): Promise<void> {
  await server.post('/v1/events', ringOf('paged', size))
  const look = () => server.get<{ ring: { id: string; size: number } | null }>('/v1/accounts/paged_0/risk')
  const { body } = await until(look, (reply) => reply.body.ring?.size === size)
  path = `/v1/rings/${body.ring?.id}/members`
}

const page = async (query: string) => (await server.get<Members>(`${path}?${query}`)).body
const names = ({ items }: Members) => items.map(({ account }) => account)
const cursorOf = ({ nextCursor }: Members) => `cursor=${nextCursor}`

test('pages go on where the one before ended, also after the next run, or stay with one version', async () => {
  const first = await page('limit=4')
  await grow(8)

  const rest = await page(`limit=100&${cursorOf(first)}`)
  const then = await page(`limit=100&${cursorOf(first)}&v=${first.version}`)

  expect(names(first)).toEqual(['paged_0', 'paged_1', 'paged_2', 'paged_3'])
  expect([first.size, rest.size, then.size]).toEqual([6, 8, 6])
  expect(names(rest)).toEqual(['paged_4', 'paged_5', 'paged_6', 'paged_7'])
  expect(names(then)).toEqual(['paged_4', 'paged_5'])
  expect(rest.nextCursor).toBeNull()
})

test('those at most risk come first if asked for, on every page', async () => {
  const first = await page('limit=1&sort=risk')
  const rest = await page(`limit=100&sort=risk&${cursorOf(first)}`)

  const all = [...first.items, ...rest.items]
  const figures = all.map(({ risk, compromise }) => Math.max(risk, compromise))

  expect(names(first)).toEqual(['paged_3'])
  expect(figures).toEqual(figures.toSorted((a, b) => b - a))
  expect(new Set(all.map(({ account }) => account)).size).toBe(8)
})

test('a cursor of another order, or of no page, is refused', async () => {
  const other = await page('limit=1&sort=risk')

  for (const query of [cursorOf(other), 'cursor=nope', 'limit=1001'])
    expect(await server.get(`${path}?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_input' },
    })
})
