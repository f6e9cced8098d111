/**
 * What detection would find were more held to be true: by the statistics of the run that measured them, so that nothing else
 * moves. Nothing of it is kept.
 */
import { type Asserted, assertedBy } from './assertions/standing.ts'
import { type Detection, type DetectRingsOptions, detectAgain } from './detect.ts'
import type { Saying } from './foretold.ts'
import type { AccountState, Assertion, IdentifierKey } from './model.ts'
import { keyNamed } from './projection/link-table.ts'

export interface Supposition {
  /** All that would be held to be true. */
  readonly asserted: Asserted
  /** Everybody of whom the sayings speak, as the state has them: `concernedBy`. */
  readonly concerned: readonly AccountState[]
}

export function detectSupposing(
  known: Detection,
  { asserted, concerned }: Supposition,
  options: Omit<DetectRingsOptions, 'frozen' | 'method' | 'asOf'>,
): Detection {
  const accounts = new Map(concerned.map((state) => [state.account, state]))
  const held = { ...known, table: { ...known.table, asserted } }
  return detectAgain(held, { accounts, identifiers: [] }, options).detection
}

/** As if all were said at once, after everything that stands. */
export const supposedBy = (standing: readonly Assertion[], sayings: readonly Saying[]): Asserted =>
  assertedBy([
    ...standing,
    ...sayings.map(
      (saying, place): Assertion => ({
        ...saying,
        id: `supposed_${place}`,
        author: '',
        reason: '',
        at: Infinity,
      }),
    ),
  ])

/** Whether accounts are linked otherwise once it is said, and not only rings found otherwise told. */
export const movesLinks = ({ kind }: Saying): boolean =>
  kind === 'same_actor' || kind === 'not_the_same' || kind === 'shared_by_design'

/** Accounts a saying speaks of, and identifiers whose users it speaks of. */
export interface Concerned {
  readonly accounts: readonly string[]
  readonly identifiers: readonly IdentifierKey[]
}

export function concernedBy(sayings: readonly Saying[]): Concerned {
  const [things, people] = [sayings.filter(isOfThing), sayings.filter((one) => !isOfThing(one))]
  return {
    accounts: [...new Set(people.flatMap(({ subjects }) => subjects))],
    identifiers: things.flatMap(({ subjects }) => subjects.map(keyNamed)),
  }
}

const isOfThing = ({ kind }: Saying): boolean => kind === 'shared_by_design'
