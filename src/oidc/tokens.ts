/** Who comes with a token (RFC 7519, RFC 8725), and what that person may do. */
import { errors, type JWTPayload, jwtVerify } from 'jose'
import { AppError } from '../../graph/errors.ts'
import type { Clock } from '../../graph/ports.ts'
import type { OidcConfig } from '../config/oidc.ts'
import type { Scope } from '../http/scopes.ts'
import { type IssuerKeys, issuerKeys } from './issuer.ts'

export interface Person {
  readonly id: string
  readonly author: string
  readonly scopes: readonly Scope[]
}

export interface Tokens {
  /** Throws `unauthenticated`, and `issuer_unavailable` where it cannot be known. */
  check(token: string): Promise<Person>
  /** At once, of one that was checked a moment ago. */
  checkNow(token: string): Person | undefined
}

/** A public key checks, and only the issuer's secret one signs: no shared secret, and not none. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]

/** Checked again after so long, by the keys of then. */
const checkedMs = 60_000
/** Of more tokens all are checked again. */
const checkedMax = 10_000
const authorLettersMax = 256
const groupsMax = 1_000

export function tokensOf(
  config: OidcConfig,
  clock: Clock,
  { keyOf }: Pick<IssuerKeys, 'keyOf'> = issuerKeys(config, clock),
): Tokens {
  const checked = new Map<string, { readonly person: Person; readonly until: number }>()
  return {
    async check(token) {
      const payload = await verified(token, { config, keyOf, clock })
      const person = personOf(payload, config)
      if (checked.size >= checkedMax) checked.clear()
      const endsAt = (Number(payload.exp) + config.skewSeconds) * 1_000
      checked.set(token, { person, until: Math.min(endsAt, clock() + checkedMs) })
      return person
    },
    checkNow(token) {
      const found = checked.get(token)
      return found && found.until > clock() ? found.person : undefined
    },
  }
}

async function verified(
  token: string,
  { config, keyOf, clock }: Pick<IssuerKeys, 'keyOf'> & { config: OidcConfig; clock: Clock },
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keyOf, {
      algorithms,
      issuer: config.issuer,
      audience: config.audience,
      clockTolerance: config.skewSeconds,
      currentDate: new Date(clock()),
      requiredClaims: ['exp', 'sub'],
    })
    return payload
  } catch (error) {
    if (error instanceof AppError) throw error
    throw refused(error)
  }
}

/** Says what is wrong with it, and nothing of what it holds. */
function refused(error: unknown): AppError {
  const why =
    error instanceof errors.JWTExpired
      ? 'has expired: sign in again'
      : error instanceof errors.JWTClaimValidationFailed
        ? `is not for here: its claim ${claimNamed(error.claim)} is not as the settings of OIDC have it`
        : 'is not one that the issuer signed'
  return new AppError('unauthenticated', `The token ${why}`)
}

const claimNamed = (claim: string): string =>
  ['aud', 'iss', 'exp', 'nbf', 'sub'].includes(claim) ? claim : ''

function personOf(payload: JWTPayload, { authorClaim, groupsClaim, scopesOf }: OidcConfig): Person {
  const groups = groupsIn(payload, groupsClaim)
  return {
    id: `person:${payload.sub}`,
    author: `person:${authorIn(payload, authorClaim)}`,
    scopes: [...new Set(groups.flatMap((group) => scopesOf.get(group) ?? []))],
  }
}

function authorIn(payload: JWTPayload, claim: OidcConfig['authorClaim']): string {
  const isProven = claim === 'sub' || payload['email_verified'] === true
  const author = payload[claim]
  if (isProven && typeof author === 'string' && author !== '' && author.length <= authorLettersMax)
    return author
  throw new AppError(
    'unauthenticated',
    `The token does not say who it is of: its claim ${claim} must be ${claim === 'sub' ? 'there' : 'there and verified'}`,
  )
}

/** A claim of that name, or one inside others: `realm_access.roles`. */
function groupsIn(payload: JWTPayload, claim: string): readonly string[] {
  const own = (of: unknown, name: string): unknown =>
    typeof of === 'object' && of !== null && Object.hasOwn(of, name)
      ? (of as Record<string, unknown>)[name]
      : undefined
  const found = own(payload, claim) ?? claim.split('.').reduce(own, payload as unknown)
  if (typeof found === 'string') return [found, ...found.split(' ')]
  if (!Array.isArray(found)) return []
  return found.slice(0, groupsMax).filter((group) => typeof group === 'string')
}
