/** The pages of a ring, asked of a server that serves it. */
import { expect } from '@jest/globals'
import { eventually } from './server.ts'

/** `account` and `other` are in one ring. */
export async function expectPages(
  get: (path: string) => Promise<{ status: number; body: Record<string, never> }>,
  [account, other]: readonly [string, string],
): Promise<void> {
  const risk = await get(`/v1/accounts/${account}/risk`)
  const { ring } = risk.body as { readonly ring?: { readonly id: string } }
  const pages = ['graph', 'timeline', 'brief', 'explain', `why/${account}`].map(
    (page) => `/v1/rings/${ring?.id}/${page}`,
  )

  const answers = await Promise.all(
    [...pages, `/v1/links/explain?a=${account}&b=${other}`, '/v1/rings/ring_no/brief'].map(get),
  )

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 404])
  await expectForetold(get, [account, other])
}

/** As whoever detects knows it, in this process or another. */
async function expectForetold(
  get: (path: string) => Promise<{ status: number; body: Record<string, unknown> }>,
  [account, other]: readonly [string, string],
): Promise<void> {
  const { body } = await eventually(
    () => get(`/v1/compare?a=${account}&b=${other}&foretell=true`),
    ({ body: { sayings } }) => !JSON.stringify(sayings).includes('"foretold":null'),
  )

  expect(body).toMatchObject({
    sayings: [{}, { kind: 'same_actor', foretold: { accounts: [{ account }, { account: other }] } }, {}],
  })
}
