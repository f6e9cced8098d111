/** An identifier and who uses it; and whatever one has, found. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ringOf, sentEvent } from '../../../support/processes/deliveries.ts'
import { type Served, served, until } from '../../../support/processes/served.ts'

interface Brief {
  readonly kind: string
  readonly ref: string
  readonly accounts: number
  readonly evidence: number
  readonly sharedByDesign: boolean
}
interface Page extends Brief {
  readonly users: readonly { readonly account: string; readonly firstSeen: string; readonly ring: string }[]
  readonly truncated: boolean
}
interface Found {
  readonly account: { readonly known: boolean }
  readonly ring: { readonly ring: string } | null
  readonly identifiers: readonly Brief[]
}

let server: Served
let ring: string
let device: Brief
beforeAll(async () => {
  server = await served()
  const early = { occurredAt: '2026-04-01T10:00:00Z', identifiers: { device: 'kept_device' } }
  await server.post('/v1/events', [...ringOf('kept', 5), sentEvent('kept_4', early)])
  const look = () => server.get<{ ring: { id: string } | null }>('/v1/accounts/kept_0/risk')
  ring = (await until(look, ({ body }) => body.ring !== null)).body.ring?.id ?? ''
  const found = await search('kept_device')
  device = found.body.identifiers.find(({ kind }) => kind === 'device') as Brief
})
afterAll(() => server[Symbol.asyncDispose]())

const search = (text: string) => server.post<Found & { code: string }>('/v1/search', { text })

test('an identifier tells who uses it, first come first, and how they stand', async () => {
  const { body } = await server.get<Page>(`/v1/identifiers/device/${device.ref}`)
  const cut = await server.get<Page>(`/v1/identifiers/device/${device.ref}?limit=2`)

  expect(body).toMatchObject({ ...device, accounts: 5, sharedByDesign: false, truncated: false })
  expect(body.evidence).toBeGreaterThan(0)
  expect(body.users.map(({ account }) => account)).toEqual(['kept_4', 'kept_0', 'kept_1', 'kept_2', 'kept_3'])
  expect(body.users[0]).toMatchObject({ firstSeen: '2026-04-01T10:00:00.000Z', ring })
  expect([cut.body.users.length, cut.body.truncated]).toEqual([2, true])
})

test('of those who use it the members of a ring are told, most tied first', async () => {
  interface InRing {
    readonly inRing: { readonly members: number }
    readonly users: readonly { readonly account: string; readonly tie: number; readonly ring: string }[]
  }
  const path = `/v1/identifiers/device/${device.ref}?ring=`
  const { body } = await server.get<InRing>(`${path}${ring}`)
  const { body: cut } = await server.get<InRing & { truncated: boolean }>(`${path}${ring}&limit=2`)
  const ties = await server.get<{ items: readonly { account: string; ties: { tie: number } }[] }>(
    `/v1/rings/${ring}/members?ties=true`,
  )

  expect(body.inRing).toMatchObject({ ring, members: 5 })
  const known = new Map(ties.body.items.map((one) => [one.account, one.ties.tie]))
  expect(body.users.map(({ account, tie }) => known.get(account) === tie)).toEqual(Array(5).fill(true))
  expect(body.users.map(({ tie }) => tie)).toEqual(body.users.map(({ tie }) => tie).toSorted((a, b) => b - a))
  expect(body.users.every((user) => user.ring === ring)).toBe(true)
  expect([cut.inRing.members, cut.users.length, cut.truncated]).toEqual([5, 2, true])
  expect((await server.get(`${path}ring_9_no`)).status).toBe(404)
})

test('one that people said is shared by design says nothing of its users', async () => {
  const subjects = [`device:${device.ref}`]
  const said = await server.post<{ id: string }>('/v1/assertions', {
    kind: 'shared_by_design',
    subjects,
    reason: 'the tablet of our shop',
  })
  const look = () => server.get<Page>(`/v1/identifiers/device/${device.ref}`)
  const { body } = await until(look, (reply) => reply.body.sharedByDesign)

  expect([said.status < 300, body.sharedByDesign, body.evidence]).toEqual([true, true, 0])
  await server.send(`/v1/assertions/${said.body.id}`, { method: 'DELETE' })
})

test('accounts, rings and identifiers are found by what one has', async () => {
  const account = await search('kept_0')
  const nobody = await search('never_seen')

  expect([account.body.account.known, account.body.ring]).toEqual([true, null])
  expect((await search(ring)).body.ring?.ring).toBe(ring)
  expect((await search(`device:${device.ref}`)).body.identifiers).toEqual([
    expect.objectContaining({ kind: 'device', accounts: 5 }),
  ])
  expect(nobody.body).toMatchObject({ account: { known: false }, ring: null, identifiers: [] })
})

test('a card number is refused, and not echoed; what nobody used is not found', async () => {
  const refused = await search('4111 1111 1111 1111')

  expect([refused.status, refused.body.code]).toEqual([422, 'card_number'])
  expect(refused.text).not.toContain('4111')
  expect((await server.get('/v1/identifiers/device/nope')).status).toBe(404)
})
