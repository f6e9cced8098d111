/** The keys that open the API, as the store had them a moment ago. */
import { hash, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../../graph/errors.ts'
import type { ApiKey, Clock, KeyStore } from '../../../graph/ports.ts'
import type { Scope } from '../scopes.ts'

/** How long keys are good without being read again: a revoked key is dead within it. */
const goodMs = 1_000
/** Read again before that, so that nobody waits for it. */
const rereadAfterMs = 500
/** How long a reading may take before the store counts as away. */
const readMsMax = 1_000
/** How long keys are good while the store is away: nobody can revoke one there meanwhile. */
const goodWhileAwayMs = 600_000

const tokenShape = /^Bearer rl_(key[0-9a-f]{12})_([0-9a-f]{64})$/

export interface KeyRing {
  /** Throws `unauthenticated` without a live key, `forbidden` for one without the scope. */
  check(authorization: string | undefined, scope: Scope): Promise<ApiKey>
  /** The same at once; `undefined` where `check` would have to wait or would throw. */
  checkNow(authorization: string | undefined, scope: Scope): ApiKey | undefined
  /** Whether the keys could not be read for longer than they are good. */
  isStoreAway(): boolean
}

type Keys = ReadonlyMap<string, { readonly key: ApiKey; readonly hash: Uint8Array }>

export function keyRing(store: Pick<KeyStore, 'keys'>, clock: Clock): KeyRing {
  const reader = keyReader(store, clock)
  const verifiedOf = verifier()
  return {
    async check(authorization, scope) {
      const key = keyOf(authorization, await reader.current(), clock())
      if (!key) throw unauthenticated()
      if (!key.scopes.includes(scope))
        throw new AppError('forbidden', `This key lacks the scope ${scope}: make one that has it`)
      return key
    },
    checkNow(authorization, scope) {
      const keys = reader.now()
      const key = keys && verifiedOf(authorization, keys, clock())
      return key?.scopes.includes(scope) ? key : undefined
    },
    isStoreAway: () => reader.isAway(),
  }
}

/** Keys by the header that proved them; only of the reading they were proved by, so that none outlives it. */
function verifier() {
  let of: Keys | undefined
  let verified = new Map<string, ApiKey>()
  return (authorization: string | undefined, keys: Keys, now: number): ApiKey | undefined => {
    if (of !== keys) verified = new Map()
    of = keys
    const known = authorization === undefined ? undefined : verified.get(authorization)
    if (known) return isLive(known, now) ? known : undefined
    const key = keyOf(authorization, keys, now)
    if (key && authorization !== undefined) verified.set(authorization, key)
    return key
  }
}

const isLive = ({ revokedAt = Infinity }: ApiKey, now: number): boolean => revokedAt > now

function keyOf(authorization: string | undefined, keys: Keys, now: number): ApiKey | undefined {
  const [, id = '', secret = ''] = tokenShape.exec(authorization ?? '') ?? []
  const found = keys.get(id)
  if (!found || !isLive(found.key, now)) return undefined
  return timingSafeEqual(hash('sha256', secret, 'buffer'), found.hash) ? found.key : undefined
}

const unauthenticated = (): AppError =>
  new AppError(
    'unauthenticated',
    'This needs a live API key as "Authorization: Bearer rl_..."; make one with ringleader keys create',
  )

/** Reads all keys, beside whoever asks for them where that can be. */
function keyReader(store: Pick<KeyStore, 'keys'>, clock: Clock) {
  let known: { readonly keys: Keys; readonly at: number } | undefined
  let reading: Promise<void> | undefined
  let triedAt = -Infinity
  let isAway = false

  function read(): Promise<void> {
    if (reading) return reading
    const at = clock()
    triedAt = at
    reading = store
      .keys()
      .then((all) => {
        known = { keys: keysById(all), at }
        isAway = false
      })
      .finally(() => {
        reading = undefined
      })
    return reading
  }

  const ageMs = (): number => (known ? clock() - known.at : Infinity)

  /** Those that are good now. */
  function now(): Keys | undefined {
    if (ageMs() >= rereadAfterMs && clock() - triedAt >= rereadAfterMs) void read().catch(() => {})
    return ageMs() < (isAway ? goodWhileAwayMs : goodMs) ? known?.keys : undefined
  }

  async function current(): Promise<Keys> {
    const good = now()
    if (good) return good
    const attempt = read()
    if (ageMs() >= goodWhileAwayMs) await attempt
    else isAway = !(await inTime(attempt))
    return known?.keys ?? new Map()
  }

  return { now, current, isAway: () => isAway }
}

const keysById = (all: readonly ApiKey[]): Keys =>
  new Map(all.map((key) => [key.id, { key, hash: Buffer.from(key.hash, 'hex') }]))

/** Whether it came to a good end soon enough. */
async function inTime(work: Promise<void>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(resolve, readMsMax, false)
  const outcome = await Promise.race([
    work.then(
      () => true,
      () => false,
    ),
    late,
  ])
  clearTimeout(timer)
  return outcome
}
