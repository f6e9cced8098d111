import type { Problem } from './api.ts'

/** Codes of the server, and those of having no answer from it. */
export type ErrorCode = Problem['code'] | 'timeout' | 'unreachable' | 'not_understood'

/** Why there is no answer. */
export class RingleaderError extends Error {
  readonly code: ErrorCode
  /** 0 where no answer came. */
  readonly status: number
  /** Names the request in the server's logs. */
  readonly requestId: string | undefined
  readonly issues: NonNullable<Problem['errors']>
  /** How long the server asks to wait. */
  readonly retryAfterMs: number | undefined

  constructor(
    message: string,
    {
      code,
      status = 0,
      requestId,
      issues = [],
      retryAfterMs,
      cause,
    }: {
      code: ErrorCode
      status?: number
      requestId?: string | undefined
      issues?: NonNullable<Problem['errors']>
      retryAfterMs?: number | undefined
      cause?: unknown
    },
  ) {
    super(message, { cause })
    this.name = 'RingleaderError'
    this.code = code
    this.status = status
    this.requestId = requestId
    this.issues = issues
    this.retryAfterMs = retryAfterMs
  }
}

const retried: ReadonlySet<ErrorCode> = new Set([
  'unreachable',
  'request_timeout',
  'rate_limited',
  'request_in_progress',
])
const statusesRetried: ReadonlySet<number> = new Set([502, 503, 504])

/** Whether the same request may be answered a moment later. */
export const isPassing = ({ code, status }: RingleaderError): boolean =>
  retried.has(code) || statusesRetried.has(status)
