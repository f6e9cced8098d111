/** Takeovers, page by page. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { StoredEvent } from '../../../../graph/model.ts'
import { compareText } from '../../../../graph/state/order.ts'
import { seen, start } from '../../../support/core/states.ts'
import { names } from '../../../support/core/tables.ts'
import { attack, established, hour, townsfolk } from '../../../support/core/takeovers.ts'
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

/** Of the last victim nobody says what was changed; of the first it is said twice and out of order. */
const said: readonly StoredEvent['changed'][] = [['password', 'email', 'password'], ['mfa']]
const lockedOut = (account: string, place: number): StoredEvent => {
  const at = start + place * 5 * hour + hour / 2
  const event = seen(account, ['device:thief'], { type: 'credential_change', at })
  const changed = said[place]
  return changed ? { ...event, changed } : event
}

/** As a customer would send it. */
const sent = ({ account, type, at, identifiers, changed }: StoredEvent) =>
  sentEvent(account, {
    type,
    ...(changed && { changed }),
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
      ...second.map(lockedOut),
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

test('what was changed is told as it was said, and is unknown where nobody said', async () => {
  interface Story {
    readonly account: string
    readonly changed: readonly { readonly parts: readonly string[] | null; readonly sentence: string }[]
    readonly revoke: { readonly password: boolean | null; readonly email: boolean; readonly reset: boolean }
    readonly sentences: readonly string[]
  }
  const { items } = await page()
  const ring = items.find(({ takeover }) =>
    takeover?.stories.some(({ account }) => account === second[0]),
  )?.ring
  const { body } = await server.get<{
    takeover: { revoke: Readonly<Record<string, unknown>>; stories: readonly Story[] }
  }>(`/v1/takeovers/${ring}`)
  const stories = second.map((account) => body.takeover.stories.find((story) => story.account === account))

  expect(stories.map((story) => story?.changed.map(({ parts }) => parts))).toEqual([
    [['email', 'password']],
    [['mfa']],
    [null],
  ])
  expect(stories.map((story) => story?.revoke)).toMatchObject([
    { password: true, email: true, reset: true },
    { password: false, email: false, reset: true },
    { password: null, email: false, reset: true },
  ])
  expect(body.takeover.revoke).toMatchObject({ resets: 3, passwords: 1, emails: 1, unsaid: 1 })
  expect(stories[0]?.sentences[1]).toBe(
    'Within three days e-mail address and password changed, payout details changed.',
  )
  expect(stories[2]?.changed[0]?.sentence).toBe('Credentials changed (not known which)')
  const lanes = await server.get<{
    lanes: readonly {
      account: string
      marks: readonly { type?: string; changed?: readonly string[] | null }[]
    }[]
  }>(`/v1/rings/${ring}/timeline`)
  const marksOf = (account: string | undefined) =>
    lanes.body.lanes
      .find((lane) => lane.account === account)
      ?.marks.flatMap(({ type, changed }) => (type === 'credential_change' ? [changed] : []))
  expect(second.map(marksOf)).toEqual([[['email', 'password']], [['mfa']], [null]])
  const { body: history } = await server.get<{ items: readonly { type?: string; changed?: unknown }[] }>(
    `/v1/accounts/${second[0]}/timeline`,
  )
  expect(history.items.find(({ type }) => type === 'credential_change')?.changed).toEqual([
    'email',
    'password',
  ])
})
