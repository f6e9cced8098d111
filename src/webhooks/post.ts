/**
 * One POST to an address that somebody else chose. The name is resolved once, every address is checked, and the
 * connection goes to a checked address, so that another answer of the name's server a moment later changes nothing.
 * Redirects are not followed.
 */
import { lookup as systemLookup } from 'node:dns/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Reach } from './addresses.ts'

export interface Resolved {
  readonly address: string
  readonly family: number
}
export type Resolve = (name: string) => Promise<readonly Resolved[]>

export const systemResolve: Resolve = (name) => systemLookup(name, { all: true })

export interface Post {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface PostOptions {
  readonly reach: Reach
  readonly resolve: Resolve
  /** Of the whole exchange. */
  readonly withinMs: number
}

/** Bytes of an answer that are read; nothing is made of them. */
const answerBytesMax = 65_536

/** The address must not be called, whatever it says. */
export class RefusedAddress extends Error {}

/** The answer's status. Throws what the network did, and `RefusedAddress`. */
export async function post(
  { url, headers, body }: Post,
  { reach, resolve, withinMs }: PostOptions,
): Promise<number> {
  const signal = AbortSignal.timeout(withinMs)
  const checked = await inTime(checkedAddresses(url, { reach, resolve }), signal)
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  const sent = request(url, {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    lookup: only(checked),
    agent: false,
    signal,
  })
  const answered = new Promise<IncomingMessage>((answer, fail) => {
    sent.once('response', answer)
    sent.once('error', fail)
  })
  sent.end(body)
  const response = await answered
  await readSome(response)
  return response.statusCode ?? 0
}

/** Throws unless each address that the name stands for may be called; without TLS only those the operator named. */
export async function checkedAddresses(
  { hostname, protocol }: URL,
  { reach, resolve }: Pick<PostOptions, 'reach' | 'resolve'>,
): Promise<readonly Resolved[]> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(host)
  const found = family === 0 ? await resolve(host) : [{ address: host, family }]
  const mayCall = ({ address }: Resolved): boolean =>
    protocol === 'https:' ? reach.mayCall(address) : reach.isAllowed(address)
  if (found.length === 0 || !found.every(mayCall)) throw new RefusedAddress()
  return found
}

/** Answers every name with these addresses. */
const only =
  (addresses: readonly Resolved[]): LookupFunction =>
  (_, { all }, answer) => {
    const [first] = addresses
    if (all) answer(null, [...addresses])
    else answer(null, first?.address ?? '', first?.family)
  }

async function readSome(response: IncomingMessage): Promise<void> {
  let bytes = 0
  for await (const chunk of response) {
    bytes += (chunk as Uint8Array).length
    if (bytes > answerBytesMax) break
  }
  response.destroy()
}

function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const late = new Promise<never>((_, fail) =>
    signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true }),
  )
  return Promise.race([work, late])
}
