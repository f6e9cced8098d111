/** What would be were something said, asked of a server. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { servedFarm } from '../../../support/processes/farm.ts'
import { type Served, until } from '../../../support/processes/served.ts'

interface Standing {
  readonly ring: { readonly id: string | null; readonly role: string } | null
  readonly risk: number
}
interface Fate {
  readonly run: number
  readonly accounts: readonly {
    readonly account: string
    readonly before: Standing
    readonly after: Standing
  }[]
  readonly others: number
  readonly sentence: string
}
interface Compared {
  readonly sayings: readonly { readonly kind: string; readonly foretold?: Fate | null }[]
}
interface Without {
  readonly version: number
  readonly together: readonly object[]
  readonly without: { readonly outcome: string; readonly lost: number } | null
  readonly foretold?: {
    readonly risk: { readonly before: number; readonly after: number | null }
    readonly rings: readonly { readonly accounts: number }[]
  } | null
}

let server: Served
let farm: string
beforeAll(async () => {
  ;({ server, farm } = await servedFarm())
}, 60_000)
afterAll(() => server[Symbol.asyncDispose]())

const compared = async (query: string) => (await server.get<Compared>(`/v1/compare?${query}`)).body.sayings

interface Risk {
  readonly risk: number
  readonly ring: { readonly id: string; readonly role: string } | null
  readonly provisional: boolean
}

test('two accounts are told how they would stand once they are said to be one, as they stand then', async () => {
  const pair = 'a=farm_1&b=town_7'
  const sayings = await until(
    () => compared(`${pair}&foretell=true`),
    ([saying]) => Boolean(saying?.foretold),
  )
  const same = sayings.find(({ kind }) => kind === 'same_actor')?.foretold
  const joined = same?.accounts.find(({ account }) => account === 'town_7')

  expect(same?.accounts.map(({ account }) => account)).toEqual(['farm_1', 'town_7'])
  expect(joined).toMatchObject({ before: { ring: null }, after: { ring: { id: farm } } })
  expect(same?.sentence).toContain(`town_7 joins ${farm} as ${joined?.after.ring?.role}`)
  expect(sayings.find(({ kind }) => kind === 'not_the_same')?.foretold).toMatchObject({ others: 0 })
  expect((await compared(pair)).map((saying) => Object.hasOwn(saying, 'foretold'))).toEqual([
    false,
    false,
    false,
  ])

  await server.post('/v1/assertions', {
    kind: 'same_actor',
    subjects: ['farm_1', 'town_7'],
    reason: 'one phone',
  })
  const risk = await until(
    () => server.get<Risk>('/v1/accounts/town_7/risk'),
    // Until it is found, by what is said alone.
    ({ body }) => body.ring !== null && !body.provisional,
  )
  expect(risk.body).toMatchObject({
    risk: joined?.after.risk,
    ring: { id: farm, role: joined?.after.ring?.role },
  })
}, 60_000)

test('a ring is told what risk would be left without what ties it, now and not as it was', async () => {
  const { body: matrix } = await server.get<{ columns: readonly { kind: string; ref: string }[] }>(
    `/v1/rings/${farm}/matrix`,
  )
  const names = matrix.columns.map(({ kind, ref }) => `${kind}:${ref}`)
  const ask = (identifiers: readonly string[], more = '') =>
    server.get<Without>(`/v1/rings/${farm}/without?identifier=${identifiers.join()}${more}`)

  const { body } = await until(
    () => ask(names, '&foretell=true'),
    (found) => Boolean(found.body.foretold),
  )
  const { body: one } = await ask(names.slice(0, 1), '&foretell=true')
  const { body: before } = await ask(names, '&v=1&foretell=true')

  expect(body.together).toHaveLength(names.length)
  expect(body.foretold?.rings).toEqual([])
  expect(body.foretold?.risk).toMatchObject({ after: null })
  expect(one.together).toHaveLength(1)
  expect(one.foretold?.rings[0]?.accounts).toBeGreaterThan(3)
  expect(before).toMatchObject({ version: 1, foretold: null })
  expect((await ask(names)).body.foretold).toBeUndefined()
  expect(await ask([...names, 'device:nobodys'])).toMatchObject({ status: 404 })
  expect(await ask(names.flatMap((name) => [0, 1, 2].map((n) => `${name}${n}`)))).toMatchObject({
    status: 400,
  })
}, 60_000)
