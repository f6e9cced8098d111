/** The links of many pairs of accounts, read in two statements. */
import type { StateStore } from '../ports.ts'
import { crowds } from './crowd.ts'
import { type DirectLink, explainLink, type LinkOptions } from './link.ts'
import { rememberTies, sharedTies } from './shared.ts'

type Pair = readonly [a: string, b: string]

/** In the order asked; `undefined` where no pair was asked for, or an account is not known any more. */
export async function linksBetween(
  store: Pick<StateStore, 'accounts' | 'users'>,
  pairs: readonly (Pair | undefined)[],
  weighing: Pick<LinkOptions, 'kindOf' | 'publicness' | 'asserted'>,
): Promise<readonly (DirectLink | undefined)[]> {
  const ids = [...new Set(pairs.flatMap((pair) => pair ?? []))]
  const found = ids.length > 0 ? await store.accounts(ids) : []
  const states = new Map(found.map((state) => [state.account, state]))
  const both = pairs.map((pair) => pair?.map((id) => states.get(id)) ?? [])
  const tieOptions = { kindOf: weighing.kindOf, tiesIn: rememberTies() }
  const crowd = crowds(store)
  await crowd.load(
    both.flatMap(([a, b]) => (a && b ? sharedTies(a, b, tieOptions).map(({ mine }) => mine) : [])),
  )
  return both.map(([a, b]) =>
    a && b ? explainLink(a, b, { crowdOf: crowd.of, ...weighing, ...tieOptions }) : undefined,
  )
}
