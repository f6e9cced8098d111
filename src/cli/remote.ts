/** Talks to a running server, which owns its data directory. */
import { AppError } from '../../graph/errors.ts'
import type { WritingOptions } from './options.ts'

export interface Remote {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
  patch<T>(path: string, body: unknown): Promise<T>
  postLines<T>(path: string, lines: readonly string[]): Promise<T>
  delete<T>(path: string): Promise<T>
}

const deadlineMs = 60_000

/** `undefined` without `--url`. */
export function remoteFrom({ url, key }: WritingOptions): Remote | undefined {
  if (url === undefined) return undefined
  if (key === undefined)
    throw new AppError('config_invalid', '--url needs --key: make one with ringleader keys create')

  async function call<T>(method: string, path: string, body?: { type: string; text: string }): Promise<T> {
    const response = await fetched(addressOf(path, url), {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': body.type }) },
      ...(body && { body: body.text }),
      signal: AbortSignal.timeout(deadlineMs),
    })
    const answer = (await response.json()) as T & { code?: string; detail?: string }
    if (!response.ok) throw refused(response.status, answer)
    return answer
  }

  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, asJson(body)),
    patch: (path, body) => call('PATCH', path, asJson(body)),
    postLines: (path, lines) => call('POST', path, { type: 'application/x-ndjson', text: lines.join('\n') }),
    delete: (path) => call('DELETE', path),
  }
}

const asJson = (body: unknown) => ({ type: 'application/json', text: JSON.stringify(body) })

function addressOf(path: string, url: string | undefined): URL {
  const address = URL.parse(path, url)
  if (address) return address
  throw new AppError(
    'invalid_input',
    '--url is not an address: it must be like http://127.0.0.1:7373, as serve prints it',
  )
}

async function fetched(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    throw new AppError(
      'store_unavailable',
      `No server answers at ${url.origin}: start it with ringleader serve, or correct --url`,
      {
        cause,
      },
    )
  }
}

const refused = (status: number, { code, detail }: { code?: string; detail?: string }): AppError =>
  new AppError(
    status === 401 || status === 403 ? 'forbidden' : 'invalid_input',
    `The server refused (${status} ${code ?? ''}): ${detail ?? ''}`,
  )
