/** API keys: `rl_<id>_<secret>`, 256 bits of chance, of which only a hash is stored. */
import { hash, randomBytes } from 'node:crypto'
import { AppError } from '../../graph/errors.ts'
import type { ApiKey, KeyStore } from '../../graph/ports.ts'

export interface NewKey {
  readonly key: ApiKey
  /** Shown once. */
  readonly token: string
}

export function makeKey({
  name,
  scopes,
  now,
}: {
  name: string
  scopes: readonly string[]
  now: number
}): NewKey {
  const id = `key${randomBytes(6).toString('hex')}`
  const secret = randomBytes(32).toString('hex')
  return {
    key: { id, name, hash: hash('sha256', secret), scopes, createdAt: now },
    token: `rl_${id}_${secret}`,
  }
}

/**
 * A new key with the name and scopes of another, which goes on for `keepMs` so that its user can change over. Throws
 * `not_found` when there is no such live key.
 */
export async function rotateKey(
  store: KeyStore,
  id: string,
  { keepMs, now, by }: { keepMs: number; now: number; by: string },
): Promise<NewKey> {
  const old = (await store.keys()).find((key) => key.id === id && (key.revokedAt ?? Infinity) > now)
  if (!old) throw new AppError('not_found', 'There is no such live key: see ringleader keys list')
  const made = makeKey({ name: old.name, scopes: old.scopes, now })
  await store.saveKey(made.key, by)
  await store.revokeKey(id, Math.min(now + keepMs, old.revokedAt ?? Infinity), by)
  return made
}
