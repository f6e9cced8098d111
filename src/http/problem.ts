/** The one place a failure becomes a response (RFC 9457). Causes are logged, never sent. */
import { type ServerResponse, STATUS_CODES } from 'node:http'
import { AppError, type ErrorCode } from '../../graph/errors.ts'

export const statusOf = {
  invalid_input: 400,
  invalid_json: 400,
  invalid_gzip: 400,
  body_too_large: 413,
  too_many_items: 413,
  unsupported_media_type: 415,
  card_number: 422,
  time_in_future: 422,
  time_too_old: 422,
  unauthenticated: 401,
  forbidden: 403,
  issuer_unavailable: 503,
  not_found: 404,
  ring_not_found: 404,
  account_not_found: 404,
  value_not_sealed: 409,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_key_reused: 422,
  request_in_progress: 409,
  answer_not_kept: 409,
  publish_conflict: 409,
  store_locked: 503,
  store_missing: 503,
  store_unavailable: 503,
  store_too_new: 503,
  key_mismatch: 503,
  config_invalid: 500,
  mapping_invalid: 400,
  snapshot_corrupt: 503,
  snapshot_stale: 503,
  no_event_log: 409,
  not_ready: 503,
  overloaded: 503,
  rate_limited: 429,
  headers_too_large: 431,
  request_timeout: 408,
} satisfies Record<ErrorCode, number>

export const statusWords = (status: number): string => STATUS_CODES[status] ?? String(status)

const issuesMax = 20
const detailMax = 500

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ErrorCode | 'internal_error'
  readonly detail: string
  readonly instance: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string; readonly line?: number }[]
}

export function problemOf(error: unknown, instance: string): Problem {
  if (!(error instanceof AppError)) {
    const detail = 'Something failed on our side. It is in the log under this request id.'
    return problem('internal_error', 500, { detail, instance })
  }
  const errors = error.issues.slice(0, issuesMax)
  return {
    ...problem(error.code, statusOf[error.code], { detail: error.message.slice(0, detailMax), instance }),
    ...(errors.length > 0 && { errors }),
  }
}

function problem(
  code: Problem['code'],
  status: number,
  { detail, instance }: { detail: string; instance: string },
): Problem {
  const words = code.replaceAll('_', ' ')
  return {
    type: `/problems/${code}`,
    title: words.charAt(0).toUpperCase() + words.slice(1),
    status,
    code,
    detail,
    instance,
  }
}

const retryAfterSeconds: Readonly<Record<number, string>> = { 429: '1', 503: '2' }

export function sendProblem(response: ServerResponse, failure: Problem): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.statusCode = failure.status
  response.setHeader('content-type', 'application/problem+json')
  if (failure.status === 401) response.setHeader('www-authenticate', 'Bearer')
  const retryAfter = retryAfterSeconds[failure.status]
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter)
  response.end(JSON.stringify(failure))
}
