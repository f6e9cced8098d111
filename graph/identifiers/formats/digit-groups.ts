/** The digits of a text, and what stands between them. */
import { digitValue } from './decimal-digits.ts'

/** The digits of a text in groups: a card number begins and ends with a group, because a longer run is another number. */
export interface DigitGroups {
  readonly digits: readonly number[]
  /** Of each group, where it starts in `digits`. */
  readonly starts: readonly number[]
  /** Of each group, what stands before it: `apart`, `loose`, or the code point of another separator. */
  readonly joints: readonly number[]
}

export const apart = 0
/** Spaces, dashes, dots and invisible characters: any of them may follow any other. */
export const loose = 1
const adjacent = -1
const gapMax = 3

export function digitGroups(text: string): DigitGroups {
  const digits: number[] = []
  const starts: number[] = []
  const joints: number[] = []
  let joint = apart
  let gap = 0
  for (let at = 0; at < text.length; ) {
    const codePoint = text.codePointAt(at) ?? 0
    at += codePoint > 0xffff ? 2 : 1
    const digit = digitValue(codePoint)
    if (digit < 0) {
      gap += 1
      joint = gap > gapMax ? apart : widened(joint, separatorOf(codePoint))
      continue
    }
    if (joint !== adjacent) {
      starts.push(digits.length)
      joints.push(joint)
    }
    digits.push(digit)
    joint = adjacent
    gap = 0
  }
  return { digits, starts, joints }
}

/** What a gap counts as after one more separator. */
function widened(joint: number, separator: number): number {
  if (joint === apart || separator === apart) return apart
  if (joint === adjacent || joint === loose || joint === separator) return separator
  return separator === loose ? joint : apart
}

const looseCharacter = /^[\s.\p{Z}\p{Pd}\p{Cf}\p{M}\u2212]$/u
/** A pair of coordinates or a list is also digits, dots and commas; so these must be the same throughout a number. */
const strictCharacters = new Set(
  Array.from(",/_|:;\\+*~'·•", (character) => character.codePointAt(0) ?? apart),
)

const separatorOfAscii = Uint8Array.from({ length: 128 }, (_, codePoint) => classify(codePoint))

function separatorOf(codePoint: number): number {
  return codePoint < 128 ? (separatorOfAscii[codePoint] ?? apart) : classify(codePoint)
}

function classify(codePoint: number): number {
  if (strictCharacters.has(codePoint)) return codePoint
  return looseCharacter.test(String.fromCodePoint(codePoint)) ? loose : apart
}
