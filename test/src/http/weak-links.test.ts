import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { linkSchema } from '../../../src/http/schemas-link.ts'
import { eventually, type Server, startServer } from '../../support/processes/server.ts'

let api: Server

/** One device; one target, a minute apart; pictures of which three bands agree. */
const crew = [
  { account: 'ada', occurredAt: '2026-05-02T10:15:00Z', image: '0123456789abcdef' },
  { account: 'bob', occurredAt: '2026-05-02T10:16:00Z', image: '0123456789ab0000' },
  { account: 'cem', occurredAt: '2026-05-09T10:15:00Z', image: 'fedcba9876543210' },
]

beforeAll(async () => {
  api = await startServer()
  const events = crew.map(({ account, occurredAt, image }) => ({
    eventId: account,
    type: 'signup',
    occurredAt,
    account,
    identifiers: { device: 'theirs', image },
    action: 'like',
    target: 'offer',
  }))
  await api.post('/v1/events', events)
  await eventually(
    () => api.get('/v1/rings'),
    ({ body }) => (body['items'] as unknown[]).length > 0,
  )
}, 30_000)
afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

test('a link tells when two did the same, and that their pictures are alike', async () => {
  const { body } = await api.get('/v1/links/explain?a=ada&b=bob')

  const { shared } = linkSchema.parse(body['direct'])
  const rowsOf = (kind: string) => shared.filter((row) => row.kind === kind)
  expect(rowsOf('target')).toMatchObject([
    {
      evidence: expect.closeTo(Math.log(1.3), 5),
      accounts: 3,
      moments: [
        { start: '2026-05-02T10:07:30.000Z', accounts: 2 },
        { start: '2026-05-02T10:15:00.000Z', accounts: 2 },
      ],
      sentence: 'did the same within minutes: 2 shared windows of 15 minutes, 2 accounts in the quietest',
    },
  ])
  expect(rowsOf('imageBand')).toHaveLength(3)
  expect(rowsOf('imageBand')[0]).toMatchObject({
    evidence: expect.closeTo(Math.log(1.1), 4),
    agreeing: 3,
    sentence: 'nearly the same picture: 3 of 4 parts agree',
  })
})

test('a link is silent about a target of another week and pictures that differ', async () => {
  const { body } = await api.get('/v1/links/explain?a=ada&b=cem')

  const { shared } = linkSchema.parse(body['direct'])
  expect(shared.map(({ kind }) => kind)).toEqual(['device'])
})
