/** Writes clients/typescript/src/api.ts from the OpenAPI document, so that the client’s types are the server’s. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApiDocument } from '../src/http/openapi.ts'

const file = join(import.meta.dirname, '../clients/typescript/src/api.ts')

export const clientTypesNow = () => readFileSync(file, 'utf8')

/** The text of api.ts. */
export function clientTypes() {
  const { components, paths } = openApiDocument('0')
  const shapes = Object.entries(components.schemas).map(
    ([name, schema]) => `${doc(schema, '')}export type ${name} = ${typeOf(schema, '')}\n`,
  )
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationOf(path, method, operation)),
  )
  return [
    '/** Made from the OpenAPI document by `npm run client-types`: change the server’s schemas, not this. */\n',
    ...shapes,
    `/** What each operation takes and gives. */\nexport interface Operations {\n${operations.join('')}}\n`,
  ].join('\n')
}

function operationOf(path, method, { summary, parameters = [], requestBody, responses }) {
  const [, answer] = Object.entries(responses).find(([status]) => status.startsWith('2'))
  // Streams are for readers of their own.
  const types = Object.entries(answer.content).filter(([type]) => type !== 'text/event-stream')
  const reply = types.map(([type, { schema }]) =>
    type === 'application/json' ? typeOf(schema, '    ') : 'string',
  )
  const inputs = [
    fieldsOf('params', parameters, 'path'),
    fieldsOf('query', parameters, 'query'),
    requestBody ? `      readonly body: ${typeOf(bodyOf(requestBody), '      ')}\n` : '',
  ].join('')
  return [
    `  /** ${summary} */\n`,
    `  '${method.toUpperCase()} ${path}': {\n`,
    `    readonly input: ${inputs === '' ? 'Readonly<Record<never, never>>' : `{\n${inputs}    }`}\n`,
    `    readonly reply: ${[...new Set(reply)].join(' | ')}\n  }\n`,
  ].join('')
}

const bodyOf = ({ content }) => (content['application/json'] ?? Object.values(content)[0]).schema

function fieldsOf(name, parameters, place) {
  const own = parameters.filter((one) => one.in === place)
  if (own.length === 0) return ''
  const isNeeded = own.some(({ required }) => required)
  const rows = own.map(({ name: field, required, schema, description }) =>
    property({ field, schema: { ...schema, description }, isRequired: required, indent: '        ' }),
  )
  return `      readonly ${name}${isNeeded ? '' : '?'}: {\n${rows.join('')}      }${isNeeded ? '' : ' | undefined'}\n`
}

function typeOf(schema, indent) {
  if (schema.$ref) return schema.$ref.split('/').at(-1)
  const many = schema.anyOf ?? schema.oneOf
  if (many) return [...new Set(many.map((one) => typeOf(one, indent)))].join(' | ')
  if (schema.allOf) return schema.allOf.map((one) => typeOf(one, indent)).join(' & ')
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map(literal).join(' | ')
  const types = [schema.type ?? 'unknown'].flat()
  return types.map((type) => plain(type, schema, indent)).join(' | ')
}

const literal = (value) => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value))

function plain(type, schema, indent) {
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'array') return `readonly ${bracketed(typeOf(schema.items ?? {}, indent))}[]`
  return type === 'object' ? objectOf(schema, indent) : type
}

const bracketed = (type) => (/ [|&] |^readonly /.test(type) && !type.startsWith('{') ? `(${type})` : type)

function objectOf({ properties, required = [], additionalProperties }, indent) {
  if (!properties) {
    const values = additionalProperties ? typeOf(additionalProperties, indent) : 'unknown'
    return `Readonly<Record<string, ${values}>>`
  }
  const rows = Object.entries(properties).map(([field, schema]) =>
    property({ field, schema, isRequired: required.includes(field), indent: `${indent}  ` }),
  )
  return `{\n${rows.join('')}${indent}}`
}

function property({ field, schema, isRequired, indent }) {
  const name = /^[a-z_]\w*$/i.test(field) ? field : `'${field}'`
  const type = typeOf(schema, indent)
  return `${doc(schema, indent)}${indent}readonly ${name}${isRequired ? '' : '?'}: ${type}${isRequired ? '' : ' | undefined'}\n`
}

const doc = ({ description }, indent) =>
  description === undefined ? '' : `${indent}/** ${description.replaceAll('*/', '*\\/')} */\n`

if (process.argv[1] === import.meta.filename) writeFileSync(file, clientTypes())
