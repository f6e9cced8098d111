/**
 * What events add to the state, in cells as the statements of state-writer.ts take them: one thread can fold events, and
 * another only has to write, because cells cross faster than what they are made of.
 */
import type {
  Activity,
  IdentifierState,
  Relation,
  RelationName,
  StateType,
  StoredEvent,
  Use,
} from '../../../../graph/model.ts'
import { type AccountDelta, foldEvents, identifierRowKey } from '../../../../graph/state/fold.ts'
import { happeningsJson, sessionsJson } from '../../lists.ts'
import { activityOf, relationOf, useOf } from '../rows.ts'

type SpanCells = readonly [firstAt: number, lastAt: number, days: string]
export type ActivityCells = readonly [type: StateType, ...SpanCells, recent: string]
export type UseCells = readonly [type: StateType, ...SpanCells, sessions: string, times: string]
export type RelationCells = readonly [
  relation: RelationName,
  type: StateType,
  ...span: SpanCells,
  recent: string,
]

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

export const activityCells = (row: Activity): ActivityCells => [
  row.type,
  row.firstAt,
  row.lastAt,
  JSON.stringify(row.days),
  happeningsJson(row.recent),
]

export const activityIn = ([type, first_at, last_at, days, recent]: ActivityCells): Activity =>
  activityOf({ type, first_at, last_at, days, recent })

export const useCells = (row: Use): UseCells => [
  row.type,
  row.firstAt,
  row.lastAt,
  JSON.stringify(row.days),
  sessionsJson(row.sessions),
  JSON.stringify(row.times),
]

/** Without its identifier, which the writer knows by its row. */
export const useIn = ([type, first_at, last_at, days, sessions, times]: UseCells): Use =>
  useOf({ kind: '', ref: '', type, first_at, last_at, days, sessions, times })

export const relationCells = (row: Relation): RelationCells => [
  row.relation,
  row.type,
  row.firstAt,
  row.lastAt,
  JSON.stringify(row.days),
  happeningsJson(row.recent),
]

/** Without whom it is to, which the writer knows by its row. */
export const relationIn = ([relation, type, first_at, last_at, days, recent]: RelationCells): Relation =>
  relationOf({ other: '', relation, type, first_at, last_at, days, recent })
