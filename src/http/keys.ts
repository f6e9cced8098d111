/** API keys: `rl_<id>_<secret>`, 256 bits of chance, of which only a hash is stored. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../graph/errors.ts'
import type { ApiKey, Clock, KeyStore } from '../../graph/ports.ts'
import type { Scope } from './scopes.ts'

/** How long a process may go on without reading the keys again: a revoked key is dead within it. */
const rereadMs = 1_000

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
    key: { id, name, hash: hashOf(secret).toString('hex'), scopes, createdAt: now },
    token: `rl_${id}_${secret}`,
  }
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

const tokenShape = /^Bearer rl_(key[0-9a-f]{12})_([0-9a-f]{64})$/

export type KeyCheck = (authorization: string | undefined, scope: Scope) => Promise<ApiKey>

/** Throws `unauthenticated` without a live key and `forbidden` for one without the scope. */
export function keyCheck(store: Pick<KeyStore, 'keys'>, clock: Clock): KeyCheck {
  // The reading itself is held, so that requests which come during it wait for its answer.
  let reading: Promise<ReadonlyMap<string, ApiKey>> | undefined
  let readAt = -Infinity

  function liveKeys(): Promise<ReadonlyMap<string, ApiKey>> {
    if (reading && clock() - readAt < rereadMs) return reading
    readAt = clock()
    reading = store.keys().then((keys) => new Map(keys.map((key) => [key.id, key])))
    reading.catch(() => {
      reading = undefined
    })
    return reading
  }

  return async (authorization, scope) => {
    const [, id = '', secret = ''] = tokenShape.exec(authorization ?? '') ?? []
    const key = id === '' ? undefined : (await liveKeys()).get(id)
    if (
      !key ||
      key.revokedAt !== undefined ||
      !timingSafeEqual(hashOf(secret), Buffer.from(key.hash, 'hex'))
    ) {
      throw new AppError(
        'unauthenticated',
        'This needs a live API key as "Authorization: Bearer rl_..."; make one with ringleader keys create',
      )
    }
    if (!key.scopes.includes(scope)) {
      throw new AppError('forbidden', `This key lacks the scope ${scope}: make one that has it`)
    }
    return key
  }
}
