/**
 * A request that its client names is done once, however often it is sent (draft-ietf-httpapi-idempotency-key-header-07):
 * in any process, what was answered first is answered again.
 */
import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { AppError, type Issue } from '../../../graph/errors.ts'
import { canonicalJson } from '../../sources/canonical-json.ts'
import { errorFields } from '../../telemetry/log.ts'
import { statusOf } from '../problem.ts'
import type { Route } from '../route.ts'
import type { HttpServices } from '../services.ts'

export interface Answer {
  readonly status: number
  readonly text: string
}

type Around = Pick<HttpServices, 'store' | 'border' | 'seal' | 'unseal' | 'clock' | 'log'>

export interface Asked {
  readonly definition: Pick<Route, 'method' | 'repeatable' | 'secret'>
  /** Id of who asks: names of one are not those of another. */
  readonly caller: string
  /** As it came in the header. */
  readonly name: string | undefined
  /** With its query. */
  readonly address: string
  readonly body: unknown
}

/** How long an answer is kept. */
const keptMs = 24 * 3_600_000
/** After so long whoever claimed a request has died, or it would have been answered. */
const runningMs = 5 * 60_000
const answerBytesMax = 262_144

export const isNamed = ({ method, repeatable }: Asked['definition']): boolean =>
  method === 'post' && !repeatable

/** Throws `invalid_input`, `idempotency_key_reused`, `request_in_progress`, `answer_not_kept` and what `work` throws. */
export async function once(
  around: Around,
  { asked, response }: { asked: Asked; response: ServerResponse },
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (asked.name === undefined || !isNamed(asked.definition)) return await work()
  const { store, clock } = around
  const request = { ...hashesOf(around, asked), claim: randomUUID() }
  const known = await store.beginRequest({ ...request, until: clock() + runningMs }, clock())
  if (!known) return await begun(around, { request, isSecret: asked.definition.secret === true }, work)
  if (known.content !== request.content) throw reused()
  if (!known.answer) {
    response.setHeader('retry-after', '1')
    throw inProgress()
  }
  response.setHeader('idempotency-replayed', 'true')
  return answerIn(around, request.id, known.answer)
}

/** A string as RFC 9651 has it, without escapes; or, as many clients send it, bare. */
const namePattern = /^(?:"([ !#-[\]-~]{1,255})"|([A-Za-z0-9._~:+/=-]{1,255}))$/

function hashesOf({ border }: Around, { caller, name = '', address, body }: Asked) {
  const [matched, quoted, bare] = namePattern.exec(name) ?? []
  if (matched === undefined) {
    throw new AppError(
      'invalid_input',
      'The Idempotency-Key must be 1 to 255 printable characters in double quotes, such as "8e03978e-40d5-43dd-bc93-6894a57f9324"',
    )
  }
  const hash = (...parts: readonly string[]): string =>
    border.secrets.pseudonym('request', JSON.stringify(parts))
  return {
    id: hash('name', caller, quoted ?? bare ?? ''),
    content: hash('content', address, canonicalJson(body)),
  }
}

const reused = (): AppError =>
  new AppError(
    'idempotency_key_reused',
    'This Idempotency-Key came with another request before: give every request its own, and repeat only with the same body',
  )

const inProgress = (): AppError =>
  new AppError(
    'request_in_progress',
    'The request of this Idempotency-Key is still being worked on: send it again in a moment',
  )

/** What is kept, encrypted, of a request that was answered; bound to it by its id. */
type Kept = { readonly id: string } & (
  | { readonly answer: Answer }
  | {
      readonly refusal: {
        readonly code: AppError['code']
        readonly detail: string
        readonly issues: readonly Issue[]
      }
    }
  /** It was done; what it answered is not for keeping. */
  | { readonly status: number }
)

interface Begun {
  readonly request: { readonly id: string; readonly claim: string }
  readonly isSecret: boolean
}

async function begun(
  around: Around,
  { request, isSecret }: Begun,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const { id } = request
  try {
    const answer = await work()
    const isKept = !isSecret && answer.text.length <= answerBytesMax
    await keep(around, request, isKept ? { id, answer } : { id, status: answer.status })
    return answer
  } catch (error) {
    if (error instanceof AppError && isForGood(error)) {
      const { code, message: detail, issues } = error
      await keep(around, request, { id, refusal: { code, detail, issues } })
    } else await forget(around, request)
    throw error
  }
}

/** Asked again it would be refused again, unless something else changes. */
const isForGood = ({ code }: AppError): boolean => statusOf[code] < 500 && statusOf[code] !== 429

/** What was done is done, whether that it was can be written down or not. */
async function keep(
  { store, seal, clock, log }: Around,
  { id, claim }: Begun['request'],
  kept: Kept,
): Promise<void> {
  const answer = seal(Buffer.from(JSON.stringify(kept)))
  await store
    .endRequest({ id, claim, answer, until: clock() + keptMs })
    .catch((error: unknown) => log.warn('an answer could not be kept', errorFields(error)))
}

const forget = ({ store, log }: Around, request: Begun['request']): Promise<void> =>
  store
    .dropRequest(request)
    .catch((error: unknown) => log.warn('a failed request could not be forgotten', errorFields(error)))

function answerIn({ unseal }: Around, id: string, sealed: Uint8Array): Answer {
  const kept = JSON.parse(Buffer.from(unseal(sealed)).toString()) as Kept
  if (kept.id !== id) throw new AppError('key_mismatch', 'The kept answer is that of another request')
  if ('answer' in kept) return kept.answer
  if ('refusal' in kept) {
    const { code, detail, issues } = kept.refusal
    throw new AppError(code, detail, { issues })
  }
  throw new AppError(
    'answer_not_kept',
    `This was done (${kept.status}), and its answer is not kept, because it may be told once only: list what there is, and undo or repeat it under another Idempotency-Key`,
  )
}
