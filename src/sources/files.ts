/** Files of NDJSON or CSV, plain or gzip, as deliveries. */
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '../../graph/errors.ts'
import { csvDeliveries } from './csv.ts'
import type { Delivery } from './delivery.ts'
import type { Mapping } from './mapping.ts'
import { ndjsonDeliveries } from './ndjson.ts'

export interface FileOptions {
  /** Needed for CSV; a file read without one is NDJSON. */
  readonly mapping?: Mapping
  /** Told of bytes read from disk, of all there are. */
  readonly onProgress?: (bytes: number, of: number) => void
  readonly onSkip?: () => void
}

/** Throws `invalid_input` for a missing file and `invalid_gzip` where a compressed one breaks off. */
export function fileDeliveries(file: string, options: FileOptions): AsyncGenerator<Delivery> {
  const { mapping, onProgress, onSkip = () => {} } = options
  const chunks = fileChunks(file, onProgress)
  return mapping ? csvDeliveries(chunks, { file, mapping, onSkip }) : ndjsonDeliveries(chunks)
}

async function* fileChunks(file: string, onProgress: FileOptions['onProgress']): AsyncGenerator<Uint8Array> {
  const size = await sizeOf(file)
  const zipped = await isGzip(file)
  const bytes = counted(file, (done) => onProgress?.(done, size))
  if (!zipped) {
    yield* bytes
    return
  }
  const plain = createGunzip()
  // Errors of either side destroy `plain`, which the loop below then throws.
  pipeline(bytes, plain, () => {})
  try {
    yield* plain
  } catch (cause) {
    throw new AppError(
      'invalid_gzip',
      `${file} is not whole gzip: what could be read before the break was kept; fetch the file again and repeat, repeats are harmless`,
      { cause },
    )
  }
}

async function* counted(file: string, onBytes: (done: number) => void): AsyncGenerator<Uint8Array> {
  let done = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Uint8Array>) {
    done += chunk.length
    onBytes(done)
    yield chunk
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file)
    if (found.isFile()) return found.size
  } catch (cause) {
    throw new AppError('invalid_input', `There is no file ${file}: check its name`, { cause })
  }
  throw new AppError('invalid_input', `${file} is not a file: name files one by one`)
}

async function isGzip(file: string): Promise<boolean> {
  await using handle = await open(file)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
}
