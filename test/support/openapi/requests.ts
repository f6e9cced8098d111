/** Requests made from the OpenAPI document: mostly as it wants them, some of them not. */
import fc from 'fast-check'
import type { Schema, Schemas } from './schema.ts'

export interface Operation {
  readonly parameters?: readonly {
    readonly in: string
    readonly name: string
    readonly required?: boolean
    readonly schema: Schema
  }[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Schemas }
}

export interface Made {
  readonly method: string
  /** As the document writes it. */
  readonly template: string
  readonly path: string
  readonly type?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Values that exist, by the name of their field, so that requests find something. */
export type Pool = Readonly<Record<string, readonly string[]>>

const anything = fc.jsonValue({ maxDepth: 2 })
const oddText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('', '0', '-1', 'null', '__proto__', '%00', '../..', "' OR 1=1", '\ud800', '1e999'),
)

/** Few, so that some come again with the same request, some with another; and some that are none. */
const headerText = fc.constantFrom('"one"', 'two', '"', '')

const headersOf = (
  parameters: readonly { readonly name: string }[],
): fc.Arbitrary<Readonly<Record<string, string>>> =>
  fc
    .subarray([...parameters])
    .chain((some) => fc.tuple(...some.map(({ name }) => headerText.map((text) => [name, text] as const))))
    .map((fields) => Object.fromEntries(fields))

/** A value that fits the schema, or, once in a while, does not. */
export function valueOf(
  schema: Schema,
  schemas: Schemas,
  { pool, name = '' }: { pool: Pool; name?: string },
): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 60, arbitrary: fitting(schema, schemas, { pool, name }) },
    { weight: 1, arbitrary: anything },
  )
}

function fitting(
  schema: Schema,
  schemas: Schemas,
  { pool, name }: { pool: Pool; name: string },
): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined)
    return fitting(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas, { pool, name })
  const many = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (many) return fc.oneof(...many.map((one) => fitting(one, schemas, { pool, name })))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const [type] = [schema.type ?? 'null'].flat()
  if (type === 'object') return fittingObject(schema, schemas, pool)
  if (type === 'array') return fittingList(schema, schemas, { pool, name })
  return type === 'string' ? fittingText(schema, pool[name] ?? []) : fittingScalar(type, schema)
}

function fittingList(
  { items = {}, minItems = 0, maxItems = 3 }: Schema,
  schemas: Schemas,
  of: { pool: Pool; name: string },
): fc.Arbitrary<unknown> {
  return fc.array(valueOf(items, schemas, of), {
    minLength: Math.min(minItems, 3),
    maxLength: Math.max(minItems, Math.min(maxItems, 3)),
  })
}

function fittingScalar(
  type: string | undefined,
  { minimum = 0, maximum = 1_000 }: Schema,
): fc.Arbitrary<unknown> {
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  const [min, max] = [Math.max(minimum, -1e6), Math.min(maximum, 1e6)]
  return type === 'integer' ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true })
}

function fittingObject(
  { properties, required = [], additionalProperties, propertyNames }: Schema,
  schemas: Schemas,
  pool: Pool,
): fc.Arbitrary<unknown> {
  if (!properties) {
    const values = typeof additionalProperties === 'object' ? additionalProperties : {}
    const names = propertyNames
      ? fitting(propertyNames, schemas, { pool, name: 'kind' })
      : fc.string({ maxLength: 8 })
    return fc.dictionary(names as fc.Arbitrary<string>, valueOf(values, schemas, { pool }), { maxKeys: 3 })
  }
  const fields = Object.entries(properties).map(
    ([name, schema]) => [name, valueOf(schema, schemas, { pool, name })] as const,
  )
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] })
}

function fittingText(
  { format, minLength = 0, maxLength = 40 }: Schema,
  known: readonly string[],
): fc.Arbitrary<string> {
  const plain =
    format === 'date-time' || format === 'date'
      ? fc
          .date({ min: new Date('2026-01-01'), max: new Date('2026-09-01'), noInvalidDate: true })
          .map((at) => (format === 'date' ? at.toISOString().slice(0, 10) : at.toISOString()))
      : fc.string({
          unit: 'grapheme-ascii',
          minLength: Math.min(minLength, 20),
          maxLength: Math.min(maxLength, 20),
        })
  return known.length > 0 ? fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...known) }, plain) : plain
}

/** Any operation of the document. */
export function requestsOf({ paths, components: { schemas } }: Document, pool: Pool): fc.Arbitrary<Made> {
  const all = Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ template, method, operation })),
  )
  return fc.constantFrom(...all).chain(({ template, method, operation }) => {
    const parameters = operation.parameters ?? []
    const inPath = parameters.filter((one) => one.in === 'path')
    const inQuery = parameters.filter((one) => one.in === 'query')
    return fc
      .record({
        path: fc.record(Object.fromEntries(inPath.map(({ name, schema }) => [name, textOf(schema, name)]))),
        query: fc.record(
          Object.fromEntries(inQuery.map(({ name, schema }) => [name, textOf(schema, name)])),
          {
            requiredKeys: inQuery.filter(({ required }) => required).map(({ name }) => name),
          },
        ),
        more: fc.oneof(
          { weight: 30, arbitrary: fc.constant(undefined) },
          { weight: 1, arbitrary: fc.tuple(oddText, oddText) },
        ),
        headers: headersOf(parameters.filter((one) => one.in === 'header')),
        content: contentOf(operation.requestBody?.content ?? {}),
      })
      .map(({ path, query, more, headers, content }) => {
        const search = new URLSearchParams([...Object.entries(query), ...(more ? [more] : [])])
        const place = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encoded(path[name] ?? ''))
        return {
          method,
          template,
          path: search.size > 0 ? `${place}?${search.toString()}` : place,
          headers,
          ...content,
        }
      })
  })

  function textOf(schema: Schema, name: string): fc.Arbitrary<string> {
    const value = valueOf(schema, schemas, { pool, name })
    const text = value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
    return fc.oneof({ weight: 40, arbitrary: text }, { weight: 1, arbitrary: oddText })
  }

  function contentOf(content: Content): fc.Arbitrary<Pick<Made, 'type' | 'body'>> {
    const types = Object.entries(content)
    if (types.length === 0) return fc.constant({})
    return fc.constantFrom(...types).chain(([type, { schema }]) => {
      const value = valueOf(schema, schemas, { pool })
      if (type !== 'application/x-ndjson') return value.map((one) => ({ type, body: JSON.stringify(one) }))
      const lines = fc.array(value, { maxLength: 3 })
      return lines.map((all) => ({ type, body: all.map((one) => JSON.stringify(one)).join('\n') }))
    })
  }
}

/** Nothing, and dots alone however they are written, would be steps in the path. */
const encoded = (text: string): string =>
  /^\.{0,2}$/.test(text) ? '%20' : encodeURIComponent(text.toWellFormed())
