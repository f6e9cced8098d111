/** An endpoint is data: its path, who may call it, schemas in and out, and a function between them. */
import type { z } from 'zod'
import type { ErrorCode } from '../../graph/errors.ts'
import type { StreamedEvent } from './edge/event-stream.ts'
import type { Scope } from './scopes.ts'
import type { HttpServices } from './services.ts'

/** Bodies of lines come as deliveries; other bodies as JSON checked by `body`. */
export interface Request<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** Raw bytes, for routes that read lines. */
  readonly bytes: Uint8Array
  readonly contentType: string
  /** The calling key, as a source of data; `public` without one. */
  readonly caller: string
  /** Scopes of who calls. */
  readonly mayDo: readonly string[]
}

export interface EventSource<Params, Query> {
  /** What one event holds. */
  readonly event: z.ZodType
  /** `lastEventId` is what a reader that comes back had last. Ends soon after `signal` aborts. */
  readonly open: (
    services: HttpServices,
    request: Pick<Request<Params, Query, unknown>, 'params' | 'query'> & { lastEventId: string | undefined },
  ) => Promise<(signal: AbortSignal) => AsyncIterable<StreamedEvent | undefined>>
}

export interface Route<Params = unknown, Query = unknown, Body = unknown, Reply = unknown> {
  readonly method: 'get' | 'post' | 'patch' | 'delete'
  /** As OpenAPI writes it: `/v1/rings/{id}`. */
  readonly path: string
  readonly summary: string
  /** The scope a key needs; `public` routes need no key. */
  readonly scope: Scope | 'public'
  readonly status?: 200 | 201 | 202
  /** Where what was asked for may be there already: 200 then, `status` otherwise. */
  readonly statusOf?: (reply: Reply) => 200 | 201
  readonly params?: z.ZodType<Params>
  readonly query?: z.ZodType<Query>
  readonly body?: z.ZodType<Body>
  /** Content types of a body of lines; then `body` describes one line. */
  readonly lines?: true
  /** Most bytes of a body, after unpacking. */
  readonly bodyBytesMax?: number
  readonly reply: z.ZodType<Reply>
  /** Asking again changes nothing more, so that a request needs no name: an Idempotency-Key is not looked at. */
  readonly repeatable?: true
  /** What it answers is told to nobody but the caller, and kept nowhere on the way. */
  readonly secret?: true
  /** Answers text as it is; `reply` only describes it. */
  readonly text?: string
  /** Server-sent events, for who accepts `text/event-stream` rather than JSON. */
  readonly stream?: EventSource<Params, Query>
  /** Content types by the query's `format`, for answers that may also be asked for as text. */
  readonly formats?: Readonly<Record<string, string>>
  /** Codes it may answer besides those every route may. */
  readonly problems?: readonly ErrorCode[]
  /** A text where `formats` names what the query asks for. */
  readonly handle: (services: HttpServices, request: Request<Params, Query, Body>) => Promise<Reply | string>
}

/** Types a route by its schemas and hands it over as one of many. */
export const route = <Params, Query, Body, Reply>(definition: Route<Params, Query, Body, Reply>): Route =>
  definition as unknown as Route
