/** One operation: what it takes and what it gives, and how it looks. */

import type { Content, Operation } from './document.ts'
import { type Html, html, join, nothing } from './html.ts'
import { exampleOf, nameOfRef, type Schema, type Schemas, typeWords } from './schema.ts'

interface Shown {
  readonly path: string
  readonly method: string
  readonly operation: Operation
}

export const operationHtml = ({ path, method, operation }: Shown, schemas: Schemas): Html =>
  html`<article id="${operation.operationId}">
<header><h3><b class="m ${method}">${method.toUpperCase()}</b> <code>${path}</code></h3>
<p>${operation.summary}</p>
<p class="scope">${operation['x-scope'] === undefined ? 'No key' : html`Scope <code>${operation['x-scope']}</code>`}</p></header>
<div class="two"><div class="reads">
${parametersHtml(operation)}
${bodyHtml(operation)}
${answersHtml(operation)}
</div>
<aside>
<figure><figcaption>Request</figcaption><pre>${curlOf({ path, method, operation }, schemas)}</pre></figure>
${exampleHtml(operation, schemas)}
</aside></div>
</article>`

function parametersHtml({ parameters = [] }: Operation): Html {
  if (parameters.length === 0) return nothing
  const rows = parameters.map(({ in: place, name, required, schema, description }) =>
    fieldHtml(
      name,
      { ...schema, ...(description !== undefined && { description }) },
      {
        isRequired: required === true,
        place,
      },
    ),
  )
  return html`<h4>Parameters</h4><dl>${join(rows)}</dl>`
}

function bodyHtml({ requestBody }: Operation): Html {
  if (!requestBody) return nothing
  const [first] = Object.values(requestBody.content)
  const types = Object.keys(requestBody.content).join(', ')
  return html`<h4>Body <small>${types}</small></h4>${shapeHtml(first?.schema ?? {})}`
}

function answersHtml({ responses }: Operation): Html {
  const rows = Object.entries(responses).map(([status, { description, content }]) => {
    const isProblem = Object.hasOwn(content, 'application/problem+json')
    const [schema] = Object.values(content).map((one) => one.schema)
    const types = Object.keys(content).filter((type) => !type.endsWith('json'))
    if (isProblem)
      return html`<dt class="problem">${status === 'default' ? '500' : status}</dt><dd>${marked(description)}</dd>`
    return html`<dt class="fine">${status}</dt><dd>${types.length > 0 ? `Also as ${types.join(', ')}` : nothing}${shapeHtml(schema ?? {})}</dd>`
  })
  return html`<h4>Answers</h4><dl class="answers">${join(rows)}</dl>`
}

/** A description's words between backticks are code. */
const marked = (text: string): Html => ({
  text: text
    .split('`')
    .map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`).text)
    .join(''),
})

export const schemaHtml = (name: string, schema: Schema): Html =>
  html`<article class="shape" id="shape-${name}"><h3>${name}</h3>${shapeHtml(schema)}</article>`

function shapeHtml(schema: Schema): Html {
  if (schema.$ref !== undefined) return html`<p class="type">${typeHtml(schema)}</p>`
  if (schema.items) return html`<p class="type">${typeHtml(schema)}</p>${nestedOf(schema.items)}`
  if (!schema.properties) return html`<p class="type">${typeHtml(schema)}</p>`
  return fieldsHtml(schema)
}

const fieldsHtml = ({ properties = {}, required = [] }: Schema): Html =>
  html`<dl>${join(
    Object.entries(properties).map(([name, schema]) =>
      fieldHtml(name, schema, { isRequired: required.includes(name) }),
    ),
  )}</dl>`

function fieldHtml(
  name: string,
  schema: Schema,
  { isRequired, place }: { isRequired: boolean; place?: string },
): Html {
  const preset =
    schema.default === undefined ? nothing : html` <small>${JSON.stringify(schema.default)} if absent</small>`
  const where = place === 'path' ? html` <small>in the path</small>` : nothing
  return html`<dt><code>${name}</code>${isRequired ? nothing : html`<small>optional</small>`}</dt>
<dd><span class="type">${typeHtml(schema)}</span>${preset}${where}${schema.description === undefined ? nothing : html`<p>${marked(schema.description)}</p>`}${nestedOf(schema)}</dd>`
}

/** What an object without a name of its own holds, closed until somebody asks. */
function nestedOf(schema: Schema): Html {
  const inner = [schema, schema.items ?? {}, ...(schema.anyOf ?? []), ...(schema.items?.anyOf ?? [])].find(
    ({ properties }) => properties,
  )
  if (!inner) return nothing
  const names = Object.keys(inner.properties ?? {})
  return html`<details><summary>${names.slice(0, 4).join(', ')}${names.length > 4 ? ` and ${names.length - 4} more` : ''}</summary>${fieldsHtml(inner)}</details>`
}

/** Names of shapes lead to them. */
function typeHtml(schema: Schema): Html {
  if (schema.$ref !== undefined) {
    const name = nameOfRef(schema.$ref)
    return html`<a href="#shape-${name}">${name}</a>`
  }
  if (schema.items?.$ref !== undefined) return html`${typeHtml(schema.items)}[]`
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives?.some(({ $ref }) => $ref !== undefined)) {
    return join(alternatives.map((one, i) => html`${i > 0 ? 'or ' : ''}${typeHtml(one)}`))
  }
  return html`${schema.properties ? 'object' : schema.items?.properties ? 'object[]' : typeWords(schema)}`
}

function curlOf({ path, method, operation }: Shown, schemas: Schemas): string {
  const required = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.required)
  const query = required.map(({ name, schema }) => `${name}=${String(exampleOf(schema, schemas, { name }))}`)
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(exampleOf({ type: 'string' }, schemas, { name })).replace('...', `{${name}}`),
  )
  const key = operation['x-scope'] === undefined ? [] : ['-H "authorization: Bearer $KEY"']
  const body = operation.requestBody?.content['application/json']?.schema
  const lines = [
    `curl -s ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"$URL${address}${query.length > 0 ? `?${query.join('&')}` : ''}"`,
    ...key,
    ...(body
      ? [
          "-H 'content-type: application/json'",
          `-d '${JSON.stringify(exampleOf(body, schemas), undefined, 1)}'`,
        ]
      : []),
  ]
  return lines.join(' \\\n  ')
}

const isFine = (status: string): boolean => status.startsWith('2')

function exampleHtml({ responses }: Operation, schemas: Schemas): Html {
  const [status = '', answer] = Object.entries(responses).find(([one]) => isFine(one)) ?? []
  const schema = jsonOf(answer?.content)
  if (!schema) return nothing
  const text = JSON.stringify(exampleOf(schema, schemas, { depth: 4 }), undefined, 2)
  return html`<figure><figcaption>Answer <b>${status}</b></figcaption><pre>${text}</pre></figure>`
}

const jsonOf = (content: Content | undefined): Schema | undefined => content?.['application/json']?.schema
