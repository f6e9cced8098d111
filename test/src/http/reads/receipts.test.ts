/** What a verdict was taken on stays as it was, and says so. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ringOf } from '../../../support/processes/deliveries.ts'
import { type Served, served, until } from '../../../support/processes/served.ts'

interface Part {
  readonly [field: string]: unknown
}
interface Answer {
  readonly receipt: {
    readonly parts: Readonly<Record<'decision' | 'basis' | 'ring' | 'members' | 'explanation', Part>>
    readonly hash: string
  }
  readonly check: {
    readonly isWhole: boolean
    readonly differs: readonly { readonly pointer: string; readonly why: string }[]
    readonly row: { readonly seq: number } | null
  }
}
type Shown = Readonly<Record<string, unknown>>

let server: Served
let ring: string
let decision: string
let path: string
let seen: Record<'ring' | 'members' | 'explain', Shown>
beforeAll(async () => {
  server = await served()
  await server.post('/v1/events', ringOf('frozen', 5))
  const look = () => server.get<{ ring: { id: string } | null }>('/v1/accounts/frozen_0/risk')
  ring = (await until(look, ({ body }) => body.ring !== null)).body.ring?.id ?? ''
  const shown = async (more: string) => (await server.get<Shown>(`/v1/rings/${ring}${more}`)).body
  seen = { ring: await shown(''), members: await shown('/members'), explain: await shown('/explain') }
  const order = { verdict: 'confirm', reason: 'one face on all papers' }
  const made = await server.post<{ id: string }>(`/v1/rings/${ring}/decisions`, order)
  decision = made.body.id
  path = `/v1/rings/${ring}/decisions/${decision}/receipt`
}, 120_000)
afterAll(() => server[Symbol.asyncDispose]())

const read = async (): Promise<Answer> => (await server.get<Answer>(path)).body

const without = (shown: Shown, field: string): Shown =>
  Object.fromEntries(Object.entries(shown).filter(([name]) => name !== field))

test('a receipt holds what was shown of the ring when the verdict was taken, whatever became of it since', async () => {
  await until(
    () => server.get<Shown>(`/v1/rings/${ring}`),
    ({ body }) => body['verdict'] !== undefined,
  )
  const { receipt, check } = await read()
  const { parts } = receipt

  expect(check).toMatchObject({ isWhole: true, differs: [], row: { seq: expect.any(Number) } })
  expect(parts.decision).toMatchObject({
    id: decision,
    ring,
    verdict: 'confirm',
    author: 'key:test',
    reason: 'one face on all papers',
    version: seen.ring['version'],
    accounts: 5,
  })
  expect(parts.explanation).toEqual(without(seen.explain, 'meta'))
  expect(seen.ring).toMatchObject(without(parts.ring, 'reasons'))
  expect(parts.members).toMatchObject({ size: 5, truncated: false })
  expect(sorted(parts.members['listed'])).toMatchObject(sorted(seen.members['items']))
  expect(parts.basis).toMatchObject({
    program: expect.stringMatching(/^\d+\.\d+\.\d+/),
    run: {
      version: expect.any(Number),
      policy: expect.stringContaining(''),
      models: 'shipped',
      statistics: { kinds: expect.any(Array) },
    },
  })
})

const sorted = (members: unknown): readonly Shown[] =>
  (members as readonly Shown[])
    .map((member) => without(member, 'reasons'))
    .toSorted((a, b) => (String(a['account']) < String(b['account']) ? -1 : 1))

test('its hash stands in the decisions and in the audit', async () => {
  const { receipt, check } = await read()
  const decisions = (await server.get<{ items: readonly Shown[] }>(`/v1/rings/${ring}/decisions`)).body
  const audit = (await server.get<{ items: readonly Shown[] }>('/v1/audit')).body.items

  expect(decisions.items).toMatchObject([{ id: decision, receipt: receipt.hash }])
  expect(audit.filter(({ content }) => content === receipt.hash)).toMatchObject([
    { seq: check.row?.seq, action: 'ring.confirm', subject: `${ring} ${decision}` },
  ])
})

test('no identifier is in it in clear', async () => {
  const text = JSON.stringify(await read())

  expect(text).not.toMatch(/frozen_(device|token)/)
  expect(text).toContain('frozen_0')
})

test('of a decision or a ring that is not there is 404', async () => {
  const other = await server.get<{ code: string }>(`/v1/rings/${ring}/decisions/dec_nope/receipt`)
  const none = await server.get<{ code: string }>(`/v1/rings/ring_9_nope/decisions/${decision}/receipt`)

  expect([other.status, other.body.code]).toEqual([404, 'not_found'])
  expect([none.status, none.body.code]).toEqual([404, 'ring_not_found'])
})

describe('a store that was altered is told:', () => {
  /** Edits texts in a table, looks, and puts them back. */
  async function altered(table: string, [from, to]: readonly [string, string]): Promise<Answer['check']> {
    using database = new DatabaseSync(join(server.config.dataDir, 'ringleader.db'))
    const edit = database.prepare(`UPDATE ${table} SET body = replace(body, ?, ?)`)
    edit.run(from, to)
    const { check } = await read()
    edit.run(to, from)
    return check
  }
  const pointers = ({ differs }: Answer['check']) => differs.map(({ pointer }) => pointer)

  test('the receipt, by its part', async () => {
    const check = await altered('receipt', ['"account":"frozen_0"', '"account":"frozen_9"'])

    expect(pointers(check)).toEqual(['/parts/members'])
  })

  test('the decision, by its field', async () => {
    const check = await altered('decision', ['one face', 'two faces'])

    expect(pointers(check)).toEqual(['/parts/decision/reason'])
  })

  test('the decision’s hash, and the audit', async () => {
    const { receipt } = await read()
    const other = 'ab'.repeat(32)

    expect(pointers(await altered('decision', [receipt.hash, other]))).toEqual(['/hash', '/hash'])
    expect(pointers(await altered('audit', [receipt.hash, other]))).toEqual(['/hash'])
    expect(pointers(await altered('audit', ['"ring.confirm"', '"ring.benign"']))).toEqual(['/hash'])
  })

  test('and no longer when it is as it was', async () => {
    expect((await read()).check.isWhole).toBe(true)
  })
})

test('a retraction leaves the receipt as it is', async () => {
  const before = await read()
  await server.send(`/v1/rings/${ring}/decisions/${decision}`, { method: 'DELETE' })

  expect(await read()).toEqual(before)
})
