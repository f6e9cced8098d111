/**
 * The deployment's key at work: pseudonyms by HMAC-SHA-256 (RFC 2104), sealing by AES-256-GCM. Every use has its
 * own key, derived by HKDF (RFC 5869), so that a pseudonym of one kind says nothing about another kind.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import { AppError } from '../../graph/errors.ts'
import type { IdentifierKey } from '../../graph/model.ts'
import type { Secrets } from '../../graph/ports.ts'
import { keyedHash } from './keyed-hash.ts'

const nonceBytes = 12
const tagBytes = 16

/** `key` is the deployment's key, at least 32 bytes; `domains` are all that pseudonyms will be asked for. */
export function secretsFrom(key: Uint8Array, domains: Iterable<string>): Secrets {
  const sealKey = derive(key, 'seal')
  const values = valueSealer(key)
  const hashes = new Map<string, (text: string) => string>()
  for (const domain of domains) hashes.set(domain, keyedHash(derive(key, `pseudonym:${domain}`)))
  return {
    pseudonym(domain, text) {
      const hashed = hashes.get(domain)
      if (!hashed) throw new Error(`No key was derived for the domain ${domain}`)
      // 128 bits: two of a billion identifiers collide with a chance of 1 in 10^21.
      return hashed(text)
    },
    seal: (plain) => seal(sealKey, plain),
    open: (sealed) => open(sealKey, sealed),
    ...values,
    fingerprint: derive(key, 'fingerprint').toString('hex').slice(0, 16),
  }
}

const derive = (key: Uint8Array, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `ringleader:${use}`, 32))

/**
 * The nonce is a keyed hash of all that is sealed (a synthetic one, as RFC 5297 has it), so that two writers seal a value
 * alike and none is ever used for two texts. That equal values are equal bytes tells no more than their refs do.
 */
function valueSealer(key: Uint8Array): Pick<Secrets, 'sealValue' | 'openValue'> {
  const valueKey = derive(key, 'value')
  const nonceKey = createSecretKey(derive(key, 'value-nonce'))
  const nonceOf = (bound: Uint8Array, plain: Uint8Array): Uint8Array =>
    createHmac('sha256', nonceKey).update(bound).update(plain).digest().subarray(0, nonceBytes)
  return {
    sealValue(identifier, text) {
      const [bound, plain] = [boundTo(identifier), Buffer.from(text)]
      const sealed = seal(valueKey, plain, { nonce: nonceOf(bound, plain), bound })
      return Buffer.from(sealed).toString('base64url')
    },
    openValue: (identifier, sealed) =>
      Buffer.from(open(valueKey, Buffer.from(sealed, 'base64url'), boundTo(identifier))).toString(),
  }
}

/** No kind and no ref holds a NUL. */
const boundTo = ({ kind, ref }: IdentifierKey): Uint8Array => Buffer.from(`${kind}\0${ref}\0`)

const unbound: Uint8Array = new Uint8Array()

function seal(
  key: Uint8Array,
  plain: Uint8Array,
  { nonce, bound }: { nonce: Uint8Array; bound: Uint8Array } = {
    nonce: randomBytes(nonceBytes),
    bound: unbound,
  },
): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function open(key: Uint8Array, sealed: Uint8Array, bound = unbound): Uint8Array {
  try {
    const nonce = sealed.subarray(0, nonceBytes)
    // Without the length a shorter tag would do, and a short one can be guessed.
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    decipher.setAAD(bound)
    decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
    const text = sealed.subarray(nonceBytes, sealed.length - tagBytes)
    return Buffer.concat([decipher.update(text), decipher.final()])
  } catch (cause) {
    throw new AppError(
      'key_mismatch',
      'This was sealed with another key, for something else, or altered: restore the key file it was written under',
      { cause },
    )
  }
}
