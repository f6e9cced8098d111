/** Bytes one after the other, in a buffer that grows. */
export interface BytesWriter {
  bytes(part: Uint8Array): void
  /** Those from `start` until `end`. */
  part(of: Uint8Array, start: number, end: number): void
  /** In UTF-8. */
  text(text: string): void
  written(): Uint8Array
}

export function bytesWriter(sizeExpected: number): BytesWriter {
  let buffer = Buffer.allocUnsafeSlow(Math.max(sizeExpected, 64))
  let length = 0

  function makeRoom(size: number): void {
    if (length + size <= buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, length + size))
    larger.set(buffer.subarray(0, length))
    buffer = larger
  }

  return {
    bytes(part) {
      makeRoom(part.length)
      buffer.set(part, length)
      length += part.length
    },
    part(of, start, end) {
      makeRoom(end - start)
      for (let i = start; i < end; i++) buffer[length++] = of[i] ?? 0
    },
    text(text) {
      makeRoom(text.length * 3)
      length += buffer.write(text, length)
    },
    written: () => buffer.subarray(0, length),
  }
}
