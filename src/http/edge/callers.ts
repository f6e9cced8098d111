/** Who asks: a program with a key, or a person with a token. */
import { AppError } from '../../../graph/errors.ts'
import type { Tokens } from '../../oidc/tokens.ts'
import type { Scope } from '../scopes.ts'
import type { KeyRing } from './key-ring.ts'

export interface Caller {
  /** By which rates are counted. */
  readonly id: string
  /** As decisions and the audit name who asked. */
  readonly author: string
  readonly scopes: readonly string[]
}

export interface Callers extends Pick<KeyRing, 'isStoreAway'> {
  /** Throws `unauthenticated` without a live key or a good token, `forbidden` for one without the scope. */
  check(authorization: string | undefined, scope: Scope): Promise<Caller>
  /** The same at once; `undefined` where `check` would have to wait or would throw. */
  checkNow(authorization: string | undefined, scope: Scope): Caller | undefined
}

/** Three parts (RFC 7515); no API key has dots. */
const tokenPattern = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/

const tokenIn = (authorization: string | undefined): string | undefined =>
  tokenPattern.exec(authorization ?? '')?.[1]

/** Without `tokens` everybody comes with a key. */
export function callersBy(keys: KeyRing, tokens?: Tokens): Callers {
  return {
    async check(authorization, scope) {
      const token = tokens && tokenIn(authorization)
      if (token === undefined || !tokens) return ofKey(await keys.check(authorization, scope))
      const caller = tokens.checkNow(token) ?? (await tokens.check(token))
      if (caller.scopes.includes(scope)) return caller
      throw new AppError('forbidden', `None of your groups may do this: it takes the scope ${scope}`)
    },
    checkNow(authorization, scope) {
      // Who comes with a key comes most often.
      const key = keys.checkNow(authorization, scope)
      if (key) return ofKey(key)
      const token = tokens && tokenIn(authorization)
      const caller = token === undefined ? undefined : tokens?.checkNow(token)
      return caller?.scopes.includes(scope) ? caller : undefined
    },
    isStoreAway: () => keys.isStoreAway(),
  }
}

const ofKey = ({ id, name, scopes }: { id: string; name: string; scopes: readonly string[] }): Caller => ({
  id,
  author: `key:${name}`,
  scopes,
})
