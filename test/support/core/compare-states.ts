/** Two states side by side: rows by their keys, so that a difference names its row and order plays no part. */
import type { AccountState, IdentifierState } from '../../../graph/model.ts'
import type { StateStore } from '../../../graph/ports.ts'
import { collect } from '../collect.ts'
import type { ExpectedState } from './oracle.ts'

export interface ComparableState {
  readonly accounts: ReadonlyMap<string, unknown>
  readonly identifiers: ReadonlyMap<string, IdentifierState>
}

/** All that a store holds, from its scans. */
export async function storedState(
  store: Pick<StateStore, 'scanAccounts' | 'scanIdentifiers'>,
): Promise<ComparableState> {
  const accounts = await collect(store.scanAccounts())
  const identifiers = await collect(store.scanIdentifiers())
  return comparable(accounts, identifiers)
}

export const comparableOf = ({ accounts, identifiers }: ExpectedState): ComparableState =>
  comparable([...accounts.values()], [...identifiers.values()])

const comparable = (
  accounts: readonly AccountState[],
  identifiers: readonly IdentifierState[],
): ComparableState => ({
  accounts: new Map(accounts.map((state) => [state.account, keyedRows(state)])),
  identifiers: new Map(identifiers.map((row) => [key(row.kind, row.ref), row])),
})

const keyedRows = ({ activities, uses, relations, labels, ...rest }: AccountState) => ({
  ...rest,
  activities: new Map(activities.map((row) => [row.type, row])),
  uses: new Map(uses.map((row) => [key(row.kind, row.ref, row.type), row])),
  relations: new Map(relations.map((row) => [key(row.relation, row.to, row.type), row])),
  labels: new Map(labels.map((row) => [row.source, row])),
  // A row that came twice would hide in a map.
  rows: [activities, uses, relations, labels].map(({ length }) => length),
})

const key = (...parts: readonly string[]): string => JSON.stringify(parts)
