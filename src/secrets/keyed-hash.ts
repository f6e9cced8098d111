/**
 * HMAC-SHA-256 of many short texts under one key (RFC 2104), out of two hashes of Node's that are made in one call each:
 * an Hmac object of Node's takes three times as long, most of it to come and to go.
 */
import { createHmac, hash } from 'node:crypto'

/** What SHA-256 takes at once, to which a key is padded. */
const blockBytes = 64
const hashBytes = 32
/** Longer texts are few. */
const textBytesMax = 4_096
/** Of a character of UTF-16. */
const utf8BytesMax = 3

const innerPad = 0x36
const outerPad = 0x5c

/** Characters of base64url that hold 128 bits, of the last of which four are not used. */
const keptCharacters = 22

const utf8 = new TextEncoder()

/** `key` is of 32 bytes. The first 128 bits of the hash, as base64url. */
export function keyedHash(key: Uint8Array): (text: string) => string {
  const inner = padded(key, innerPad, textBytesMax)
  const outer = padded(key, outerPad, hashBytes)
  const room = inner.subarray(blockBytes)
  const innerOf = partsFromStart(inner)
  return (text) => {
    if (text.length * utf8BytesMax > textBytesMax) return ofLongText(key, text)
    const { written } = utf8.encodeInto(text, room)
    outer.write(hash('sha256', innerOf(blockBytes + written), 'binary'), blockBytes, 'latin1')
    return first128Bits(hash('sha256', outer, 'base64url'))
  }
}

function padded(key: Uint8Array, pad: number, roomBytes: number): Buffer {
  const bytes = Buffer.alloc(blockBytes + roomBytes)
  for (let at = 0; at < blockBytes; at++) bytes[at] = (key[at] ?? 0) ^ pad
  return bytes
}

/** The same part again and again, because to make one takes as long as to hash it. */
function partsFromStart(bytes: Buffer): (length: number) => Uint8Array {
  const parts: (Uint8Array | undefined)[] = []
  return (length) => {
    const part = parts[length] ?? bytes.subarray(0, length)
    parts[length] = part
    return part
  }
}

const first128Bits = (hashed: string): string =>
  hashed.slice(0, keptCharacters - 1) + twoBits(hashed.charAt(keptCharacters - 1))

/** The character without the four lower of its six bits. */
function twoBits(character: string): string {
  if (character >= 'A' && character <= 'P') return 'A'
  if ((character >= 'Q' && character <= 'Z') || (character >= 'a' && character <= 'f')) return 'Q'
  return character >= 'g' && character <= 'v' ? 'g' : 'w'
}

const ofLongText = (key: Uint8Array, text: string): string =>
  createHmac('sha256', key).update(text).digest().toString('base64url', 0, 16)
