/** Statements on the state: accounts, identifiers, what ties them, labels. */
import type { IdentifierClass, LabelReason, LabelValue, StateType } from '../graph/model.ts'
import { type None, statement, type Value } from './statement.ts'

/** `[type, firstAt, lastAt, days, recent]` */
export type ActivityList = readonly [StateType, number, number, readonly string[], string]
/** `[kind, ref, type, firstAt, lastAt, days, sessions, times]` */
export type UseList = readonly [
  kind: string,
  ref: string,
  StateType,
  number,
  number,
  readonly string[],
  string | null,
  readonly number[] | null,
]
/** `[name, to, type, firstAt, lastAt, days, recent]` */
export type RelationList = readonly [string, string, StateType, number, number, readonly string[], string]
/** `[source, label, reason, at]` */
export type LabelList = readonly [string, LabelValue, LabelReason | null, number]
/** `[account, createdAt, signupAt, type, firstAt, lastAt, days]` */
export type UserList = readonly [
  account: string,
  createdAt: number | null,
  signupAt: number | null,
  StateType,
  number,
  number,
  readonly string[],
]

/** `[n, id, firstAt, lastAt, days, sessions, times]` */
export type StoredUseList = readonly [
  n: number,
  id: string,
  number,
  number,
  readonly string[],
  string | null,
  readonly number[] | null,
]
/** `[n, id, firstAt, lastAt, days, recent]` */
export type StoredRelationList = readonly [number, string, number, number, readonly string[], string]

export interface IdentifierFields {
  readonly key: string
  readonly mask: string
  readonly tables: number
  readonly class: IdentifierClass | null
  readonly asn: number | null
  readonly display: string | null
  readonly displayAt: number | null
  readonly displayId: string | null
}
export interface IdentifierRow extends IdentifierFields {
  readonly kind: string
  readonly ref: string
}

/** A new node or new figures of one, as properties. */
export type Properties = { readonly [name: string]: Value }

export interface SpanFields {
  readonly firstAt: number
  readonly lastAt: number
  readonly days: readonly string[]
}
export interface UseFields extends SpanFields {
  readonly sessions: string | null
  readonly times: readonly number[] | null
}
export interface RelationFields extends SpanFields {
  readonly recent: string
}

export const state = {
  progress: statement<None, { changes: number; newestAt: number | null }>('state/progress'),
  countChange: statement<{ newestAt: number | null }>('state/count-change'),
  claimIdentifiers: statement<
    { rows: readonly { key: string; labels: readonly string[]; properties: Properties }[] },
    IdentifierFields
  >('state/claim-identifiers'),
  setIdentifiers: statement<{ rows: readonly { key: string; properties: Properties }[] }>(
    'state/set-identifiers',
  ),
  claimAccounts: statement<
    { rows: readonly { id: string; types: readonly StateType[] }[] },
    {
      id: string
      createdAt: number | null
      activityTypes: readonly StateType[]
      activities: readonly ActivityList[]
    }
  >('state/claim-accounts'),
  setAccounts: statement<{ rows: readonly { id: string; properties: Properties }[] }>('state/set-accounts'),
  findOrCreateUses: statement<
    { rows: readonly (UseFields & { n: number; account: string; key: string; type: StateType })[] },
    { handled: number; stored: readonly StoredUseList[] }
  >('state/find-or-create-uses'),
  setUses: statement<{ rows: readonly (UseFields & { id: string })[] }>('state/set-uses'),
  findOrCreateRelations: statement<
    {
      rows: readonly (RelationFields & {
        n: number
        from: string
        to: string
        name: string
        type: StateType
      })[]
    },
    { handled: number; stored: readonly StoredRelationList[] }
  >('state/find-or-create-relations'),
  setRelations: statement<{ rows: readonly (RelationFields & { id: string })[] }>('state/set-relations'),
  readLabels: statement<
    { rows: readonly { account: string; source: string }[] },
    { account: string; source: string; label: LabelValue; reason: LabelReason | null; at: number }
  >('state/read-labels'),
  putLabels: statement<{
    rows: readonly { account: string; source: string; label: string; reason: string | null; at: number }[]
  }>('state/put-labels'),
  accountIds: statement<{ after: string; limit: number }, { id: string }>('state/account-ids'),
  accounts: statement<
    { ids: readonly string[] },
    {
      id: string
      createdAt: number | null
      activities: readonly ActivityList[]
      uses: readonly UseList[]
      relations: readonly RelationList[]
      labels: readonly LabelList[]
    }
  >('state/accounts'),
  identifiersAfter: statement<{ after: string; limit: number }, IdentifierRow>('state/identifiers-after'),
  users: statement<
    { keys: readonly string[]; usesMax: number },
    IdentifierRow & { accounts: number; uses: readonly UserList[] }
  >('state/users'),
}
