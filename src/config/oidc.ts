/** How people come in: by tokens of the issuer that a deployment trusts (OpenID Connect). */
import { z } from 'zod'
import { isScope, type Scope, scopes } from '../http/scopes.ts'
import { wholeNumber } from './values.ts'

export interface OidcConfig {
  /** As tokens name it, to the letter. */
  readonly issuer: string
  readonly audience: string
  /** Instead of the one that discovery names. */
  readonly jwksUrl?: string
  readonly groupsClaim: string
  /** By group. */
  readonly scopesOf: ReadonlyMap<string, readonly Scope[]>
  readonly authorClaim: 'sub' | 'email'
  readonly skewSeconds: number
}

/** Whether keys and tokens may come from there: whoever stands between could make them. */
export const isTrustworthy = (url: URL): boolean =>
  url.protocol === 'https:' ||
  (url.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))

const trustworthyUrl = z.string().refine(
  (text) => {
    const url = URL.parse(text)
    return url !== null && isTrustworthy(url) && url.username === '' && url.search === '' && url.hash === ''
  },
  { error: 'must be an address such as https://login.example.com (http only on this machine)' },
)

const scopeMap = z.string().transform((text, context) => {
  const scopesOf = new Map<string, readonly Scope[]>()
  for (const entry of text.split(',').map((part) => part.trim())) {
    const at = entry.lastIndexOf('=')
    const [group, granted] = [entry.slice(0, at).trim(), entry.slice(at + 1).split('+')]
    const known = granted.map((one) => one.trim()).filter(isScope)
    if (at < 1 || known.length !== granted.length) {
      context.addIssue(`must be like fraud=rings:read+decide,leads=admin, of the scopes ${scopes.join(', ')}`)
      return z.NEVER
    }
    scopesOf.set(group, [...(scopesOf.get(group) ?? []), ...known])
  }
  return scopesOf
})

export const oidcSettings = {
  RINGLEADER_OIDC_ISSUER: trustworthyUrl
    .optional()
    .describe('people may come with tokens of this OpenID Connect issuer: https://login.example.com'),
  RINGLEADER_OIDC_AUDIENCE: z
    .string()
    .min(1)
    .optional()
    .describe('whom its tokens must be for: the client or API that stands for Ringleader there'),
  RINGLEADER_OIDC_JWKS_URL: trustworthyUrl
    .optional()
    .describe('where its public keys are; default: where its discovery document says'),
  RINGLEADER_OIDC_GROUPS_CLAIM: z
    .string()
    .min(1)
    .default('groups')
    .describe('claim that lists somebody’s groups or roles; with dots for one inside another'),
  RINGLEADER_OIDC_SCOPES: scopeMap
    .optional()
    .describe('what each group may do: fraud=rings:read+decide,leads=rings:read+decide+pii:reveal'),
  RINGLEADER_OIDC_AUTHOR_CLAIM: z
    .enum(['sub', 'email'])
    .default('sub')
    .describe('what people are called in decisions and the audit: sub, or a verified email'),
  RINGLEADER_OIDC_SKEW_SECONDS: wholeNumber(0, 300)
    .default(30)
    .describe('how far the issuer’s clock may be off'),
} as const

type OidcEnvironment = z.infer<z.ZodObject<typeof oidcSettings>>

/** `undefined` where people come by keys alone. */
export function oidcOf(env: OidcEnvironment): OidcConfig | undefined {
  const { RINGLEADER_OIDC_ISSUER: issuer, RINGLEADER_OIDC_AUDIENCE: audience } = env
  if (issuer === undefined || audience === undefined) return undefined
  return {
    issuer,
    audience,
    ...(env.RINGLEADER_OIDC_JWKS_URL !== undefined && { jwksUrl: env.RINGLEADER_OIDC_JWKS_URL }),
    groupsClaim: env.RINGLEADER_OIDC_GROUPS_CLAIM,
    scopesOf: env.RINGLEADER_OIDC_SCOPES ?? new Map(),
    authorClaim: env.RINGLEADER_OIDC_AUTHOR_CLAIM,
    skewSeconds: env.RINGLEADER_OIDC_SKEW_SECONDS,
  }
}

/** What is missing beside what is set. */
export function oidcIssues(env: OidcEnvironment): readonly { pointer: string; detail: string }[] {
  const parts = ['RINGLEADER_OIDC_ISSUER', 'RINGLEADER_OIDC_AUDIENCE', 'RINGLEADER_OIDC_SCOPES'] as const
  const missing = parts.filter((name) => env[name] === undefined)
  if (missing.length === 0) return []
  const isMeant = missing.length < parts.length || env.RINGLEADER_OIDC_JWKS_URL !== undefined
  if (!isMeant) return []
  return missing.map((pointer) => ({ pointer, detail: 'is needed beside the other settings of OIDC' }))
}
