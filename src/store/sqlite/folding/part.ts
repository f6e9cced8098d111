/**
 * What events add to the state, in cells as the statements of state-writer.ts take them: one thread can fold events, and
 * another only has to write, because cells cross faster than what they are made of.
 */
import type { IdentifierState, StoredEvent } from '../../../../graph/model.ts'
import { type AccountDelta, foldEvents, identifierRowKey } from '../../../../graph/state/fold.ts'
import {
  type ActivityCells,
  activityCells,
  type RelationCells,
  relationCells,
  type UseCells,
  useCells,
} from '../rows.ts'

export interface AccountCells {
  readonly account: string
  readonly createdAt: number | undefined
  readonly activities: readonly ActivityCells[]
  /** Each under the place of its identifier in the part. */
  readonly uses: readonly (readonly [identifier: number, cells: UseCells])[]
  readonly relations: readonly (readonly [to: string, cells: RelationCells])[]
}

export interface FoldedPart {
  readonly events: number
  readonly newestAt: number
  readonly identifiers: readonly IdentifierState[]
  readonly accounts: readonly AccountCells[]
}

export function foldedPart(events: readonly StoredEvent[]): FoldedPart {
  const delta = foldEvents(events)
  const placeOf = new Map([...delta.identifiers.keys()].map((key, place) => [key, place]))
  return {
    events: events.length,
    newestAt: events.reduce((newest, { at }) => Math.max(newest, at), -Infinity),
    identifiers: [...delta.identifiers.values()],
    accounts: [...delta.accounts].map(([account, row]) => accountCells(account, row, placeOf)),
  }
}

const accountCells = (
  account: string,
  { createdAt, activities, uses, relations }: AccountDelta,
  placeOf: ReadonlyMap<string, number>,
): AccountCells => ({
  account,
  createdAt,
  activities: Array.from(activities.values(), activityCells),
  uses: Array.from(uses.values(), (use) => [placeOf.get(identifierRowKey(use)) ?? 0, useCells(use)]),
  relations: Array.from(relations.values(), (row) => [row.to, relationCells(row)]),
})
