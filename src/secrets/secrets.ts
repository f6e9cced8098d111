/**
 * The deployment's key at work: pseudonyms by HMAC-SHA-256 (RFC 2104), sealing by AES-256-GCM. Every use has its
 * own key, derived by HKDF (RFC 5869), so that a pseudonym of one kind says nothing about another kind.
 */
import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto'
import { AppError } from '../../graph/errors.ts'
import type { Secrets } from '../../graph/ports.ts'

/** 128 bits: two of a billion identifiers collide with a chance of 1 in 10^21. */
const pseudonymBytes = 16
const nonceBytes = 12
const tagBytes = 16

/** `key` is the deployment's key, at least 32 bytes; `domains` are all that pseudonyms will be asked for. */
export function secretsFrom(key: Uint8Array, domains: Iterable<string>): Secrets {
  const sealKey = derive(key, 'seal')
  const pseudonyms = new Map<string, (text: string) => string>()
  for (const domain of domains) pseudonyms.set(domain, pseudonymsBy(derive(key, `pseudonym:${domain}`)))
  return {
    pseudonym(domain, text) {
      const pseudonymOf = pseudonyms.get(domain)
      if (!pseudonymOf) throw new Error(`No key was derived for the domain ${domain}`)
      return pseudonymOf(text)
    },
    seal: (plain) => seal(sealKey, plain),
    open: (sealed) => open(sealKey, sealed),
    fingerprint: derive(key, 'fingerprint').toString('hex').slice(0, 16),
  }
}

/** Of SHA-256: what it takes in at once, and what it gives. */
const blockBytes = 64
const hashBytes = 32
/** Most texts are shorter than this many characters. */
const usualTextMax = 4_096

/**
 * HMAC-SHA-256 under one key, shortened. The two hashes of RFC 2104 one by one: `createHmac` makes an object for
 * each text, which takes longer than to hash it.
 */
function pseudonymsBy(key: Buffer): (text: string) => string {
  const usual = hmacBlocks(key, usualTextMax)
  return (text) => {
    const { inner, outer } = text.length > usualTextMax ? hmacBlocks(key, text.length) : usual
    const end = blockBytes + inner.write(text, blockBytes)
    outer.write(hash('sha256', inner.subarray(0, end), 'binary'), blockBytes, 'binary')
    // What stood in `inner` must not lie about longer than it is needed.
    inner.fill(0, blockBytes, end)
    outer.write(hash('sha256', outer, 'binary'), blockBytes, 'binary')
    return outer.toString('base64url', blockBytes, blockBytes + pseudonymBytes)
  }
}

/** A character takes three bytes of UTF-8 at the most. `key` is shorter than a block. */
function hmacBlocks(key: Buffer, charactersMax: number): { readonly inner: Buffer; readonly outer: Buffer } {
  const inner = Buffer.alloc(blockBytes + 3 * charactersMax, 0x36)
  const outer = Buffer.alloc(blockBytes + hashBytes, 0x5c)
  for (const [i, byte] of key.entries()) {
    inner[i] = byte ^ 0x36
    outer[i] = byte ^ 0x5c
  }
  return { inner, outer }
}

const derive = (key: Uint8Array, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `ringleader:${use}`, 32))

function seal(key: Uint8Array, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function open(key: Uint8Array, sealed: Uint8Array): Uint8Array {
  try {
    const nonce = sealed.subarray(0, nonceBytes)
    // Without the length a shorter tag would do, and a short one can be guessed.
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
    const text = sealed.subarray(nonceBytes, sealed.length - tagBytes)
    return Buffer.concat([decipher.update(text), decipher.final()])
  } catch (cause) {
    throw new AppError(
      'key_mismatch',
      'This was sealed with another key, or altered: restore the key file it was written under',
      { cause },
    )
  }
}
