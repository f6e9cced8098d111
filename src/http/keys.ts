/** API keys: `rl_<id>_<secret>`, 256 bits of chance, of which only a hash is stored. */
import { hash, randomBytes } from 'node:crypto'
import type { ApiKey } from '../../graph/ports.ts'
import type { Scope } from './scopes.ts'

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
  scopes: readonly Scope[]
  now: number
}): NewKey {
  const id = `key${randomBytes(6).toString('hex')}`
  const secret = randomBytes(32).toString('hex')
  return {
    key: { id, name, hash: hash('sha256', secret), scopes, createdAt: now },
    token: `rl_${id}_${secret}`,
  }
}
