/** Listens, with limits that keep slow and greedy connections from holding the process. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '../../graph/errors.ts'

export interface Listening extends AsyncDisposable {
  readonly url: string
}

/** How long open requests may take once the process is to stop. */
const drainMs = 5_000

export async function listen(
  answer: RequestListener,
  { host, port }: { host: string; port: number },
): Promise<Listening> {
  const server = createServer(
    { requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 },
    answer,
  )
  server.maxConnections = 10_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(error, host, port)))
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  const shown = host.includes(':') ? `[${host}]` : host
  return { url: `http://${shown}:${address.port}`, [Symbol.asyncDispose]: () => close(server) }
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const deadline = setTimeout(() => server.closeAllConnections(), drainMs)
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
