/** What every canonical text obeys, whatever its kind. */

const canonicalBytesMax = 512
const ascii = /^[^\0\u0080-\uffff]*$/
const unfit = /\0|\p{Surrogate}/u

/** The text trimmed and in NFC; `undefined` with a NUL or half a surrogate pair, which stores disagree on. */
export function readText(value: string): string | undefined {
  const trimmed = value.trim()
  // Most values are ASCII, and ASCII is its own NFC.
  if (ascii.test(trimmed)) return trimmed
  return unfit.test(trimmed) ? undefined : trimmed.normalize('NFC')
}

/** The canonical text in NFC, if it is neither empty nor too long to keep. */
export function fitted(text: string): string | undefined {
  // Again, because what a kind takes out can bring a letter and its accent together.
  const canonical = ascii.test(text) ? text : text.normalize('NFC')
  return canonical !== '' && utf8Length(canonical) <= canonicalBytesMax ? canonical : undefined
}

function utf8Length(text: string): number {
  // No code unit takes more than three bytes, so short texts need no count.
  if (text.length * 3 <= canonicalBytesMax || text.length > canonicalBytesMax) return text.length
  let bytes = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) bytes += 1
    // Two for each half of a surrogate pair: four in all.
    else if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) bytes += 2
    else bytes += 3
  }
  return bytes
}
