/** How an answer begins and ends, whoever gives it: its id, the headers of every answer, its figure and log line. */
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import helmet from 'helmet'
import { newId } from '../../ids.ts'
import { traceIn } from '../../telemetry/trace.ts'
import type { HttpServices } from '../services.ts'
import type { Rate } from './rate-limits.ts'

export interface Answering {
  readonly requestId: string
  readonly startedAt: number
  /** As the caller named it, or of our own. */
  readonly traceId: string | undefined
}

export const beginAnswer = (
  { clock }: Pick<HttpServices, 'clock'>,
  { headers }: Pick<IncomingMessage, 'headers'>,
): Answering => ({
  requestId: newId('req', clock()),
  startedAt: performance.now(),
  traceId: traceIn(headers['traceparent']),
})

/** `route` is its path in the API, never the address asked for: that may hold an account. */
export function endAnswer(
  { metrics, log }: Pick<HttpServices, 'metrics' | 'log'>,
  { requestId, startedAt, traceId }: Answering,
  { method, route, status }: { method: string | undefined; route: string; status: number },
): void {
  const seconds = (performance.now() - startedAt) / 1_000
  metrics.request(route, status, seconds)
  const trace = traceId === undefined ? {} : { traceId }
  log.debug('request', { requestId, ...trace, method, route, status, seconds })
}

/** What helmet sets, asked for once: its headers do not depend on the request. */
const securityHeaders: readonly (readonly [name: string, value: string])[] = (() => {
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  helmet()(request, response, () => {})
  return response.getHeaderNames().map((name) => [name, String(response.getHeader(name))] as const)
})()

const requestIdHeader = 'x-request-id'
const flatSecurityHeaders: readonly string[] = securityHeaders.flat()

export function setCommonHeaders(response: ServerResponse, { requestId }: Answering): void {
  response.setHeader(requestIdHeader, requestId)
  for (const [name, value] of securityHeaders) response.setHeader(name, value)
}

const jsonHeaders = (bytes: number): string[] => [
  'Content-Type',
  'application/json; charset=utf-8',
  'Content-Length',
  String(bytes),
]

/** Sends JSON on a response whose common headers are set. */
export function sendJson(response: ServerResponse, status: number, text: string): void {
  const [type = '', typeValue = '', length = '', lengthValue = ''] = jsonHeaders(Buffer.byteLength(text))
  response.statusCode = status
  response.setHeader(type, typeValue)
  response.setHeader(length, lengthValue)
  response.end(text)
}

export function setRateHeaders(response: ServerResponse, { headers }: Rate): void {
  const [policy = '', policyValue = '', rate = '', rateValue = ''] = headers
  response.setHeader(policy, policyValue)
  response.setHeader(rate, rateValue)
}

/** The same answer on a response that nothing was set on: Node writes headers given at once far faster. */
export function sendJsonAtOnce(
  response: ServerResponse,
  { requestId, rate, text }: { requestId: string; rate: Rate; text: string },
): void {
  const bytes = Buffer.byteLength(text)
  response.writeHead(200, [
    requestIdHeader,
    requestId,
    ...flatSecurityHeaders,
    ...rate.headers,
    ...jsonHeaders(bytes),
  ])
  // ASCII need not be encoded.
  response.end(text, bytes === text.length ? 'latin1' : 'utf8')
}
