/**
 * The issuer's public keys, as it says where they are (OpenID Connect Discovery 1.0, RFC 7517). They are read when first
 * needed, again when they are old, and when somebody comes with a key that is not known: how often, whoever comes, is bounded.
 */
import {
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JWK,
  type JWSHeaderParameters,
  type JWTVerifyGetKey,
} from 'jose'
import { z } from 'zod'
import { AppError } from '../../graph/errors.ts'
import type { Clock } from '../../graph/ports.ts'
import { isTrustworthy, type OidcConfig } from '../config/oidc.ts'

/** Read again after so long, so that a key that was withdrawn is good no longer. */
const oldMs = 600_000
/** Good so long while the issuer is away. */
const goodWhileAwayMs = 3_600_000
/** Nobody has it asked more often. */
const everyMs = 10_000
const answerWithinMs = 5_000
const bytesMax = 262_144

export interface IssuerKeys {
  readonly keyOf: JWTVerifyGetKey
  /** Reads them now; how many there are. Throws `issuer_unavailable`. */
  refresh(): Promise<number>
}

type Issuer = Pick<OidcConfig, 'issuer' | 'jwksUrl'>

export function issuerKeys(issuer: Issuer, clock: Clock): IssuerKeys {
  let known: { readonly keyOf: ReturnType<typeof createLocalJWKSet>; readonly at: number } | undefined
  let triedAt = -Infinity
  let reading: Promise<number> | undefined

  const refresh = (): Promise<number> => {
    triedAt = clock()
    reading ??= readKeys(issuer)
      .then((keys) => {
        known = { keyOf: createLocalJWKSet({ keys: [...keys] }), at: clock() }
        return keys.length
      })
      .finally(() => {
        reading = undefined
      })
    return reading
  }

  const ageMs = (): number => (known ? clock() - known.at : Infinity)

  /** Whoever comes while they are read waits for them; whether that was done. */
  async function refreshAgain(): Promise<boolean> {
    if (!reading && clock() - triedAt < everyMs) return false
    return await (reading ?? refresh()).then(
      () => true,
      () => false,
    )
  }

  async function keyOf(header: JWSHeaderParameters, token: FlattenedJWSInput) {
    if (ageMs() >= oldMs) await refreshAgain()
    if (!known || ageMs() >= goodWhileAwayMs) throw away(issuer.issuer)
    try {
      return await known.keyOf(header, token)
    } catch (error) {
      const isUnknown = error instanceof errors.JWKSNoMatchingKey
      if (!isUnknown || !(await refreshAgain())) throw error
      return await known.keyOf(header, token)
    }
  }

  return { keyOf, refresh }
}

const away = (issuer: string, cause?: unknown): AppError =>
  new AppError(
    'issuer_unavailable',
    `The issuer ${issuer} does not tell its keys, so no token can be checked: API keys go on working; see ringleader doctor`,
    { cause },
  )

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.string() })
const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) })

/** Public keys alone: a shared secret among them would let anybody who reads it make tokens. */
async function readKeys({ issuer, jwksUrl }: Issuer): Promise<readonly JWK[]> {
  try {
    const { keys } = jwksSchema.parse(await readJson(jwksUrl ?? (await discovered(issuer))))
    return keys.filter(({ kty }) => ['RSA', 'EC', 'OKP'].includes(kty))
  } catch (cause) {
    throw away(issuer, cause)
  }
}

async function discovered(issuer: string): Promise<string> {
  const document = discoverySchema.parse(
    await readJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`),
  )
  if (document.issuer !== issuer)
    throw new Error('its discovery document names another issuer: set RINGLEADER_OIDC_ISSUER to the letter')
  return document.jwks_uri
}

async function readJson(address: string): Promise<unknown> {
  const url = URL.parse(address)
  if (!url || !isTrustworthy(url)) throw new Error('its keys are at an address that is not https')
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(answerWithinMs),
  })
  if (response.status !== 200) throw new Error(`it answered ${response.status}`)
  let bytes = 0
  const parts: Uint8Array[] = []
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length
    if (bytes > bytesMax) throw new Error(`it answered more than ${bytesMax} bytes`)
    parts.push(part)
  }
  return JSON.parse(Buffer.concat(parts).toString()) as unknown
}
