/** The page at /docs: the OpenAPI document for people, whole in one answer, so that it asks for nothing else. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Document, Operation } from './document.ts'
import { type Html, html, join as joined } from './html.ts'
import { operationHtml, schemaHtml } from './operation.ts'
import type { Schemas } from './schema.ts'
import { filterScript } from './script.ts'

export interface DocsPage {
  readonly html: string
  /** Allows what the page holds and nothing else. */
  readonly contentSecurityPolicy: string
}

const style = readFileSync(join(import.meta.dirname, 'style.css'), 'utf8')

export function docsPage(document: Document): DocsPage {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const groups = document.tags
    .map((tag) => ({ ...tag, own: operations.filter(({ operation }) => operation.tags.includes(tag.name)) }))
    .filter(({ own }) => own.length > 0)
  const { schemas } = document.components
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title} API</title>
<style>${html.trusted(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${navigation(document, groups)}
<main id="main">
${introduction(document)}
${joined(groups.map((group) => section(group, schemas)))}
<section class="schemas" id="schemas"><h2>Shapes</h2>
${joined(Object.entries(schemas).map(([name, schema]) => schemaHtml(name, schema)))}
</section>
</main>
<script>${html.trusted(filterScript)}</script>
</body>
</html>
`
  return { html: page.text, contentSecurityPolicy: policyFor(style, filterScript) }
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const policyFor = (css: string, script: string): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(css)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

interface Group {
  readonly name: string
  readonly description: string
  readonly own: readonly { readonly path: string; readonly method: string; readonly operation: Operation }[]
}

const slug = (name: string): string => name.toLowerCase().replaceAll(/\W+/g, '-')

function navigation({ info }: Document, groups: readonly Group[]): Html {
  const lists = groups.map(
    ({ name, own }) =>
      html`<section><h2><a href="#${slug(name)}">${name}</a></h2><ul>${joined(
        own.map(
          ({ path, method, operation }) =>
            html`<li><a href="#${operation.operationId}"><b class="m ${method}">${short(method)}</b><span>${path.replace('/v1', '')}</span></a></li>`,
        ),
      )}</ul></section>`,
  )
  return html`<nav aria-label="Operations">
<header><a href="#main"><strong>${info.title}</strong> <span>API ${info.version}</span></a>
<input type="search" id="filter" placeholder="Filter  /" aria-label="Filter operations" autocomplete="off"></header>
${joined(lists)}
<section><h2><a href="#schemas">Shapes</a></h2></section>
</nav>`
}

const short = (method: string): string => (method === 'delete' ? 'DEL' : method.toUpperCase())

const section = ({ name, description, own }: Group, schemas: Schemas): Html =>
  html`<section class="group" id="${slug(name)}"><header><h2>${name}</h2><p>${description}</p></header>
${joined(own.map((one) => operationHtml(one, schemas)))}
</section>`

const introduction = ({ info }: Document): Html => html`<header class="intro">
<h1>${info.title}</h1>
<p class="lead">${info.description}</p>
<div class="facts">
<div><h3>Keys</h3><p>Send <code>Authorization: Bearer rl_…</code>. A key opens the routes of its scopes and no other. <code>ringleader keys create --name checkout --scope risk:read</code> makes one.</p></div>
<div><h3>Evidence</h3><p>One scale everywhere: nats <em>a</em>, of which the probability is <code>1 − exp(−a)</code>.</p>
<div class="ruler" aria-hidden="true"><i class="p50"></i><i class="p90"></i><i class="p99"></i><span class="at0">0</span><span class="at50">50 %</span><span class="at90">90 %</span><span class="at99">99 %</span><span class="at6">6</span></div></div>
<div><h3>Problems</h3><p>Failures are <code>application/problem+json</code> with a permanent <code>code</code>. They repeat nothing of what was sent. 429 and 503 say when to come back.</p></div>
</div>
<p class="links"><a href="/openapi.json">openapi.json</a><span>The document this page is made from, OpenAPI 3.1</span></p>
</header>`
