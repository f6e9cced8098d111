/** A server on a free port over a data directory of its own, with a key that may do everything. */
import { openWriting } from '../../../src/compose.ts'
import { type Config, readConfig } from '../../../src/config.ts'
import { makeKey } from '../../../src/http/keys.ts'
import { scopes } from '../../../src/http/scopes.ts'
import { serve } from '../../../src/serve.ts'
import { silentLog } from '../../../src/telemetry/log.ts'
import { tempDir } from '../temp-dir.ts'

export interface Answer {
  readonly status: number
  readonly type: string
  readonly text: string
  readonly body: Record<string, unknown>
}

export interface Server extends AsyncDisposable {
  readonly url: string
  readonly dataDir: string
  get(path: string, options?: { token?: string | undefined }): Promise<Answer>
  send(
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | undefined,
    headers?: Record<string, string>,
  ): Promise<Answer>
  /** JSON. */
  post(path: string, body: unknown): Promise<Answer>
}

export async function startServer(overrides: Partial<Config> = {}): Promise<Server> {
  const dir = tempDir()
  const config = readConfig({ dataDir: dir.path, port: 0, detectAfterMs: 100, ...overrides }, {})
  const { key, token } = makeKey({ name: 'test', scopes, now: Date.now() })
  {
    await using writing = await openWriting(config)
    await writing.store.saveKey(key)
  }
  const server = await serve(config, silentLog)

  async function call(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(server.url + path, init)
    const text = await response.text()
    const type = response.headers.get('content-type') ?? ''
    return {
      status: response.status,
      type,
      text,
      body: type.includes('json') ? (JSON.parse(text) as Answer['body']) : {},
    }
  }

  const send: Server['send'] = (method, path, body, headers = {}) =>
    call(path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body }),
    })

  return {
    url: server.url,
    dataDir: dir.path,
    send,
    get: (path, options = { token }) =>
      call(
        path,
        options.token === undefined ? {} : { headers: { authorization: `Bearer ${options.token}` } },
      ),
    post: (path, body) => send('POST', path, JSON.stringify(body), { 'content-type': 'application/json' }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      dir[Symbol.dispose]()
    },
  }
}

/** Asks until the answer is as wanted, or 15 s are over. */
export async function eventually<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  const until = performance.now() + 15_000
  let answer = await ask()
  while (!isWanted(answer) && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    answer = await ask()
  }
  return answer
}
