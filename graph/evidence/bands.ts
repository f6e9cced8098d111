/**
 * Bands of content hashes that two accounts share. One or two bands of a hash agree by chance or by a common background;
 * three of the four are nearly the same picture or text. A band's own text holds its position, so bands agree only where
 * they stand in the same place.
 */
import type { Tie } from './account-facts.ts'

/** Of the four of a hash. */
const agreeingMin = 3

export interface SharedBand {
  readonly mine: Pick<Tie, 'kind' | 'firstAt' | 'lastAt'>
  readonly theirs: Pick<Tie, 'kind' | 'firstAt' | 'lastAt'>
}

/**
 * Those of which three or more are of one hash, each with how many agree. Which band is of which hash is not stored;
 * bands of one hash are first seen together, in either account. A band that an account had shown with another hash
 * before is left out, and hashes of one event count as one.
 */
export function agreeingBands<Band extends SharedBand>(
  shared: readonly Band[],
): readonly { readonly band: Band; readonly agreeing: number }[] {
  if (shared.length < agreeingMin) return []
  const seenTogether = Map.groupBy(
    shared,
    ({ mine, theirs }) => `${mine.kind} ${mine.firstAt} ${theirs.firstAt}`,
  )
  return [...seenTogether.values()]
    .filter(({ length }) => length >= agreeingMin)
    .flatMap((bands) => bands.map((band) => ({ band, agreeing: bands.length })))
}
