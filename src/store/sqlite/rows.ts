/**
 * How the state's rows look in SQLite: cells in the order of the columns named here, lists as compact JSON arrays, absent figures as
 * null.
 */
import type {
  Activity,
  IdentifierClass,
  IdentifierState,
  Label,
  LabelReason,
  LabelValue,
  Relation,
  RelationName,
  StateType,
  Use,
} from '../../../graph/model.ts'
import { happeningsJson, happeningsOf, sessionsJson, sessionsOf } from '../lists.ts'

/** Cells of a row in which more may follow. */
type First<Cells extends readonly unknown[]> = readonly [...Cells, ...more: unknown[]]

export type SpanCells = readonly [firstAt: number, lastAt: number, days: string]

const spanOf = (firstAt: number, lastAt: number, days: string) => ({
  firstAt,
  lastAt,
  days: JSON.parse(days) as number[],
})

export const activityColumns = 'type, first_at, last_at, days, recent'
export type ActivityCells = readonly [type: StateType, ...SpanCells, recent: string]

export const activityCells = (row: Activity): ActivityCells => [
  row.type,
  row.firstAt,
  row.lastAt,
  JSON.stringify(row.days),
  happeningsJson(row.recent),
]

export const activityOf = ([type, firstAt, lastAt, days, recent]: First<ActivityCells>): Activity => ({
  type,
  ...spanOf(firstAt, lastAt, days),
  recent: happeningsOf(recent),
})

export const useColumns = 'type, first_at, last_at, days, sessions, times'
/** Without its identifier, which is a row of its own. */
export type UseCells = readonly [type: StateType, ...SpanCells, sessions: string, times: string]

export const useCells = (row: Use): UseCells => [
  row.type,
  row.firstAt,
  row.lastAt,
  JSON.stringify(row.days),
  sessionsJson(row.sessions),
  JSON.stringify(row.times),
]

export const useOf = (
  kind: string,
  ref: string,
  [type, firstAt, lastAt, days, sessions, times]: First<UseCells>,
): Use => ({
  kind,
  ref,
  type,
  ...spanOf(firstAt, lastAt, days),
  sessions: sessions === '[]' ? [] : sessionsOf(sessions),
  times: timesOf(times),
})

export const timesOf = (text: string): readonly number[] =>
  text === '[]' ? [] : (JSON.parse(text) as number[])

export const relationColumns = 'relation, type, first_at, last_at, days, recent'
/** Without whom it is to, which is a row of its own. */
export type RelationCells = readonly [
  relation: RelationName,
  type: StateType,
  ...span: SpanCells,
  recent: string,
]

export const relationCells = (row: Relation): RelationCells => [
  row.relation,
  row.type,
  row.firstAt,
  row.lastAt,
  JSON.stringify(row.days),
  happeningsJson(row.recent),
]

export const relationOf = (
  to: string,
  [relation, type, firstAt, lastAt, days, recent]: First<RelationCells>,
): Relation => ({
  to,
  relation,
  type,
  ...spanOf(firstAt, lastAt, days),
  recent: happeningsOf(recent),
})

/** What is known of an identifier beside its name. */
export const knownColumns = 'mask, tables, class, asn, place, display, display_at, display_id'
export const identifierColumns = `kind, ref, ${knownColumns}`
export type IdentifierCells = readonly [
  kind: string,
  ref: string,
  mask: string,
  tables: number,
  networkClass: IdentifierClass | null,
  asn: number | null,
  place: string | null,
  display: string | null,
  displayAt: number | null,
  displayId: string | null,
]

export const identifierCells = (row: IdentifierState): IdentifierCells => [
  row.kind,
  row.ref,
  row.mask,
  row.tables,
  row.class ?? null,
  row.asn ?? null,
  row.place ?? null,
  row.display?.text ?? null,
  row.display?.at ?? null,
  row.display?.id ?? null,
]

export const identifierOf = ([
  kind,
  ref,
  mask,
  tables,
  networkClass,
  asn,
  place,
  text,
  at,
  id,
]: First<IdentifierCells>): IdentifierState => ({
  kind,
  ref,
  mask,
  tables,
  ...(networkClass !== null && { class: networkClass }),
  ...(asn !== null && { asn }),
  ...(place !== null && { place }),
  ...(text !== null && at !== null && id !== null && { display: { text, at, id } }),
})

export const labelColumns = 'source, label, reason, at'
export type LabelCells = readonly [source: string, label: LabelValue, reason: LabelReason | null, at: number]

export const labelOf = (account: string, [source, label, reason, at]: First<LabelCells>): Label => ({
  account,
  label,
  ...(reason !== null && { reason }),
  source,
  at,
})
