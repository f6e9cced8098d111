/** A client that a request may wait for: it ends in time, asks for many at once, and says what to do without an answer. */
import type { AccountRisk, Event, IngestReply, Label, Meta, Operations } from './api.ts'
import { coalesced } from './coalesce.ts'
import { RingleaderError } from './errors.ts'
import { type Sending, send } from './send.ts'

/** What you do about an account that no answer came for; decide it before it happens. */
export type Fallback = 'allow' | 'deny' | 'unknown'

export interface ClientOptions {
  /** Where `ringleader serve` listens: `http://127.0.0.1:7373`. */
  readonly url: string
  readonly key: string
  readonly fallback: Fallback
  /** All attempts of one question together. */
  readonly timeoutMs?: number
  readonly retries?: number
  readonly batch?: { readonly waitMs?: number; readonly idsMax?: number }
  /** Rather no answer than one made before so long. */
  readonly maxStalenessMs?: number
  /** Told whenever the fallback is what you get. */
  readonly onFallback?: (error: RingleaderError) => void
  readonly fetch?: typeof fetch
}

export type RiskAnswer =
  | {
      readonly source: 'ringleader'
      readonly account: string
      readonly risk: AccountRisk
      readonly meta: Meta
    }
  | {
      readonly source: 'fallback'
      readonly account: string
      readonly fallback: Fallback
      readonly error: RingleaderError
    }

export type Operation = keyof Operations
export type Input<Name extends Operation> = Operations[Name]['input'] & {
  /** Instead of the client's. */
  readonly timeoutMs?: number
  /** Of a POST that changes something: a name of your own for it, to send it again after your program died. */
  readonly idempotencyKey?: string
}
export type Reply<Name extends Operation> = Operations[Name]['reply']

/** May be left out where nothing of it must be given. */
type InputArguments<Name extends Operation> =
  Readonly<Record<never, never>> extends Operations[Name]['input']
    ? [input?: Input<Name>]
    : [input: Input<Name>]

export interface Client {
  /** Never rejects for want of an answer: then it is the declared fallback. Rejects for what is no account id. */
  risk(account: string): Promise<RiskAnswer>
  /** In the order asked. */
  risks(accounts: readonly string[]): Promise<readonly RiskAnswer[]>
  /** Durable when it resolves; in parts of 1,000. Safe to repeat: the same events change nothing. */
  ingest(events: readonly Event[]): Promise<IngestReply>
  label(labels: readonly Label[]): Promise<IngestReply>
  /** Any operation by its name, such as `GET /v1/rings/{ring}`. Throws `RingleaderError`. */
  call<Name extends Operation>(name: Name, ...input: InputArguments<Name>): Promise<Reply<Name>>
  /** All items of a list that comes in pages. */
  pages<Name extends PagedOperation>(name: Name, input?: Input<Name>): AsyncGenerator<ItemOf<Name>>
}

/** Lists that end: a feed goes on for ever, and has cursors of its own. */
type PagedOperation = {
  [Name in Operation]: Reply<Name> extends {
    readonly items: readonly unknown[]
    readonly nextCursor: infer Cursor
  }
    ? null extends Cursor
      ? Name
      : never
    : never
}[Operation]
type ItemOf<Name extends PagedOperation> =
  Reply<Name> extends { readonly items: readonly (infer Item)[] } ? Item : never

const linesMax = 1_000
const ingestTimeoutMs = 30_000

/**
 * Requests that do not change a thing, or the same thing again: events and labels carry their own ids. Other POSTs are
 * named, so that the server does each once.
 */
export const repeatable: ReadonlySet<Operation> = new Set<Operation>([
  'POST /v1/risk:batch',
  'POST /v1/match',
  'POST /v1/search',
  'POST /v1/identifiers/{kind}/{ref}/reveal',
  'POST /v1/events',
  'POST /v1/labels',
])

