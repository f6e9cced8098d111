/** How the state's rows look in SQLite: lists as compact JSON arrays, absent figures as null. */
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
import { happeningsOf, sessionsOf } from '../lists.ts'

export interface SpanRow {
  readonly first_at: number
  readonly last_at: number
  readonly days: string
}
export interface ActivityRow extends SpanRow {
  readonly type: StateType
  readonly recent: string
}
export interface UseRow extends SpanRow {
  readonly kind: string
  readonly ref: string
  readonly type: StateType
  readonly sessions: string
  readonly times: string
}
export interface RelationRow extends SpanRow {
  readonly other: string
  readonly relation: RelationName
  readonly type: StateType
  readonly recent: string
}
export interface IdentifierRow {
  readonly id: number
  readonly kind: string
  readonly ref: string
  readonly mask: string
  readonly tables: number
  readonly class: IdentifierClass | null
  readonly asn: number | null
  readonly place: string | null
  readonly display: string | null
  readonly display_at: number | null
  readonly display_id: string | null
}
export interface LabelRow {
  readonly source: string
  readonly label: LabelValue
  readonly reason: LabelReason | null
  readonly at: number
}

const span = (row: SpanRow) => ({
  firstAt: row.first_at,
  lastAt: row.last_at,
  days: JSON.parse(row.days) as number[],
})

export const activityOf = (row: ActivityRow): Activity => ({
  type: row.type,
  ...span(row),
  recent: happeningsOf(row.recent),
})

export const useOf = (row: UseRow): Use => ({
  kind: row.kind,
  ref: row.ref,
  type: row.type,
  ...span(row),
  sessions: row.sessions === '[]' ? [] : sessionsOf(row.sessions),
  times: timesOf(row.times),
})

export const timesOf = (text: string): readonly number[] =>
  text === '[]' ? [] : (JSON.parse(text) as number[])

export const relationOf = (row: RelationRow): Relation => ({
  to: row.other,
  relation: row.relation,
  type: row.type,
  ...span(row),
  recent: happeningsOf(row.recent),
})

export const identifierOf = (row: IdentifierRow): IdentifierState => ({
  kind: row.kind,
  ref: row.ref,
  mask: row.mask,
  tables: row.tables,
  ...(row.class !== null && { class: row.class }),
  ...(row.asn !== null && { asn: row.asn }),
  ...(row.place !== null && { place: row.place }),
  ...(row.display !== null &&
    row.display_at !== null &&
    row.display_id !== null && { display: { text: row.display, at: row.display_at, id: row.display_id } }),
})

export const labelOf = (account: string, row: LabelRow): Label => ({
  account,
  label: row.label,
  ...(row.reason !== null && { reason: row.reason }),
  source: row.source,
  at: row.at,
})
