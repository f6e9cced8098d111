/** Bounded lists of the state as compact JSON texts, alike in every store. */
import type { CredentialPart, Happening, Outcome, SessionSighting } from '../../graph/model.ts'

export type HappeningJson = readonly [
  at: number,
  id: string,
  outcome: Outcome,
  amount?: number | null,
  currency?: string | null,
  changed?: readonly CredentialPart[],
]

export const happeningsOf = (json: string): Happening[] => happeningsIn(JSON.parse(json) as HappeningJson[])

export const happeningsIn = (lists: readonly HappeningJson[]): Happening[] =>
  lists.map(([at, id, outcome, amount, currency, changed]) => ({
    at,
    id,
    outcome,
    ...(amount !== null && amount !== undefined && { amount }),
    ...(currency !== null && currency !== undefined && { currency }),
    ...(changed !== undefined && { changed }),
  }))

export const happeningsJson = (rows: readonly Happening[]): string => JSON.stringify(happeningLists(rows))

export const happeningLists = (rows: readonly Happening[]): HappeningJson[] =>
  rows.map(({ at, id, outcome, amount, currency, changed }) => {
    if (changed !== undefined) return [at, id, outcome, amount ?? null, currency ?? null, changed]
    return amount === undefined && currency === undefined
      ? [at, id, outcome]
      : [at, id, outcome, amount ?? null, currency ?? null]
  })

export const sessionsOf = (json: string): SessionSighting[] =>
  (JSON.parse(json) as [number, string][]).map(([at, session]) => ({ at, session }))

export const sessionsJson = (rows: readonly SessionSighting[]): string =>
  rows.length === 0 ? '[]' : JSON.stringify(rows.map(({ at, session }) => [at, session]))
