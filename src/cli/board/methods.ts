/** Methods by name: ours, and every baseline. */
import { AppError } from '../../../graph/errors.ts'
import { baselines } from '../../../range/baselines/catalogue.ts'
import type { MethodTitle } from '../../../range/board/board.ts'

export const ours = {
  name: 'ringleader',
  title: 'Ringleader, linking alone',
  source: 'docs/detection.md',
  isOurs: true,
} as const satisfies MethodTitle

/** Rings and takeovers as they are published; only those whose role carries the ring count. */
export const oursJudged = {
  name: 'ringleader-judged',
  title: 'Ringleader, judged',
  source: 'docs/detection.md',
  isOurs: true,
} as const satisfies MethodTitle

/** The same by models adapted to the world's own labels, as `ringleader retrain` makes them; as shipped where those are too few. */
export const oursAdapted = {
  name: 'ringleader-adapted',
  title: 'Ringleader, judged, own labels',
  source: 'docs/detection.md',
  isOurs: true,
} as const satisfies MethodTitle

/** A baseline's partition, and on it our judge in place of its author's rule. */
export const underOurJudge = (baseline: string): string => `${baseline}-judged`

const all: readonly MethodTitle[] = [
  ours,
  oursJudged,
  oursAdapted,
  ...baselines.map(({ name, title, source }) => ({ name, title, source, isOurs: false })),
  ...baselines.map(({ name, title, source }) => ({
    name: underOurJudge(name),
    title: `${title}; our judge`,
    source,
    isOurs: false,
    comparedWith: oursJudged.name,
  })),
]

export const methodNames: readonly string[] = all.map(({ name }) => name)

const always: ReadonlySet<string> = new Set([ours.name, oursJudged.name])

/** In the order of tables; ours take part always, for they are what others are compared with. */
export function methodsNamed(names: readonly string[] | undefined): readonly MethodTitle[] {
  const unknown = names?.find((name) => !methodNames.includes(name))
  if (unknown !== undefined) {
    throw new AppError('invalid_input', `There is no method ${unknown}: use ${methodNames.join(', ')}`)
  }
  return all.filter(({ name }) => always.has(name) || (names?.includes(name) ?? true))
}
