/** Every way the product can say no. Codes are public and permanent; docs/errors.md describes each. */
export const errorCodes = [
  'invalid_input',
  'invalid_json',
  'invalid_gzip',
  'body_too_large',
  'too_many_items',
  'unsupported_media_type',
  'card_number',
  'time_in_future',
  'time_too_old',
  'unauthenticated',
  'forbidden',
  'issuer_unavailable',
  'not_found',
  'ring_not_found',
  'account_not_found',
  'value_not_sealed',
  'method_not_allowed',
  'conflict',
  'idempotency_key_reused',
  'request_in_progress',
  'answer_not_kept',
  'publish_conflict',
  'store_locked',
  'store_missing',
  'store_unavailable',
  'store_too_new',
  'key_mismatch',
  'config_invalid',
  'mapping_invalid',
  'snapshot_corrupt',
  'snapshot_stale',
  'no_event_log',
  'not_ready',
  'overloaded',
  'rate_limited',
  'headers_too_large',
  'request_timeout',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** Where in the input something is wrong: an RFC 6901 pointer and, in files, a line counted from 1. */
export interface Issue {
  readonly pointer: string
  readonly detail: string
  readonly line?: number
}

/** A failure with a public code. The message says what, where and how to fix, and never repeats a value. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly issues: readonly Issue[]

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; issues?: readonly Issue[] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.issues = options.issues ?? []
  }
}
