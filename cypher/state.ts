/** Statements on the state: accounts, identifiers, what ties them, labels. */
import type { IdentifierClass, LabelReason, LabelValue, StateType } from '../graph/model.ts'
import { type None, statement, type Value } from './statement.ts'

/** Days as texts, `2026-05-02`; `null` when they are those of the first and the last sight. */
type DayTexts = readonly string[] | null

/** `[id, createdAt, signupAt, firstAt, lastAt, activity]` */
export type AccountFields = readonly [
  id: string,
  createdAt: number | null,
  signupAt: number | null,
  firstAt: number | null,
  lastAt: number | null,
  activity: string | null,
]
/** `[key, type, firstAt, lastAt, days, sessions, times]` */
export type UseList = readonly [
  key: string,
  StateType,
  number,
  number,
  DayTexts,
  string | null,
  readonly number[] | null,
]
/** `[name, to, type, firstAt, lastAt, days, recent]` */
export type RelationList = readonly [string, string, StateType, number, number, DayTexts, string]
/** `[source, label, reason, at]` */
export type LabelList = readonly [string, LabelValue, LabelReason | null, number]
/** `[account, createdAt, signupAt, type, firstAt, lastAt, days, times]` */
export type UserList = readonly [
  account: string,
  createdAt: number | null,
  signupAt: number | null,
  StateType,
  number,
  number,
  DayTexts,
  times: readonly number[] | null,
]

/** `[n, node]`: the row's place, and the number of its node in the store */
type NodeList = readonly [n: number, node: number]

/** `[n, account, type, firstAt, lastAt, days, sessions, times]`; `lastAt` is `null` where it is `firstAt` */
export type AddedUseList = readonly [
  n: number,
  account: number,
  StateType,
  number,
  number | null,
  DayTexts,
  string | null,
  readonly number[] | null,
]
/** `[id, firstAt, lastAt, days, sessions, times]` */
export type ChangedUseList = readonly [
  id: string,
  number,
  number,
  DayTexts,
  string | null,
  readonly number[] | null,
]
/** `[n, id, firstAt, lastAt, days, sessions, times]` */
export type StoredUseList = readonly [
  n: number,
  id: string,
  number,
  number,
  DayTexts,
  string | null,
  readonly number[] | null,
]
/** `[n, id, firstAt, lastAt, days, recent]` */
export type StoredRelationList = readonly [number, string, number, number, DayTexts, string]

export interface IdentifierFields {
  readonly key: string
  readonly mask: string
  readonly tables: number
  readonly class: IdentifierClass | null
  readonly asn: number | null
  readonly place: string | null
  readonly display: string | null
  readonly displayAt: number | null
  readonly displayId: string | null
  /** Only of rows that are joined. */
  readonly sealed?: string | null
}
export interface IdentifierRow extends IdentifierFields {
  readonly kind: string
  readonly ref: string
}

export interface KnownIdentifiers {
  readonly nodes: readonly NodeList[]
  /** Those that are not as they were told. */
  readonly stored: readonly IdentifierFields[]
}

/** A new node or new figures of one, as properties. */
export type Properties = { readonly [name: string]: Value }

export interface AddedIdentifier {
  readonly key: string
  readonly labels: readonly string[]
  readonly properties: Properties
}

export interface SpanFields {
  readonly firstAt: number
  readonly lastAt: number
  readonly days: DayTexts
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
  countChange: statement<{
    newestAt: number | null
    accounts: readonly string[]
    identifiers: readonly string[]
    news: readonly string[]
    kept: number
  }>('state/count-change'),
  changesSince: statement<
    { after: number; upTo: number; newsOnly: boolean },
    { accounts: readonly string[]; identifiers: readonly string[] }
  >('state/changes-since'),
  findIdentifiers: statement<{ rows: readonly AddedIdentifier[] }, KnownIdentifiers>(
    'state/find-identifiers',
  ),
  claimIdentifiers: statement<{ rows: readonly AddedIdentifier[] }, KnownIdentifiers>(
    'state/claim-identifiers',
  ),
  lockIdentifiers: statement<{ nodes: readonly number[] }, IdentifierFields>('state/lock-identifiers'),
  setIdentifiers: statement<{ rows: readonly { key: string; properties: Properties }[] }>(
    'state/set-identifiers',
  ),
  claimAccounts: statement<
    { rows: readonly AccountFields[] },
    {
      nodes: readonly NodeList[]
      stored: readonly (readonly [n: number, createdAt: number | null, activity: string | null])[]
    }
  >('state/claim-accounts'),
  setAccounts: statement<{ rows: readonly AccountFields[] }>('state/set-accounts'),
  lockAccounts: statement<{ ids: readonly string[] }>('state/lock-accounts'),
  findOrCreateUses: statement<
    { groups: readonly (readonly [identifier: number, uses: readonly AddedUseList[]])[] },
    { handled: number; stored: readonly StoredUseList[] }
  >('state/find-or-create-uses'),
  setUses: statement<{ rows: readonly ChangedUseList[] }>('state/set-uses'),
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
      activity: string | null
      uses: readonly UseList[]
      relations: readonly RelationList[]
      labels: readonly LabelList[]
    }
  >('state/accounts'),
  identifiers: statement<{ keys: readonly string[] }, IdentifierRow>('state/identifiers'),
  identifiersAfter: statement<{ after: string; limit: number }, IdentifierRow>('state/identifiers-after'),
  sealedValue: statement<{ key: string }, { sealed: string | null }>('state/sealed-value'),
  users: statement<
    { keys: readonly string[]; usesMax: number },
    IdentifierRow & { accounts: number; uses: readonly UserList[] }
  >('state/users'),
}
