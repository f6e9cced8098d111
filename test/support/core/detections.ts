/** Two detections beside each other. */
import { isDeepStrictEqual } from 'node:util'
import { type Detection, foundIn } from '../../../graph/detect.ts'

/** Names of whatever is not the same in both, to the last bit. */
export function differencesOf(one: Detection, other: Detection): readonly string[] {
  const [mine, theirs] = [flat(foundIn(one)), flat(foundIn(other))]
  return [...new Set([...mine.keys(), ...theirs.keys()])].filter(
    (name) => !isDeepStrictEqual(mine.get(name), theirs.get(name)),
  )
}

/** Columns are told by their names. */
const flat = (found: object): ReadonlyMap<string, unknown> =>
  new Map(
    Object.entries(found).flatMap(([name, value]: [string, unknown]) =>
      /^of[A-Z]/.test(name) && value instanceof Map
        ? [...value].map(([feature, column]) => [`${name} ${feature}`, column] as const)
        : [[name, value] as const],
    ),
  )
