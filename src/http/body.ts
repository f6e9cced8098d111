/** Reads a request's body, plain or gzip, up to a limit that counts what is unpacked. */
import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import { AppError } from '../../graph/errors.ts'

/** Most bytes of a body, after unpacking, where the route sets no limit of its own. */
export const bodyBytesDefault = 1_048_576

/** Bodies that were read before Express was asked. */
const readAhead = new WeakMap<IncomingMessage, Uint8Array>()

/** Hands over the body of a request that somebody else is to answer. */
export const keepBody = (request: IncomingMessage, bytes: Uint8Array): void =>
  void readAhead.set(request, bytes)

export async function readBody(request: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
  const kept = readAhead.get(request)
  if (kept) return kept
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw tooLarge(bytesMax)
  if (encoding === 'identity') return collect(request, bytesMax)
  if (encoding !== 'gzip') {
    throw new AppError('unsupported_media_type', 'The content encoding must be gzip, or none')
  }
  return gunzip(request, bytesMax)
}

async function gunzip(request: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
  const plain = createGunzip()
  request.pipe(plain)
  request.on('error', (error) => plain.destroy(error))
  try {
    return await collect(plain, bytesMax)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('invalid_gzip', 'The body is not whole gzip: nothing of it was taken; send it again', {
      cause,
    })
  } finally {
    request.unpipe(plain)
    plain.destroy()
  }
}

/** Throws `body_too_large` over the limit. */
export async function collect(chunks: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > bytesMax) throw tooLarge(bytesMax)
    parts.push(chunk)
  }
  return Buffer.concat(parts)
}

const tooLarge = (bytesMax: number): AppError =>
  new AppError(
    'body_too_large',
    `The body is larger than ${bytesMax} bytes (unpacked): nothing of it was taken; send it in parts`,
  )

const utf8 = new TextDecoder('utf-8', { fatal: true })

export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes)) as unknown
  } catch {
    // The parser's message quotes the body, which may hold anything.
    throw new AppError('invalid_json', 'The body is not JSON in UTF-8')
  }
}
