/** What people hold to be true, through an API: made, obeyed, explained, taken back; alike on every profile. */
import { expect } from '@jest/globals'
import { type Ask, expectDecisions } from './decisions.ts'
import { ringOf, sentEvent } from './deliveries.ts'
import { until } from './served.ts'

const waitMs = 60_000
const path = '/v1/assertions'
const left = ['left_0', 'left_1', 'left_2']
const right = ['right_0', 'right_1', 'right_2']
const why = { reason: 'one face on all papers' }

interface Explained {
  readonly linked: boolean
  readonly direct: {
    readonly said?: { readonly assertion: string }
    readonly shared: readonly { readonly kind: string; readonly ref: string; readonly note?: string }[]
  }
}
interface Links {
  readonly items: readonly { readonly account: string; readonly said?: { readonly assertion: string } }[]
}
interface Listed {
  readonly items: readonly { readonly id: string; readonly stands: boolean }[]
  readonly nextCursor: string | null
}

/** Verdicts too. */
export async function expectObeyed(ask: Ask): Promise<void> {
  await expectDecisions(ask)
  await expectAssertions(ask)
  await expectFacets(ask)
}

/** What follows from an address is told to whoever says that it is shared by design, and counts until they say so of it. */
export async function expectFacets(ask: Ask): Promise<void> {
  const identifiers = { device: 'desk', ip: '203.0.113.7' }
  await ask(
    'POST',
    '/v1/events',
    ['desk_0', 'desk_1'].map((account) => sentEvent(account, { identifiers })),
  )
  const ofKind = async (wanted: string) => {
    const { body } = await ask('GET', '/v1/links/explain?a=desk_0&b=desk_1')
    const { shared = [] } = (body as unknown as Partial<Explained>).direct ?? {}
    return shared.find(({ kind }) => kind === wanted)
  }
  const ip = await until(
    () => ofKind('ip'),
    (found) => found !== undefined,
    waitMs,
  )
  const made = await ask('POST', path, { kind: 'shared_by_design', subjects: [`ip:${ip?.ref}`], ...why })
  const [network] = made.body['facets'] as readonly { readonly ref: string }[]
  const before = await ofKind('ip24')
  const subjects = [`ip24:${network?.ref}`, `ip:${ip?.ref}`]
  const both = await ask('POST', path, { kind: 'shared_by_design', subjects, ...why })
  const page = (await ask('GET', `/v1/identifiers/ip/${ip?.ref}`)).body

  expect(made.body['facets']).toEqual([
    { kind: 'ip24', ref: before?.ref, mask: '203.0.*.*', accounts: 2, sharedByDesign: false },
  ])
  expect(before?.note).not.toBe('shared_by_design')
  expect(both).toMatchObject({ status: 201, body: { subjects, facets: [{ sharedByDesign: true }] } })
  expect(await ofKind('ip24')).toMatchObject({ note: 'shared_by_design', evidence: 0 })
  expect([page['sharedByDesign'], page['facets']]).toEqual([true, both.body['facets']])
  for (const { body } of [made, both]) await ask('DELETE', `${path}/${String(body['id'])}`)
}

export async function expectAssertions(ask: Ask): Promise<void> {
  const risk = async (account: string) =>
    (await ask('GET', `/v1/accounts/${account}/risk`)).body as {
      readonly ring: { readonly id: string; readonly size: number; readonly role: string } | null
    }
  const isOf = (size: number) =>
    until(
      () => risk('left_0'),
      ({ ring }) => ring?.size === size,
      waitMs,
    )
  const explained = async (a: string, b: string) =>
    (await ask('GET', `/v1/links/explain?a=${a}&b=${b}`)).body as unknown as Explained
  const linksOf = async (account: string) => {
    const { items } = (await ask('GET', `/v1/accounts/${account}/links`)).body as unknown as Links
    return Object.fromEntries(items.map(({ account: other, said }) => [other, said]))
  }
  const listed = async (query = '') => (await ask('GET', `${path}${query}`)).body as unknown as Listed

  await ask('POST', '/v1/events', [...ringOf('left', 3), ...ringOf('right', 3)])
  const before = await isOf(3)
  const same = { kind: 'same_actor', subjects: [...left, ...right], ...why }
  const made = await ask('POST', path, same)
  const again = await ask('POST', path, { ...same, subjects: same.subjects.toReversed() })

  expect(made).toMatchObject({
    status: 201,
    body: { kind: 'same_actor', isNew: true, stands: true, role: null },
  })
  expect(again).toEqual({ status: 200, body: { ...made.body, isNew: false } })
  await isOf(6)
  expect((await explained('left_0', 'right_0')).direct).toMatchObject({
    said: { assertion: made.body['id'], kind: 'same_actor', ...why, evidence: 9, share: 1 },
    shared: [],
  })
  expect((await linksOf('left_0'))['right_0']).toMatchObject({ assertion: made.body['id'] })
  expect((await risk('left_2')).ring?.role).not.toBe('victim')

  const role = await ask('POST', path, { kind: 'role', role: 'victim', subjects: ['left_2'], ...why })
  await until(
    () => risk('left_2'),
    ({ ring }) => ring?.role === 'victim',
    waitMs,
  )
  const device = (await explained('left_0', 'left_1')).direct.shared.find(({ kind }) => kind === 'device')
  const key = `device:${device?.ref}`
  const shared = await ask('POST', path, { kind: 'shared_by_design', subjects: [key], ...why })
  const noted = await explained('left_0', 'left_1')

  expect(role).toMatchObject({ status: 201, body: { role: 'victim' } })
  expect(shared).toMatchObject({ status: 201, body: { subjects: [key] } })
  expect(noted.direct.shared.find(({ kind }) => kind === 'device')).toMatchObject({
    note: 'shared_by_design',
    evidence: 0,
    saidBy: { assertion: shared.body['id'], ...why },
  })
  expect((await listed('?account=left_2')).items.map(({ id }) => id)).toEqual([
    role.body['id'],
    made.body['id'],
  ])
  expect((await listed('?kind=shared_by_design')).items).toMatchObject([{ id: shared.body['id'] }])
  const first = await listed('?limit=2')
  const rest = await listed(`?limit=2&cursor=${first.nextCursor}`)
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null])

  for (const { body } of [made, role, shared])
    expect(await ask('DELETE', `${path}/${String(body['id'])}`)).toMatchObject({
      status: 200,
      body: { retractedAt: expect.any(String), stands: false },
    })
  expect((await ask('DELETE', `${path}/${String(made.body['id'])}`)).status).toBe(404)
  expect((await isOf(3)).ring?.role).toBe(before.ring?.role)
  expect((await explained('left_0', 'right_0')).direct.said).toBeUndefined()
  expect((await listed()).items).toEqual([])
  expect((await listed('?standing=false')).items.map(({ stands }) => stands)).toEqual([false, false, false])
}
