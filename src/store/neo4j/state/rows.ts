/** How the state's rows look in Neo4j: times as date-times, bounded lists as texts. */

import type {
  IdentifierFields,
  IdentifierRow,
  LabelList,
  Properties,
  RelationFields,
  RelationList,
  UseFields,
  UseList,
  UserList,
} from '../../../../cypher/catalogue.ts'
import { AppError } from '../../../../graph/errors.ts'
import type {
  AccountState,
  IdentifierState,
  Label,
  Relation,
  RelationName,
  SessionSighting,
  StateType,
  Use,
} from '../../../../graph/model.ts'
import type { IdentifierUse } from '../../../../graph/ports.ts'
import { canonicalAccount } from '../../../../graph/state/canonical.ts'
import { joinCreatedAt } from '../../../../graph/state/join.ts'
import { happeningsJson, happeningsOf, sessionsJson, sessionsOf } from '../../lists.ts'
import { keyOf, kindAndRef, relationOfLabel } from '../labels.ts'
import { activitiesOf } from './activity.ts'
import { spanFields, spanOf } from './spans.ts'

export const useFields = (use: Use): UseFields => ({
  ...spanFields(use),
  sessions: sessionsText(use),
  times: use.times.length === 0 ? null : use.times,
})
export const useOf = (
  key: { kind: string; ref: string; type: StateType },
  { sessions, times, ...span }: UseFields,
): Use => ({
  kind: key.kind,
  ref: key.ref,
  type: key.type,
  ...spanOf(span),
  sessions: sessionsIn(sessions, span.lastAt),
  times: times ?? [],
})

/** A session seen last, and no other, is its own text, which Neo4j keeps without a record of its own. */
function sessionsText({ sessions, lastAt }: Use): string | null {
  const [newest, ...others] = sessions
  if (!newest) return null
  const isAlone = others.length === 0 && newest.at === lastAt && !newest.session.startsWith('[')
  return isAlone ? newest.session : sessionsJson(sessions)
}

function sessionsIn(text: string | null, lastAt: number): readonly SessionSighting[] {
  if (text === null) return []
  return text.startsWith('[') ? sessionsOf(text) : [{ at: lastAt, session: text }]
}

export const relationFields = (row: Relation): RelationFields => ({
  ...spanFields(row),
  recent: happeningsJson(row.recent),
})
export const relationOf = (
  key: Pick<Relation, 'to' | 'relation' | 'type'>,
  { recent, ...span }: RelationFields,
): Relation => ({
  to: key.to,
  relation: key.relation,
  type: key.type,
  ...spanOf(span),
  recent: happeningsOf(recent),
})

export const identifierOf = (
  { kind, ref }: { readonly kind: string; readonly ref: string },
  row: IdentifierFields,
): IdentifierState => ({
  kind,
  ref,
  mask: row.mask,
  tables: row.tables,
  ...(row.class !== null && { class: row.class }),
  ...(row.asn !== null && { asn: row.asn }),
  ...(row.place !== null && { place: row.place }),
  ...(row.display !== null &&
    row.displayAt !== null &&
    row.displayId !== null && { display: { text: row.display, at: row.displayAt, id: row.displayId } }),
  ...(typeof row.sealed === 'string' && { sealed: row.sealed }),
})

/** All of an identifier's properties; what it has not is left out. */
export const identifierProperties = (row: IdentifierState): Properties => ({
  key: keyOf(row),
  kind: row.kind,
  ref: row.ref,
  mask: row.mask,
  tables: row.tables,
  ...(row.class !== undefined && { class: row.class }),
  ...(row.asn !== undefined && { asn: row.asn }),
  ...(row.place !== undefined && { place: row.place }),
  ...(row.display && {
    display: row.display.text,
    displayAt: new Date(row.display.at),
    displayId: row.display.id,
  }),
  ...(row.sealed !== undefined && { sealed: row.sealed }),
})

/** With nothing instead of what is gone: newer tables may know less of an address. */
export const identifierChange = (row: IdentifierState): Properties => ({
  class: null,
  asn: null,
  place: null,
  ...identifierProperties(row),
})

export const labelOf = (
  account: string,
  { source, label, reason, at }: { source: string; label: Label['label']; reason: string | null; at: number },
): Label => ({
  account,
  label,
  ...(reason !== null && { reason: reason as NonNullable<Label['reason']> }),
  source,
  at,
})

export interface AccountRow {
  readonly id: string
  readonly createdAt: number | null
  readonly activity: string | null
  readonly uses: readonly UseList[]
  readonly relations: readonly RelationList[]
  readonly labels: readonly LabelList[]
}

export const accountOf = ({ id, createdAt, activity, uses, relations, labels }: AccountRow): AccountState =>
  canonicalAccount({
    account: id,
    ...(createdAt !== null && { createdAt }),
    activities: activitiesOf(activity),
    uses: uses.map(([key, type, firstAt, lastAt, days, sessions, times]) =>
      useOf({ ...kindAndRef(key), type }, { firstAt, lastAt, days, sessions, times }),
    ),
    relations: relations.map(([name, to, type, firstAt, lastAt, days, recent]) =>
      relationOf(
        { to, relation: relationOfLabel(name) as RelationName, type },
        { firstAt, lastAt, days, recent },
      ),
    ),
    labels: labels.map(([source, label, reason, at]) => labelOf(id, { source, label, reason, at })),
  })

export const identifierOfRow = (row: IdentifierRow): IdentifierState => identifierOf(row, row)

export function userOf([
  account,
  createdAt,
  signupAt,
  type,
  firstAt,
  lastAt,
  days,
  times,
]: UserList): IdentifierUse {
  const bornAt = joinCreatedAt(createdAt ?? undefined, signupAt ?? undefined)
  return {
    account,
    ...(bornAt !== undefined && { bornAt }),
    type,
    ...spanOf({ firstAt, lastAt, days }),
    times: times ?? [],
  }
}

/** A row whose ends are gone would vanish without a word. */
export function refuseLost(sent: number, handled: number | undefined): void {
  if (sent !== handled)
    throw new AppError(
      'store_unavailable',
      `Neo4j found the ends of ${handled} of ${sent} relationships: nodes were removed meanwhile. It will be tried again`,
    )
}
