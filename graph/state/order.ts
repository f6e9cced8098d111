/** Total orders of the state. Text compares by UTF-16 code unit, the same on every machine and in every store. */

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

type Key = string | number | undefined

/** Compares by one key after the other; an absent key comes first. */
export function compareKeys(a: readonly Key[], b: readonly Key[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = compareKey(a[i], b[i])
    if (order !== 0) return order
  }
  return 0
}

function compareKey(a: Key, b: Key): number {
  if (a === b) return 0
  if (a === undefined) return -1
  if (b === undefined) return 1
  return a < b ? -1 : 1
}

/** The first of `count` ascending places that is not before. */
export function placeAfter(count: number, isBefore: (place: number) => boolean): number {
  let [from, to] = [0, count]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (isBefore(middle)) from = middle + 1
    else to = middle
  }
  return from
}
