/** How the columns of a CSV file become events or labels: a YAML file the user writes. */
import { createHash } from 'node:crypto'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { AppError } from '../../graph/errors.ts'
import { canonicalJson } from './canonical-json.ts'

const columnSpec = z.strictObject({
  column: z.string().min(1),
  prefix: z.string().optional(),
  as: z.enum(['text', 'number', 'epoch_seconds', 'epoch_ms']).optional(),
  /** Text in the file -> text in the event; a row whose text is not listed is skipped. */
  values: z.record(z.string(), z.string()).optional(),
})
const spec = z.union([z.string(), z.number(), z.boolean(), columnSpec], {
  error: 'must be a constant, or {column, prefix, as, values}',
})

const specs = z.record(z.string(), spec)

const eventMapping = z.strictObject({
  eventId: spec.optional(),
  type: spec,
  occurredAt: spec,
  account: spec,
  identifiers: z.record(z.string(), z.union([spec, z.array(spec)])).optional(),
  counterparties: z.array(z.strictObject({ account: spec, relation: spec })).optional(),
  action: spec.optional(),
  target: spec.optional(),
  outcome: spec.optional(),
  sessionId: spec.optional(),
  accountCreatedAt: spec.optional(),
  changed: z.union([spec, z.array(spec)]).optional(),
  attributes: specs.optional(),
})

const labelMapping = z.strictObject({
  account: spec,
  label: spec,
  reason: spec.optional(),
  source: spec,
  at: spec,
})

const mappingSchema = z
  .strictObject({
    delimiter: z.string().length(1).optional(),
    event: eventMapping.optional(),
    label: labelMapping.optional(),
  })
  .refine(({ event, label }) => (event === undefined) !== (label === undefined), {
    error: 'must hold either event or label',
  })

export interface Mapping {
  readonly stream: 'events' | 'labels'
  /** The YAML it was read from, for threads that need it too. */
  readonly yaml: string
  readonly delimiter: string
  /** Every column the mapping reads. */
  readonly columns: readonly string[]
  /** What a row becomes; `undefined` for a row the mapping skips. */
  map(row: Readonly<Record<string, string>>): unknown
}

/** Throws `mapping_invalid`, naming the place in the file. */
export function parseMapping(text: string, file: string): Mapping {
  const parsed = mappingSchema.safeParse(readYaml(text, file))
  if (!parsed.success) {
    const places = parsed.error.issues
      .slice(0, 5)
      .map(({ path, message }) => `${path.join('.') || 'it'} ${message}`)
    throw new AppError('mapping_invalid', `${file}: ${places.join('; ')} (see docs/csv.md)`)
  }
  const { event, label, delimiter = ',' } = parsed.data
  const shape = event ?? label ?? {}
  return {
    stream: event ? 'events' : 'labels',
    yaml: text,
    delimiter,
    columns: [...new Set(columnsOf(shape))],
    map: (row) => mapRow(shape, row, event !== undefined),
  }
}

function readYaml(text: string, file: string): unknown {
  try {
    return parseYaml(text) as unknown
  } catch (cause) {
    throw new AppError('mapping_invalid', `${file} is not YAML: ${(cause as Error).message}`, { cause })
  }
}

function columnsOf(shape: unknown): readonly string[] {
  if (typeof shape !== 'object' || shape === null) return []
  if ('column' in shape && typeof shape.column === 'string') return [shape.column]
  return Object.values(shape).flatMap(columnsOf)
}

const skipped = Symbol('a row the mapping skips')

function mapRow(shape: object, row: Readonly<Record<string, string>>, isEvent: boolean): unknown {
  const mapped = mapShape(shape, row)
  if (mapped === skipped) return undefined
  const fields = mapped as Record<string, unknown>
  for (const name of ['occurredAt', 'accountCreatedAt', 'at']) {
    if (typeof fields[name] === 'string') fields[name] = withZone(fields[name])
  }
  if (fields['changed'] !== undefined) fields['changed'] = severalIn([fields['changed']].flat())
  if (isEvent && fields['eventId'] === undefined) fields['eventId'] = contentId(fields)
  return fields
}

/** Empty cells are left out, as are objects and lists with nothing in them. */
function mapShape(shape: unknown, row: Readonly<Record<string, string>>): unknown {
  if (typeof shape !== 'object' || shape === null) return shape
  if (Array.isArray(shape)) {
    const items = shape.map((item) => mapShape(item, row))
    return items.includes(skipped) ? skipped : nonEmpty(items.filter((item) => item !== undefined))
  }
  if ('column' in shape) return cell(shape as z.infer<typeof columnSpec>, row)
  const entries = Object.entries(shape).map(([name, inner]) => [name, mapShape(inner, row)] as const)
  if (entries.some(([, value]) => value === skipped)) return skipped
  const present = entries.filter(([, value]) => value !== undefined)
  return present.length > 0 ? Object.fromEntries(present) : undefined
}

const nonEmpty = (items: readonly unknown[]): unknown => (items.length > 0 ? items : undefined)

function cell(
  { column, prefix = '', as = 'text', values }: z.infer<typeof columnSpec>,
  row: Readonly<Record<string, string>>,
): unknown {
  const text = row[column] ?? ''
  if (values) return Object.hasOwn(values, text) ? values[text] : skipped
  if (text === '') return undefined
  switch (as) {
    case 'number':
      return Number(text)
    case 'epoch_seconds':
      return isoOf(Number(text) * 1_000)
    case 'epoch_ms':
      return isoOf(Number(text))
    case 'text':
      return prefix + text
  }
}

/** A cell may name several, however they are told apart. */
const severalIn = (cells: readonly unknown[]): readonly unknown[] =>
  cells.flatMap((text) => (typeof text === 'string' ? text.split(/[\s,;|+/]+/).filter(Boolean) : [text]))

const isoOf = (at: number): string => (Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : 'not a time')

/** A date is its first moment, a time without a zone is UTC. */
function withZone(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return `${text}T00:00:00Z`
  if (/^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/.test(text))
    return `${text.replace(' ', 'T')}Z`
  return text
}

/** The same row gives the same id, so that a second ingest of a file adds nothing. */
const contentId = (event: object): string =>
  `csv_${createHash('sha256').update(canonicalJson(event)).digest('hex').slice(0, 32)}`
