/** Where the deployment's key lives: a file of 64 hexadecimal digits that only its owner may read. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError } from '../../graph/errors.ts'

export const defaultKeyFile = (dataDir: string): string => join(dataDir, 'key')

/** The named key file; without one, the key in the data directory, made on first use if `create` is set. */
export function readKey(options: { keyFile?: string; dataDir: string; create: boolean }): Uint8Array {
  const file = options.keyFile ?? defaultKeyFile(options.dataDir)
  if (!existsSync(file)) {
    if (options.keyFile !== undefined || !options.create) throw missing(file)
    makeKey(file)
  }
  const text = readFileSync(file, 'utf8').trim()
  if (!/^[0-9a-f]{64,}$/i.test(text) || text.length % 2 !== 0) {
    throw new AppError(
      'config_invalid',
      `${file} is not a key: it must hold at least 64 hexadecimal digits (make one with: openssl rand -hex 32)`,
    )
  }
  return Buffer.from(text, 'hex')
}

function makeKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
}

const missing = (file: string): AppError =>
  new AppError(
    'config_invalid',
    `There is no key file ${file}: restore it from your backup, or make one with: openssl rand -hex 32 > ${file}`,
  )
