/** JSON Schemas of the OpenAPI document, as types to read and as examples. */

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly additionalProperties?: Schema | boolean
}

export type Schemas = Readonly<Record<string, Schema>>

export const nameOfRef = (ref: string): string => ref.split('/').at(-1) ?? ''

/** `string · date-time`, `integer 1 to 200`, `Ring[]`. */
export function typeWords(schema: Schema): string {
  if (schema.$ref !== undefined) return nameOfRef(schema.$ref)
  const many = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (many) return [...new Set(many.map(typeWords))].join(' or ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.items) return `${bracketed(typeWords(schema.items))}[]${counted(schema)}`
  const type = [schema.type ?? 'anything'].flat().join(' or ')
  if (schema.format !== undefined) return `${type} · ${schema.format}`
  return type + bounds(schema)
}

const bracketed = (words: string): string => (/ or | \| /.test(words) ? `(${words})` : words)

/** What every safe integer is within says nothing. */
const safe = Number.MAX_SAFE_INTEGER

function bounds({ minimum, maximum, minLength, maxLength, type }: Schema): string {
  if (type === 'string') return range(minLength, maxLength, ' letters')
  const [low, high] = [minimum === -safe ? undefined : minimum, maximum === safe ? undefined : maximum]
  return range(low, high)
}

const counted = ({ minItems, maxItems }: Schema): string => range(minItems, maxItems)

function range(low: number | undefined, high: number | undefined, unit = ''): string {
  if (high !== undefined) return ` ${low ?? 0} to ${high}${unit}`
  return low === undefined ? '' : ` from ${low}${unit}`
}

/** By the field's name, where a made-up value of its type would tell nothing. */
const known: Readonly<Record<string, unknown>> = {
  account: 'acct_7',
  a: 'acct_7',
  b: 'acct_9',
  ring: 'ring_12_4kd0',
  kind: 'device',
  countsAs: 'device',
  ref: '3kQ9aVx2mWc4Yt7RbN1LpA',
  mask: 'd_9f',
  eventId: 'evt_01',
  family: 'hardware',
  policy: 'default 1f2e3d4c',
  currency: 'EUR',
  source: 'review-desk',
  reason: 'seen by two people',
  author: 'key:desk',
  code: 'shares_identifier',
  sentence: 'Linked at 97 % by a shared device that nobody else uses.',
  text: 'shares a device with 5 other accounts',
  name: 'checkout',
  asOf: '2026-05-02T23:59:59.999Z',
  read: 1,
  accepted: 1,
  duplicate: 0,
  conflict: 0,
  rejected: 0,
}

/** A value of the schema's shape. `depth` is what is left of it. */
export function exampleOf(schema: Schema, schemas: Schemas, { name = '', depth = 5 } = {}): unknown {
  if (schema.$ref !== undefined)
    return exampleOf(schemas[nameOfRef(schema.$ref)] ?? {}, schemas, { name, depth })
  const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []
  if (first) return exampleOf(first, schemas, { name, depth })
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.items) return depth > 0 ? [exampleOf(schema.items, schemas, { name, depth: depth - 1 })] : []
  if (schema.type === 'object') return exampleObject(schema, schemas, depth)
  return exampleScalar(schema, name)
}

function exampleObject({ properties = {}, required = [] }: Schema, schemas: Schemas, depth: number) {
  const names = Object.keys(properties).filter((name) => depth > 0 && required.includes(name))
  return Object.fromEntries(
    names.map((name) => [name, exampleOf(properties[name] ?? {}, schemas, { name, depth: depth - 1 })]),
  )
}

function exampleScalar({ type, format, minimum = 0, maximum }: Schema, name: string): unknown {
  const [plain] = [type ?? 'null'].flat()
  if (plain === 'integer' && typeof known[name] === 'number') return known[name]
  if (plain === 'string') return exampleText(format, name)
  if (plain === 'boolean') return false
  if (plain === 'null') return null
  if (plain === 'integer') return Math.max(minimum, Math.min(maximum ?? 3, 3))
  return maximum === 1 ? 0.96 : Math.max(minimum, 3.76)
}

function exampleText(format: string | undefined, name: string): unknown {
  if (Object.hasOwn(known, name)) return known[name]
  if (format === 'date-time') return '2026-05-02T10:15:00.000Z'
  return format === 'date' ? '2026-05-02' : '...'
}
