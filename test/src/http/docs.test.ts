import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { html } from '../../../src/http/docs/html.ts'
import { openApiDocument } from '../../../src/http/openapi.ts'
import { statusOf } from '../../../src/http/problem.ts'
import { routes } from '../../../src/http/routes.ts'
import { type Served, served } from '../../support/processes/served.ts'

let server: Served
let page: { readonly text: string; readonly headers: Headers; readonly type: string }
beforeAll(async () => {
  server = await served()
  page = await server.send('/docs', { key: null })
})
afterAll(() => server[Symbol.asyncDispose]())

const document = openApiDocument('0')
const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, { operationId: string; summary: string; tags: string[] }>).map(
    ([method, operation]) => ({ path, method, ...operation }),
  ),
)

test('the document holds every route once, under a name of its own, with a tag that is told of', () => {
  const told = routes.map(({ method, path }) => `${method} ${path}`)
  const tags = document.tags?.map(({ name }) => name)

  expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(told.toSorted())
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(told.length)
  for (const { summary, tags: own } of operations) {
    expect(summary).toMatch(/\.$/)
    expect(tags).toEqual(expect.arrayContaining(own))
  }
})

test.each(routes.map((one) => [`${one.method} ${one.path}`, one] as const))(
  '%s says of each code it may answer which status that is',
  (_, { method, path, problems = [], scope }) => {
    const responses = document.paths?.[path]?.[method]?.responses ?? {}
    const expected = [...problems, ...(scope === 'public' ? [] : (['unauthenticated', 'forbidden'] as const))]

    for (const code of expected) {
      expect(responses[statusOf[code]]).toMatchObject({ description: expect.stringContaining(code) })
    }
  },
)

test('the page tells of every operation and every shape', () => {
  expect(page.type).toBe('text/html; charset=utf-8')
  for (const { operationId } of operations) {
    expect(page.text).toContain(`<article id="${operationId}">`)
    expect(page.text).toContain(`href="#${operationId}"`)
  }
  const links = [...page.text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
  const ids = new Set([...page.text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
  expect(links.filter((id) => !ids.has(id ?? ''))).toEqual([])
})

test('the page asks for nothing else, and may run and show only what it holds', () => {
  const policy = page.headers.get('content-security-policy') ?? ''
  const hash = (text: string | undefined) =>
    `'sha256-${createHash('sha256')
      .update(text ?? '')
      .digest('base64')}'`
  const [, style] = /<style>(.*?)<\/style>/s.exec(page.text) ?? []
  const [, script] = /<script>(.*?)<\/script>/s.exec(page.text) ?? []

  expect(
    page.text.match(/(src|srcset|action)="|url\(|@import|<link|<img|<iframe| style="| on\w+="/g),
  ).toBeNull()
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ])
})

test('what is shown is escaped, once', () => {
  const inner = html`<b>${'<script>"\'&'}</b>`

  expect(html`<p>${inner}</p>`.text).toBe('<p><b>&lt;script&gt;&quot;&#39;&amp;</b></p>')
})
