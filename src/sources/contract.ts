/** The data contract as schemas: one source for checking, types and the OpenAPI document. */
import { z } from 'zod'
import {
  credentialParts,
  eventTypes,
  labelReasons,
  labelValues,
  outcomes,
  relationNames,
} from '../../graph/model.ts'

/** Bytes of an account id, event id or other name the customer chose. */
const idBytesMax = 256

/** Of one kind in one event. */
const valuesMax = 64

/** NUL and lone surrogates cannot be stored alike everywhere, so they are refused everywhere. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

/** `abort` stops at the first failed check, so that no later one runs over an over-long text. */
const text = (max: number) =>
  z
    .string()
    .min(1, { abort: true, error: 'must not be empty' })
    .max(max, { abort: true, error: `must be at most ${max} characters` })
    .refine(isStorable, { abort: true, error: 'must not hold NUL or half a surrogate pair' })

const id = text(idBytesMax)
  .refine((value) => Buffer.byteLength(value) <= idBytesMax, {
    error: `must be at most ${idBytesMax} bytes`,
    abort: true,
  })
  .overwrite((value) => value.normalize('NFC'))

/** ISO 8601 with a zone; seconds may be left out. */
const time = z.union(
  [z.iso.datetime({ offset: true }).max(40), z.iso.datetime({ offset: true, precision: -1 }).max(40)],
  { error: 'must be a time with its zone, such as 2026-05-02T10:15:00Z' },
)

const identifierValue = z.union(
  [text(2_048), z.strictObject({ value: text(2_048), display: text(128).optional() })],
  { error: 'must be a text, or {value, display}' },
)

const identifiers = z
  .record(
    z.string().max(32),
    z.union([identifierValue, z.array(identifierValue).max(valuesMax)], {
      error: `must be a text, {value, display}, or at most ${valuesMax} of them`,
    }),
  )
  .refine((kinds) => Object.keys(kinds).length <= 32, { error: 'must be at most 32 kinds' })

const attributes = z
  .object({
    amount: z.number().optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, { error: 'must be a currency code of three capitals, such as EUR' })
      .optional(),
  })
  .catchall(
    z.union([z.string().max(1_024), z.number(), z.boolean(), z.null()], {
      error: 'must be a text of at most 1024 characters, a number, true, false or null',
    }),
  )
  .refine((entries) => Object.keys(entries).length <= 64, { error: 'must be at most 64 entries' })

export const eventSchema = z
  .strictObject({
    eventId: id,
    type: z.enum(eventTypes),
    occurredAt: time,
    account: id,
    identifiers: identifiers.optional(),
    counterparties: z
      .array(z.strictObject({ account: id, relation: z.enum(relationNames) }))
      .max(64)
      .optional(),
    action: text(64).optional(),
    target: text(256).optional(),
    outcome: z.enum(outcomes).optional(),
    sessionId: id.optional(),
    accountCreatedAt: time.optional(),
    changed: z
      .array(z.enum(credentialParts))
      .min(1, { error: 'must not be empty: leave it out where it is not known' })
      .max(credentialParts.length)
      .optional()
      .describe('Of a credential_change, which; without it that is not known'),
    attributes: attributes.optional(),
  })
  .refine((event) => event.target === undefined || event.action !== undefined, {
    error: 'is needed beside target',
    path: ['action'],
  })
  .refine((event) => event.changed === undefined || event.type === 'credential_change', {
    error: 'is said of a credential_change only',
    path: ['changed'],
  })
  .meta({ id: 'Event' })

export type EventInput = z.infer<typeof eventSchema>

export const labelSchema = z
  .strictObject({
    account: id,
    label: z.enum(labelValues),
    reason: z.enum(labelReasons).optional(),
    source: text(64),
    at: time,
  })
  .meta({ id: 'Label' })
