/** Listens, with limits that keep slow and greedy connections from holding the process. */
import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { AppError } from '../../graph/errors.ts'
import { newId } from '../ids.ts'
import { type AnswerPlain, type FrontDoor, openFrontDoor } from './hot/front-door.ts'
import { problemOf } from './problem.ts'

/** Who answers requests and, where somebody does, whole connections of plain ones. */
export interface Answers {
  readonly listener: RequestListener
  readonly plain?: AnswerPlain
}

export interface Listening extends AsyncDisposable {
  readonly url: string
}

/** How long a request may take to come. */
export interface Patience {
  readonly headersMs: number
  readonly requestMs: number
  readonly checkEveryMs: number
}

const defaultPatience: Patience = { headersMs: 10_000, requestMs: 14_000, checkEveryMs: 1_000 }

const headerBytesMax = 16_384

/** How long a connection is kept for the next request. */
export const keepAliveSeconds = 65

/** How long open requests may take once the process is to stop. */
const drainMs = 5_000

export async function listen(
  { listener, plain }: Answers,
  { host, port, patience = defaultPatience }: { host: string; port: number; patience?: Patience },
): Promise<Listening> {
  const server = createServer(
    {
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      // Node looks for connections that are late at this interval alone, by itself every 30 s.
      connectionsCheckingInterval: patience.checkEveryMs,
      keepAliveTimeout: keepAliveSeconds * 1_000,
      maxHeaderSize: headerBytesMax,
    },
    listener,
  )
  server.maxConnections = 10_000
  server.on('clientError', answerClientError)
  const door =
    plain &&
    openFrontDoor(server, {
      answer: plain,
      patience: { firstMs: patience.headersMs, nextMs: keepAliveSeconds * 1_000 },
      onSilence: (socket) => answerClientError(lateError(), socket),
    })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(error, host, port)))
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  const shown = host.includes(':') ? `[${host}]` : host
  return { url: `http://${shown}:${address.port}`, [Symbol.asyncDispose]: () => close(server, door) }
}

/** What Node's parser refuses before there is a request to answer. */
function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const requestId = newId('req', Date.now())
  const problem = problemOf(clientError(error.code), requestId)
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `x-request-id: ${requestId}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const lateError = (): NodeJS.ErrnoException =>
  Object.assign(new Error('nothing came'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })

function clientError(code: string | undefined): AppError {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new AppError(
      'headers_too_large',
      `The path and headers are over ${headerBytesMax} bytes: send less`,
    )
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new AppError('request_timeout', 'The request did not come whole in time: send it again, in parts')
  return new AppError('invalid_input', 'This is not HTTP/1.1')
}

async function close(server: Server, door: FrontDoor | undefined): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  door?.close()
  server.closeIdleConnections()
  const deadline = setTimeout(() => {
    server.closeAllConnections()
    door?.closeNow()
  }, drainMs)
  await closed
  clearTimeout(deadline)
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new AppError(
      'config_invalid',
      `Something else listens on ${host}:${port}: stop it, or choose another port with --port (0 takes a free one)`,
      { cause: error },
    )
  }
  return new AppError(
    'config_invalid',
    `Cannot listen on ${host}:${port} (${error.code}): choose another --host or --port`,
    {
      cause: error,
    },
  )
}
