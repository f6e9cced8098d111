/** An issuer of tokens on this machine, which does what a test wants of it. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import type { OidcConfig } from '../../../src/config/oidc.ts'

export type Answering = 'well' | 'failing' | 'elsewhere' | 'too-much' | 'as-another' | 'nonsense'

export interface Signing {
  readonly kid?: string
  readonly claims?: Readonly<Record<string, unknown>>
  readonly expiresAt?: number
}

type Pair = Awaited<ReturnType<typeof generateKeyPair>>

export async function openIssuer() {
  const pairs = new Map<string, Pair>()
  const published = new Map<string, JWK>()
  let answering: Answering = 'well'
  let asked = 0

  async function addKey(kid: string, alg = 'ES256'): Promise<void> {
    const pair = await generateKeyPair(alg, { extractable: true })
    pairs.set(kid, pair)
    published.set(kid, { ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' })
  }

  const answer: RequestListener = (request, response) => {
    asked += 1
    const json = (body: unknown) =>
      void response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    const path = (request.url ?? '').replace(/^\/moved/, '')
    const more = answering === 'too-much' && { more: 'x'.repeat(300_000) }
    if (answering === 'failing') return void response.writeHead(500).end()
    if (answering === 'elsewhere' && path === request.url)
      return void response.writeHead(302, { location: `${url}/moved${path}` }).end()
    if (answering === 'nonsense') return void response.end('<html>')
    if (path === '/jwks') return json({ keys: [...published.values()], ...more })
    if (path !== '/.well-known/openid-configuration') return void response.writeHead(404).end()
    json({ issuer: answering === 'as-another' ? `${url}/other` : url, jwks_uri: `${url}/jwks`, ...more })
  }
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await addKey('first')

  return {
    url,
    addKey,
    dropKey: (kid: string) => published.delete(kid),
    publish: (jwk: JWK) => published.set(jwk.kid ?? '', jwk),
    publicKey: (kid: string) => pairs.get(kid)?.publicKey,
    turn: (to: Answering) => {
      answering = to
    },
    /** Requests it had. */
    asked: () => asked,
    config: (more: Partial<OidcConfig> = {}): OidcConfig => ({
      issuer: url,
      audience: 'ringleader',
      groupsClaim: 'groups',
      scopesOf: new Map([
        ['fraud', ['risk:read', 'rings:read', 'decide']],
        ['leads', ['pii:reveal', 'admin']],
      ]),
      authorClaim: 'sub',
      skewSeconds: 30,
      ...more,
    }),
    /** A token of `ada`, of the group `fraud`, good for five minutes, as far as the test does not say otherwise. */
    sign({ kid = 'first', claims = {}, expiresAt = Date.now() + 300_000 }: Signing = {}): Promise<string> {
      const pair = pairs.get(kid)
      if (!pair) throw new Error(`There is no key ${kid}`)
      const payload = { iss: url, aud: 'ringleader', sub: 'ada', groups: ['fraud'], ...claims }
      return new SignJWT(payload)
        .setProtectedHeader({ alg: kid.startsWith('rsa') ? 'RS256' : 'ES256', kid })
        .setExpirationTime(Math.floor(expiresAt / 1_000))
        .sign(pair.privateKey)
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export type Issuer = Awaited<ReturnType<typeof openIssuer>>