export function createClient(options: ClientOptions): Client {
  const { timeoutMs = 250, batch = {}, fallback } = options
  const sending = sendingOf(options)

  async function call<Name extends Operation>(name: Name, ...[input]: InputArguments<Name>) {
    return (await ask(sending, name, { timeoutMs, ...input })) as Reply<Name>
  }

  const riskOf = coalesced<RiskAnswer>({
    waitMs: batch.waitMs ?? 1,
    idsMax: Math.min(linesMax, batch.idsMax ?? linesMax),
    now: sending.now,
    async ask(accounts, askedAt) {
      try {
        const { items, meta } = await call('POST /v1/risk:batch', {
          body: { accounts },
          ...(options.maxStalenessMs !== undefined && { query: { maxStalenessMs: options.maxStalenessMs } }),
          timeoutMs: timeoutMs - (sending.now() - askedAt),
        })
        return items.map((risk, i) => ({ source: 'ringleader', account: accounts[i] ?? '', risk, meta }))
      } catch (error) {
        if (!(error instanceof RingleaderError)) throw error
        options.onFallback?.(error)
        return accounts.map((account) => ({ source: 'fallback', account, fallback, error }))
      }
    },
  })

  const risk = async (account: string): Promise<RiskAnswer> => {
    checkAccount(account)
    return await riskOf(account)
  }
  return {
    risk,
    risks: (accounts) => Promise.all(accounts.map(risk)),
    ingest: (events) =>
      inParts(events, (body) => call('POST /v1/events', { body, timeoutMs: ingestTimeoutMs })),
    label: (labels) =>
      inParts(labels, (body) => call('POST /v1/labels', { body, timeoutMs: ingestTimeoutMs })),
    call,
    pages: (name, input) => pagesOf(sending, name, { timeoutMs, ...input }),
  }
}

const sendingOf = ({ url, key, retries = 2, fetch: own }: ClientOptions): Sending => ({
  url,
  key,
  retries,
  fetch: own ?? fetch,
  now: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
})

/** One bad id would have the answers of all who are asked for with it. */
function checkAccount(account: string): void {
  if (account.length >= 1 && account.length <= 256 && account.isWellFormed()) return
  throw new RingleaderError('An account id has 1 to 256 letters', { code: 'invalid_input' })
}

interface Asked {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined
  readonly body?: unknown
  readonly timeoutMs: number
  readonly idempotencyKey?: string
}

function ask(
  sending: Sending,
  name: Operation,
  { params = {}, query = {}, body, timeoutMs, ...asked }: Asked,
) {
  const [method = '', template = ''] = name.split(' ')
  const path = template.replaceAll(/\{(\w+)\}/g, (_, field: string) =>
    encodeURIComponent(params[field] ?? ''),
  )
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([field, value]): [string, string][] =>
      value === undefined ? [] : [[field, String(value)]],
    ),
  )
  const isNamed = method === 'POST' && !repeatable.has(name)
  return send(sending, {
    method,
    path: search.size > 0 ? `${path}?${search.toString()}` : path,
    ...(body !== undefined && { body: { type: 'application/json', text: JSON.stringify(body) } }),
    ...(isNamed && { name: asked.idempotencyKey ?? crypto.randomUUID() }),
    isRepeatable: method === 'GET' || method === 'POST',
    deadline: sending.now() + timeoutMs,
  })
}

/** Lines are numbered over all parts. */
async function inParts<Line>(
  lines: readonly Line[],
  deliver: (part: readonly Line[]) => Promise<IngestReply>,
): Promise<IngestReply> {
  const sum = {
    read: 0,
    accepted: 0,
    duplicate: 0,
    conflict: 0,
    rejected: 0,
    results: [] as IngestReply['results'],
  }
  for (let from = 0; from < lines.length; from += linesMax) {
    const reply = await deliver(lines.slice(from, from + linesMax))
    for (const field of ['read', 'accepted', 'duplicate', 'conflict', 'rejected'] as const)
      sum[field] += reply[field]
    sum.results = [...sum.results, ...reply.results.map((row) => ({ ...row, line: row.line + from }))]
  }
  return sum
}

async function* pagesOf<Name extends PagedOperation>(
  sending: Sending,
  name: Name,
  input: Asked,
): AsyncGenerator<ItemOf<Name>> {
  let cursor: string | undefined
  do {
    const query = { ...input.query, ...(cursor !== undefined && { cursor }) }
    const page = (await ask(sending, name, { ...input, query })) as {
      readonly items: readonly ItemOf<Name>[]
      readonly nextCursor: string | null
    }
    yield* page.items
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
