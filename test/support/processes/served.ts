/** A serving process in this one, over a directory of its own, with a key that may do everything. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { openWriting } from '../../../src/compose.ts'
import { type Config, type ConfigOverrides, readConfig } from '../../../src/config.ts'
import { makeKey } from '../../../src/http/keys.ts'
import { routes } from '../../../src/http/routes.ts'
import { problemSchema } from '../../../src/http/schemas.ts'
import { type Scope, scopes } from '../../../src/http/scopes.ts'
import { serve } from '../../../src/serve.ts'
import type { Log } from '../../../src/telemetry/log.ts'
import { tempDir } from '../temp-dir.ts'

export interface Reply<T = Body> {
  readonly status: number
  readonly type: string
  readonly headers: Headers
  readonly text: string
  /** The text as JSON; empty for other types. */
  readonly body: T
}

/** What tests look at in an answer. */
export type Body = Readonly<Record<string, never>>

export interface Send {
  readonly method?: string
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
  /** The token to call with; `null` for none. */
  readonly key?: string | null
}

export interface Served extends AsyncDisposable {
  readonly url: string
  readonly config: Config
  /** The token that may do everything. */
  readonly key: string
  /** All that was logged, as text. */
  readonly logged: () => string
  /** Stops serving; the directory stays until this is disposed of. */
  stop(): Promise<void>
  /** Serves the same directory again, with the same key. */
  again(): Promise<Served>
  send<T = Body>(path: string, options?: Send): Promise<Reply<T>>
  /** Without a look at the answer. */
  ask<T = Body>(path: string, options?: Send): Promise<Reply<T>>
  get<T = Body>(path: string): Promise<Reply<T>>
  post<T = Body>(path: string, body: unknown): Promise<Reply<T>>
  [Symbol.asyncDispose](): Promise<void>
}

export async function served(overrides: ConfigOverrides = {}): Promise<Served> {
  const dir = tempDir()
  const config = readConfig({ dataDir: dir.path, port: 0, detectAfterMs: 50, ...overrides }, {})
  const server = await start(config, await keyOfAllScopes(config))
  return {
    ...server,
    async [Symbol.asyncDispose]() {
      await server.stop()
      dir[Symbol.dispose]()
    },
  }
}

async function start(config: Config, key: string): Promise<Served> {
  const lines: string[] = []
  const server = await serve(config, logInto(lines))

  const ask = <T>(path: string, options: Send = {}): Promise<Reply<T>> =>
    call<T>(new URL(path, server.url), { key, ...options })

  async function send<T>(path: string, options: Send = {}): Promise<Reply<T>> {
    const reply = await ask<T>(path, options)
    checkAnswer(options.method ?? 'GET', path, reply)
    return reply
  }

  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= Promise.resolve(server[Symbol.asyncDispose]()))

  return {
    url: server.url,
    config,
    key,
    logged: () => lines.join('\n'),
    ask,
    send,
    get: (path) => send(path),
    post: (path, body) => send(path, posted('application/json', JSON.stringify(body))),
    stop,
    again: () => start(config, key),
    [Symbol.asyncDispose]: stop,
  }
}

export const posted = (type: string, body: string | Uint8Array<ArrayBuffer>): Send => ({
  method: 'POST',
  headers: { 'content-type': type },
  body,
})

async function keyOfAllScopes(config: Config): Promise<string> {
  await using writing = await openWriting(config)
  return await saveKey(writing.store, scopes)
}

/** Saves a new key; its token. */
export async function saveKey(
  store: { saveKey(key: ReturnType<typeof makeKey>['key']): Promise<void> },
  granted: readonly Scope[],
): Promise<string> {
  const { key, token } = makeKey({ name: 'test', scopes: granted, now: Date.now() })
  await store.saveKey(key)
  return token
}

function logInto(lines: string[]): Log {
  const write = (message: string, fields: unknown = {}): void =>
    void lines.push(`${message} ${JSON.stringify(fields)}`)
  return { debug: write, info: write, warn: write, error: write }
}

async function call<T>(url: URL, { method, body, headers, key }: Send): Promise<Reply<T>> {
  const response = await fetch(url, {
    method: method ?? 'GET',
    headers: { ...(key && { authorization: `Bearer ${key}` }), ...headers },
    ...(body !== undefined && { body }),
  })
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  return {
    status: response.status,
    type,
    headers: response.headers,
    text,
    body: (type.includes('json') && text !== '' ? JSON.parse(text) : {}) as T,
  }
}

/** Every answer of every test: as its route promises, or a problem (RFC 9457). */
function checkAnswer(method: string, path: string, reply: Reply<unknown>): void {
  if (reply.status >= 400) return checkProblem(reply)
  const found = routes.find((one) => one.method === method.toLowerCase() && matches(one.path, path))
  if (!found) return
  expect(reply.status).toBe(found.statusOf?.(reply.body) ?? found.status ?? 200)
  const texts = [found.text, ...Object.values(found.formats ?? {})]
  if (!texts.includes(reply.type)) found.reply.parse(reply.body)
}

const matches = (template: string, path: string): boolean => {
  const pattern = template.replaceAll(/[.:]/g, '\\$&').replaceAll(/\{\w+\}/g, '[^/]+')
  return new RegExp(`^${pattern}$`).test(path.split('?')[0] ?? '')
}

function checkProblem({ status, type, text, body, headers }: Reply<unknown>): void {
  const problem = problemSchema.parse(body)
  expect(type).toBe('application/problem+json')
  expect(problem.status).toBe(status)
  expect(problem.type).toBe(`/problems/${problem.code}`)
  expect(problem.title).not.toBe('')
  expect(problem.detail).not.toBe('')
  expect(problem.instance).toBe(headers.get('x-request-id'))
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(16_384)
}

/** Names of the files below a directory whose raw bytes hold a text. */
export function filesHolding(dir: string, text: string): readonly string[] {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => readFileSync(file).includes(text))
}

/** Asks again until the answer is as wished. Throws once the time is up. */
export async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean, ms = 15_000): Promise<T> {
  const deadline = performance.now() + ms
  for (;;) {
    const answer = await ask()
    if (isSo(answer)) return answer
    if (performance.now() > deadline) throw new Error(`Not so after ${ms} ms: ${JSON.stringify(answer)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
