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
const securityHeaderLines = securityHeaders.map(([name, value]) => `${name}: ${value}\r\n`).join('')

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

export interface JsonAnswer {
  readonly requestId: string
  readonly rate: Rate
  readonly json: string | Uint8Array
}

/** The same answer on a response that nothing was set on: Node writes headers given at once far faster. */
export function sendJsonAtOnce(response: ServerResponse, { requestId, rate, json }: JsonAnswer): void {
  const bytes = Buffer.byteLength(json)
  response.writeHead(200, [
    requestIdHeader,
    requestId,
    ...flatSecurityHeaders,
    ...rate.headers,
    ...jsonHeaders(bytes),
  ])
  // ASCII need not be encoded.
  response.end(json, bytes === json.length ? 'latin1' : 'utf8')
}

/** The same answer whole, in Latin-1, as Node would write it on a connection that stays open for `keepAliveSeconds`. */
export function jsonAnswerText(
  { requestId, rate: { headers }, json }: JsonAnswer & { readonly json: string },
  { now, keepAliveSeconds }: { now: number; keepAliveSeconds: number },
): string {
  const [policy = '', policyValue = '', rate = '', rateValue = ''] = headers
  const bytes = Buffer.byteLength(json)
  const [type = '', typeValue = '', length = '', lengthValue = ''] = jsonHeaders(bytes)
  const body = bytes === json.length ? json : Buffer.from(json).toString('latin1')
  return (
    `HTTP/1.1 200 OK\r\n${requestIdHeader}: ${requestId}\r\n${securityHeaderLines}` +
    `${policy}: ${policyValue}\r\n${rate}: ${rateValue}\r\n` +
    `${type}: ${typeValue}\r\n${length}: ${lengthValue}\r\nDate: ${dateText(now)}\r\n` +
    `Connection: keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}\r\n\r\n${body}`
  )
}

let dated = { second: 0, text: new Date(0).toUTCString() }

function dateText(now: number): string {
  const second = Math.floor(now / 1_000)
  if (second !== dated.second) dated = { second, text: new Date(second * 1_000).toUTCString() }
  return dated.text
}
