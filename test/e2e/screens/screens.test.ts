/** Everything that the screens of a console show is answered by a running server. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCommand, runJson } from '../../support/processes/command.ts'
import { type Served, served, until } from '../../support/processes/served.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { screens } from './figures.ts'
import { changes, foretold, hub } from './more-figures.ts'

const dir = tempDir()
const data = join(dir.path, 'data')

interface Row {
  readonly ring: string
  readonly strongest: { readonly a: string; readonly b: string } | null
  readonly stage: { readonly stage: string }
}
interface Page {
  readonly items: readonly Row[]
}
interface Drawn {
  readonly hubs: readonly { readonly kind: string; readonly ref: string }[]
}

interface Victim {
  readonly account: string
  readonly at: string
}

let server: Served
const names = new Map<string, string>()

beforeAll(async () => {
  const world = ['--world', 'town', '--seed', '1', '--accounts', '2000', '--out', dir.path]
  await runJson('range', 'generate', ...world)
  const facets = join(dir.path, 'facets')
  mkdirSync(facets)
  writeFileSync(join(facets, 'facets.yaml'), 'version: 1\nplace: [{ file: places.csv }]\n')
  writeFileSync(join(facets, 'places.csv'), placesOfAddresses())
  await runCommand(['ingest', join(dir.path, 'events.ndjson'), '--data', data, '--json'], {
    RINGLEADER_FACETS: facets,
  })
  await runJson('detect', '--data', data)
  server = await served({ dataDir: data })
  await until(
    () => server.get<Page>('/v1/queue'),
    ({ body }) => body.items.length > 0,
  )
  await nameSubjects()
}, 240_000)
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  dir[Symbol.dispose]()
})

/** Each network of IPv4 lies somewhere. */
const placesOfAddresses = (): string =>
  Array.from({ length: 256 }, (_, n) => `${n}.0.0.0/8,${(n % 8) * 10 - 30},${(n % 16) * 20 - 150}`).join('\n')

/** What the rows of the table are asked of. */
async function nameSubjects(): Promise<void> {
  const rings = async (query: string) => (await server.get<Page>(`/v1/rings?${query}&limit=200`)).body.items
  const [ring] = await rings('class=fraud_ring&sort=priority')
  const [decided] = await rings('class=uncertain')
  const [takeover] = await rings('class=takeover_cluster')
  if (!ring?.strongest || !decided || !takeover) throw new Error('The world has too few rings')
  const { a, b } = ring.strongest
  for (const [name, value] of Object.entries({
    ring: ring.ring,
    decided: decided.ring,
    takeover: takeover.ring,
    a,
    b,
  }))
    names.set(name, value)
  const { columns } = (
    await server.get<{ columns: readonly { kind: string; ref: string }[] }>(`/v1/rings/${ring.ring}/matrix`)
  ).body
  names.set('kind', columns[0]?.kind ?? '').set('ref', columns[0]?.ref ?? '')
  const { body } = await server.get<{ takeover: { stories: readonly Victim[] } }>(
    `/v1/takeovers/${takeover.ring}`,
  )
  const [victim] = body.takeover.stories
  if (!victim) throw new Error('A takeover has victims')
  names.set('victim', victim.account).set('stranger', victim.account)
  await changeCredentials(victim)
  await nameHub([...(await rings('minSize=3'))])
  await server.send(`/v1/rings/${ring.ring}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ owner: 'J. Osei' }),
  })
  await server.post(`/v1/rings/${decided.ring}/decisions`, { verdict: 'confirm', reason: 'refund farm' })
  await until(
    () => rings('verdict=confirm'),
    (found) => found.length > 0,
  )
}

/** The worlds of the range do not say what a change of credentials was. */
async function changeCredentials({ account, at }: Victim): Promise<void> {
  const occurredAt = new Date(Date.parse(at) + 60_000).toISOString()
  const changed = ['email', 'password']
  const event = { eventId: 'said', type: 'credential_change', account, occurredAt, changed }
  await server.post('/v1/events', [event])
  await until(
    () => server.get<{ items: readonly { changed?: unknown }[] }>(`/v1/accounts/${account}/timeline`),
    ({ body }) => body.items.some((item) => Array.isArray(item.changed)),
  )
}

/** A ring whose accounts share what too many use. */
async function nameHub(rings: readonly Row[]): Promise<void> {
  for (const { ring } of rings) {
    const [hub] = (await server.get<Drawn>(`/v1/rings/${ring}/graph`)).body.hubs
    if (!hub) continue
    names.set('hubbed', ring).set('hubKind', hub.kind).set('hubRef', hub.ref)
    return
  }
  throw new Error('No ring of the world meets on a hub')
}

const filled = (route: string): string =>
  route.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names.get(name) ?? name))

const answers = new Map<string, Promise<unknown>>()
function answerOf(route: string): Promise<unknown> {
  const known = answers.get(route) ?? server.get<unknown>(filled(route)).then(({ body }) => body)
  answers.set(route, known)
  return known
}

/** Values a pointer leads to; `*` is each item of a list. */
function valuesAt(value: unknown, pointer: string): readonly unknown[] {
  return pointer
    .split('/')
    .slice(1)
    .reduce<readonly unknown[]>(
      (found, step) =>
        found.flatMap((one) => {
          if (step === '*') return Array.isArray(one) ? (one as readonly unknown[]) : []
          return typeof one === 'object' && one !== null && Object.hasOwn(one, step)
            ? [(one as Readonly<Record<string, unknown>>)[step]]
            : []
        }),
      [value],
    )
}

const isTold = (value: unknown): boolean => value !== null && value !== undefined && value !== ''

describe.each(Object.entries({ ...screens, changes, foretold, hub }))('%s', (_, figures) => {
  test.each(figures)('%s: %s %s', async (_shown, route, pointer) => {
    const values = valuesAt(await answerOf(route), pointer)

    expect(values.some(isTold)).toBe(true)
  })
})
