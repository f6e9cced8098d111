/** One request: sent again while that may help and there is time. */
import type { Problem } from './api.ts'
import { isPassing, RingleaderError } from './errors.ts'

export interface Sending {
  readonly fetch: typeof fetch
  readonly url: string
  readonly key: string
  /** More attempts after the first, of requests that may be repeated. */
  readonly retries: number
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** From 0 to 1. */
  readonly random: () => number
}

export interface Outgoing {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly body?: { readonly type: string; readonly text: string } | undefined
  /** By it the server knows it again: all attempts carry the same. */
  readonly name?: string
  /** Sending it twice does what sending it once does. */
  readonly isRepeatable: boolean
  /** By `now`; all attempts and waits end then. */
  readonly deadline: number
}

const backoffMs = 25
const backoffMaxMs = 2_000

/** Its answer: JSON, or text of other types. Throws `RingleaderError`. */
export async function send(sending: Sending, outgoing: Outgoing): Promise<unknown> {
  for (let failed = 0; ; failed++) {
    try {
      return await attempt(sending, outgoing)
    } catch (error) {
      if (!(error instanceof RingleaderError)) throw error
      const isSpent = failed >= sending.retries || !outgoing.isRepeatable || !isPassing(error)
      const waitMs = Math.max(error.retryAfterMs ?? 0, jittered(failed, sending.random))
      if (isSpent || sending.now() + waitMs >= outgoing.deadline) throw error
      await sending.sleep(waitMs)
    }
  }
}

/** Half of it is chance, so that many clients do not come back at once (Brooker 2015, "Exponential backoff and jitter"). */
const jittered = (failed: number, random: () => number): number =>
  Math.min(backoffMaxMs, backoffMs * 2 ** failed) * (0.5 + random() / 2)

async function attempt(sending: Sending, { method, path, body, name, deadline }: Outgoing): Promise<unknown> {
  const leftMs = Math.max(0, Math.ceil(deadline - sending.now()))
  const signal = AbortSignal.timeout(leftMs)
  let response: Response
  let text: string
  try {
    response = await sending.fetch(new URL(path, sending.url), {
      method,
      headers: {
        authorization: `Bearer ${sending.key}`,
        ...(body && { 'content-type': body.type }),
        ...(name !== undefined && { 'idempotency-key': `"${name}"` }),
      },
      ...(body && { body: body.text }),
      redirect: 'error',
      signal,
    })
    text = await response.text()
  } catch (cause) {
    throw signal.aborted
      ? new RingleaderError(`No answer in time (${leftMs} ms were left)`, { code: 'timeout', cause })
      : new RingleaderError('No server answers at this address', { code: 'unreachable', cause })
  }
  if (!response.ok) throw refusal(response, text)
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json')
  return isJson ? parsed(text, response) : text
}

function parsed(text: string, response: Response): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new RingleaderError('The answer is not whole', {
      ...sourceOf(response),
      code: 'not_understood',
      cause,
    })
  }
}

const sourceOf = ({ status, headers }: Response) => ({
  status,
  requestId: headers.get('x-request-id') ?? undefined,
})

function refusal(response: Response, text: string): RingleaderError {
  const problem = problemIn(text)
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new RingleaderError(problem?.detail ?? `The server answered ${response.status}`, {
    ...sourceOf(response),
    code: problem?.code ?? 'not_understood',
    issues: problem?.errors ?? [],
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : undefined,
  })
}

/** A proxy between answers in its own way. */
function problemIn(text: string): Problem | undefined {
  try {
    const body = JSON.parse(text) as Partial<Problem> | null
    return typeof body?.code === 'string' && typeof body.detail === 'string' ? (body as Problem) : undefined
  } catch {
    return undefined
  }
}
