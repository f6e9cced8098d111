/** Takeovers, page by page. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { StoredEvent } from '../../../../graph/model.ts'
import { compareText } from '../../../../graph/state/order.ts'
import { names } from '../../../support/core/tables.ts'
import { attack, established, townsfolk } from '../../../support/core/takeovers.ts'
import { ringOf, sentEvent } from '../../../support/processes/deliveries.ts'
import { type Served, served, until } from '../../../support/processes/served.ts'

interface Takeovers {
  readonly items: readonly {
    readonly ring: string
    readonly version: number
    readonly class: string
    readonly takeover?: {
      readonly victims: number
      readonly pivots: readonly { readonly kind: string; readonly victims: number }[]
      readonly stories: readonly { readonly account: string }[]
    }
  }[]
  readonly nextCursor: string | null
  readonly meta: { readonly run: number }
}

const [first, second] = [names(4, 'first'), names(3, 'second')]

/** As a customer would send it. */
const sent = ({ account, type, at, identifiers }: StoredEvent) =>
  sentEvent(account, {
    type,
    occurredAt: new Date(at).toISOString(),
    ...(type === 'signup' && { accountCreatedAt: new Date(at).toISOString() }),
    identifiers: Object.fromEntries(
      identifiers.flatMap(({ kind, ref }) => (kind === 'device' || kind === 'cookie' ? [[kind, ref]] : [])),
    ),
  })

let server: Served
beforeAll(async () => {
  server = await served()
  await server.post(
    '/v1/events',
    [
      ...townsfolk,
      ...[...first, ...second].flatMap(established),
      ...attack(first, 'device:intruder'),
      ...attack(second, 'device:thief'),
    ]
      .map(sent)
      .concat(ringOf('farm', 4)),
  )
}, 60_000)
afterAll(() => server[Symbol.asyncDispose]())

const page = async (query = '') => (await server.get<Takeovers>(`/v1/takeovers${query}`)).body

test('each is told with what its victims met, one page after the other', async () => {
  // Served by the run that made them.
  await until(
    page,
    ({ items: found, meta }) => found.length === 2 && found.every(({ version }) => version <= meta.run),
  )
  const { items, nextCursor } = await page()
  const one = await page('?limit=1')
  const rest = await page(`?limit=1&cursor=${one.nextCursor}`)
  const largestFirst = items
    .flatMap(({ takeover }) => takeover ?? [])
    .toSorted((a, b) => b.victims - a.victims)

  expect(nextCursor).toBeNull()
  expect(items.map((item) => item.class)).toEqual(['takeover_cluster', 'takeover_cluster'])
  expect(
    largestFirst.map(({ stories }) => stories.map(({ account }) => account).toSorted(compareText)),
  ).toEqual([first, second])
  expect(largestFirst.map(({ pivots }) => pivots[0])).toMatchObject([
    { kind: 'device', victims: 4 },
    { kind: 'device', victims: 3 },
  ])
  expect([...one.items, ...rest.items]).toEqual(items)
  expect(rest.nextCursor).toBeNull()
}, 60_000)
