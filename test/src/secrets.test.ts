import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { defaultKeyFile, readKey } from '../../src/secrets/key-file.ts'
import { secretsFrom } from '../../src/secrets/secrets.ts'
import { tempDir } from '../support/temp-dir.ts'

const keyOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)
const open = (fill: number) => secretsFrom(keyOf(fill), ['device', 'ip'])
const mismatch = expect.objectContaining({ code: 'key_mismatch' })

describe('a pseudonym', () => {
  test('is the same for the same key, kind and text', () => {
    const [one, other] = [open(1), open(1)]

    expect(one.pseudonym('device', 'd1')).toBe(other.pseudonym('device', 'd1'))
    expect(one.pseudonym('device', 'd1')).toMatch(/^[\w-]{22}$/)
  })

  test('differs by key, by kind and by text', () => {
    const [one, other] = [open(1), open(2)]
    const all = [
      one.pseudonym('device', 'd1'),
      one.pseudonym('device', 'd2'),
      one.pseudonym('ip', 'd1'),
      other.pseudonym('device', 'd1'),
    ]

    expect(new Set(all).size).toBe(4)
  })

  test('is HMAC-SHA-256 of the text under a key that HKDF derives for its kind', async () => {
    const { createHmac, hkdfSync } = await import('node:crypto')
    const key = Buffer.from(hkdfSync('sha256', keyOf(1), '', 'ringleader:pseudonym:ip', 32))
    const secrets = open(1)

    const short = fc.string({ unit: 'binary', maxLength: 80 })
    const long = fc.tuple(short, fc.nat(9_000)).map(([text, length]) => text + '€'.repeat(length))
    fc.assert(
      fc.property(fc.oneof(short, long), (text) => {
        const expected = createHmac('sha256', key).update(text).digest().subarray(0, 16)
        expect(secrets.pseudonym('ip', text)).toBe(expected.toString('base64url'))
      }),
      { numRuns: 200 },
    )
  })

  test('is refused for a kind no key was derived for', () => {
    const secrets = open(1)

    expect(() => secrets.pseudonym('email', 'x')).toThrow('email')
  })
})

describe('what is sealed', () => {
  test('opens to what it was, under the same key', () => {
    const [one, other] = [open(1), open(1)]

    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (plain) => {
        expect([...other.open(one.seal(plain))]).toEqual([...plain])
      }),
    )
  })

  test('does not open under another key, altered anywhere, or cut short', () => {
    const [one, other] = [open(1), open(2)]
    const sealed = one.seal(Buffer.from('4111 in clear'))

    expect(() => other.open(sealed)).toThrow(mismatch)
    for (let at = 0; at < sealed.length; at++) {
      const altered = Uint8Array.from(sealed)
      altered[at] = (altered[at] ?? 0) ^ 0x80
      expect(() => one.open(altered)).toThrow(mismatch)
      expect(() => one.open(sealed.subarray(0, at))).toThrow(mismatch)
    }
  })

  test('shows nothing of its content, and differs every time', () => {
    const secrets = open(1)
    const plain = Buffer.from('a text that is long enough to be recognised')

    const [first, second] = [secrets.seal(plain), secrets.seal(plain)]

    expect(Buffer.from(first).includes(plain.subarray(0, 6))).toBe(false)
    expect(first).not.toEqual(second)
  })
})

describe('a sealed value', () => {
  const email = { kind: 'email', ref: 'e1' }

  test('opens for its identifier to what it was, and is equal wherever it is sealed', () => {
    const [one, other] = [open(1), open(1)]

    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const sealed = one.sealValue(email, text)

        expect(other.sealValue(email, text)).toBe(sealed)
        expect(other.openValue(email, sealed)).toBe(text)
      }),
    )
  })

  test('does not open for another identifier, under another key, or altered anywhere', () => {
    const [one, other] = [open(1), open(2)]
    const sealed = one.sealValue(email, 'ada@example.org')

    expect(() => other.openValue(email, sealed)).toThrow(mismatch)
    expect(() => one.openValue({ ...email, ref: 'e2' }, sealed)).toThrow(mismatch)
    expect(() => one.openValue({ ...email, kind: 'phone' }, sealed)).toThrow(mismatch)
    for (let at = 0; at < sealed.length; at++) {
      const altered = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'Q' : 'A'}${sealed.slice(at + 1)}`
      expect(() => one.openValue(email, altered)).toThrow(mismatch)
    }
  })

  test('differs from that of another text or identifier in nonce and content, and shows nothing', () => {
    const secrets = open(1)
    const all = [
      secrets.sealValue(email, 'ada@example.org'),
      secrets.sealValue(email, 'bob@example.org'),
      secrets.sealValue({ kind: 'email', ref: 'e2' }, 'ada@example.org'),
    ]

    expect(new Set(all.map((text) => text.slice(0, 16))).size).toBe(3)
    for (const text of all) expect(Buffer.from(text, 'base64url').toString('latin1')).not.toContain('example')
  })
})

test('the fingerprint tells keys apart and gives none away', () => {
  const [one, same, other] = [open(1), open(1), open(2)]

  expect(one.fingerprint).toBe(same.fingerprint)
  expect(one.fingerprint).not.toBe(other.fingerprint)
  expect(Buffer.from(keyOf(1)).toString('hex')).not.toContain(one.fingerprint)
})

describe('the key file', () => {
  let dir: ReturnType<typeof tempDir>
  beforeEach(() => {
    dir = tempDir()
  })
  afterEach(() => dir[Symbol.dispose]())

  test('is made on first use, for its owner alone, and read again', () => {
    const dataDir = join(dir.path, 'new')

    const made = readKey({ dataDir, create: true })

    expect(made).toHaveLength(32)
    expect(statSync(defaultKeyFile(dataDir)).mode & 0o777).toBe(0o600)
    expect(readKey({ dataDir, create: true })).toEqual(made)
    expect(readKey({ dataDir, create: false })).toEqual(made)
  })

  test('is not made beside old data, nor where the operator named one', () => {
    const keyFile = join(dir.path, 'named')
    const missing = expect.objectContaining({ code: 'config_invalid' })

    expect(() => readKey({ dataDir: dir.path, create: false })).toThrow(missing)
    expect(() => readKey({ dataDir: dir.path, create: true, keyFile })).toThrow(missing)

    expect(existsSync(keyFile)).toBe(false)
    expect(existsSync(defaultKeyFile(dir.path))).toBe(false)
  })

  test.each([
    ['too short', 'ab'.repeat(31)],
    ['half a byte long', `${'ab'.repeat(32)}c`],
    ['no hexadecimal', 'xy'.repeat(32)],
    ['empty', ''],
  ])('that is %s is refused without showing it', (_, text) => {
    const file = defaultKeyFile(dir.path)
    writeFileSync(file, text)

    expect(() => readKey({ dataDir: dir.path, create: true })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: text === '' ? expect.any(String) : expect.not.stringContaining(text),
      }),
    )
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
})
