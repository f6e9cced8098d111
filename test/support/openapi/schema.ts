/** JSON Schema (2020-12), as far as the OpenAPI document uses it: what is wrong with a value, slowly and plainly. */

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly propertyNames?: Schema
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly pattern?: string
  readonly format?: string
}

export type Schemas = Readonly<Record<string, Schema>>

/** Keywords that say nothing of a value. */
const annotations = new Set([
  'description',
  'default',
  'title',
  'examples',
  'deprecated',
  'id',
  'discriminator',
])

const formats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  uri: /^[a-z][a-z\d+.-]*:/i,
}

type Fault = string
type Check = (value: unknown, schema: Schema, schemas: Schemas) => readonly Fault[]

const when = (isWrong: boolean, fault: Fault): readonly Fault[] => (isWrong ? [fault] : [])
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

const within = (label: string, faults: readonly Fault[]): readonly Fault[] =>
  faults.map((one) => `/${label}${one}`)

const checks: Readonly<Record<string, Check>> = {
  $ref: (value, { $ref = '' }, schemas) => {
    const name = $ref.split('/').at(-1) ?? ''
    const target = schemas[name]
    return target ? faultsOf(value, target, schemas) : [` refers to ${$ref}, which is not there`]
  },
  type: (value, { type }) => {
    const found = typeOf(value)
    const wanted = [type].flat()
    const isRight = wanted.includes(found) || (found === 'integer' && wanted.includes('number'))
    return when(!isRight, ` is ${found}, not ${wanted.join(' or ')}`)
  },
  enum: (value, schema) => when(!schema.enum?.includes(value), ` is none of ${JSON.stringify(schema.enum)}`),
  const: (value, schema) => when(value !== schema.const, ` is not ${JSON.stringify(schema.const)}`),
  anyOf: (value, { anyOf = [] }, schemas) => {
    const all = anyOf.map((one) => faultsOf(value, one, schemas))
    return all.some(({ length }) => length === 0)
      ? []
      : [` fits none: ${all.map(([first]) => first).join('; ')}`]
  },
  oneOf: (value, { oneOf = [] }, schemas) => {
    const fits = oneOf.filter((one) => faultsOf(value, one, schemas).length === 0).length
    return when(fits !== 1, ` fits ${fits} of its alternatives`)
  },
  allOf: (value, { allOf = [] }, schemas) => allOf.flatMap((one) => faultsOf(value, one, schemas)),
  properties: (value, { properties = {} }, schemas) =>
    Object.entries(isObject(value) ? properties : {}).flatMap(([name, schema]) =>
      isObject(value) && Object.hasOwn(value, name)
        ? within(name, faultsOf(value[name], schema, schemas))
        : [],
    ),
  required: (value, { required = [] }) =>
    required.flatMap((name) => when(isObject(value) && !Object.hasOwn(value, name), ` lacks ${name}`)),
  additionalProperties: (value, { additionalProperties, properties = {} }, schemas) => {
    const others = Object.keys(isObject(value) ? value : {}).filter(
      (name) => !Object.hasOwn(properties, name),
    )
    if (additionalProperties === false) return others.map((name) => ` has ${name}, which is not told of`)
    const schema = typeof additionalProperties === 'object' ? additionalProperties : {}
    return others.flatMap((name) =>
      within(name, faultsOf(isObject(value) ? value[name] : undefined, schema, schemas)),
    )
  },
  propertyNames: (value, { propertyNames = {} }, schemas) =>
    Object.keys(isObject(value) ? value : {}).flatMap((name) =>
      within(name, faultsOf(name, propertyNames, schemas)),
    ),
  items: (value, { items = {} }, schemas) =>
    (Array.isArray(value) ? value : []).flatMap((one, i) => within(String(i), faultsOf(one, items, schemas))),
  minItems: (value, { minItems = 0 }) =>
    when(Array.isArray(value) && value.length < minItems, ' is too short'),
  maxItems: (value, { maxItems = 0 }) =>
    when(Array.isArray(value) && value.length > maxItems, ' is too long'),
  minLength: (value, { minLength = 0 }) =>
    when(typeof value === 'string' && [...value].length < minLength, ' is too short'),
  maxLength: (value, { maxLength = 0 }) =>
    when(typeof value === 'string' && [...value].length > maxLength, ' is too long'),
  minimum: (value, { minimum = 0 }) =>
    when(typeof value === 'number' && value < minimum, ` is under ${minimum}`),
  maximum: (value, { maximum = 0 }) =>
    when(typeof value === 'number' && value > maximum, ` is over ${maximum}`),
  exclusiveMinimum: (value, { exclusiveMinimum = 0 }) =>
    when(typeof value === 'number' && value <= exclusiveMinimum, ` is not over ${exclusiveMinimum}`),
  pattern: (value, { pattern = '' }) =>
    when(typeof value === 'string' && !new RegExp(pattern, 'u').test(value), ` does not match ${pattern}`),
  format: (value, { format = '' }) => {
    const pattern = formats[format]
    if (!pattern) return [` has the format ${format}, which nobody checks`]
    return when(typeof value === 'string' && !pattern.test(value), ` is no ${format}`)
  },
}

/** Each with its place. A keyword that is not known is a fault of the schema, so that nothing goes unchecked. */
export function faultsOf(value: unknown, schema: Schema, schemas: Schemas): readonly Fault[] {
  return Object.keys(schema)
    .filter((keyword) => !annotations.has(keyword))
    .flatMap((keyword) => checks[keyword]?.(value, schema, schemas) ?? [` has the keyword ${keyword}`])
}
