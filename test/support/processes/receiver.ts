/** Somebody who is told of changes: a server on this machine that keeps what it got. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Message {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Receiver extends AsyncDisposable {
  readonly url: string
  readonly got: readonly Message[]
  /** What it answers from now on. */
  answer(status: number): void
}

export async function openReceiver(): Promise<Receiver> {
  const got: Message[] = []
  let status = 204
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      got.push({ headers: request.headers as Record<string, string>, body })
      response.writeHead(status).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    got,
    answer: (next) => void (status = next),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
