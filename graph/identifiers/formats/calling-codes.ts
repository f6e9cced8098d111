/** Calling codes of ITU-T E.164: no code begins with another, so the first digits settle where one ends. */

const oneDigit = '1 7'
const twoDigits = '20 27 30-34 36 39-41 43-49 51-58 60-66 81 82 84 86 90-95 98'
const threeDigits =
  '211-213 216 218 220-258 260-269 290 291 297-299 350-359 370-383 385-387 389 420 421 423 500-509 590-599 ' +
  '670 672-683 685-692 800 808 850 852 853 855 856 870 878 880-883 886 888 960-968 970-977 979 992-998'

const codes: ReadonlySet<string> = new Set(
  [oneDigit, twoDigits, threeDigits].flatMap((list) => list.split(' ').flatMap(spread)),
)

/** The calling code that international digits begin with, without the plus. */
export function callingCodeOf(digits: string): string | undefined {
  for (let length = 1; length <= 3; length += 1) {
    const code = digits.slice(0, length)
    if (codes.has(code)) return code
  }
  return undefined
}

function spread(range: string): readonly string[] {
  const [first = '', last = first] = range.split('-')
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, step) => String(Number(first) + step))
}
