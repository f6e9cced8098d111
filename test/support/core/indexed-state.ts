/** The state of a whole world in memory, read as a store reads it, and the same world without some identifiers. */
import { bornAtOf } from '../../../graph/evidence/account-facts.ts'
import type { AccountState, IdentifierKey, IdentifierState } from '../../../graph/model.ts'
import type { IdentifierUse, StateStore } from '../../../graph/ports.ts'

type Scans = Pick<StateStore, 'scanAccounts' | 'scanIdentifiers'>

export interface IndexedState extends Scans, Pick<StateStore, 'accounts' | 'users'> {
  readonly states: readonly AccountState[]
  /** As it would be had nobody ever used them. */
  without(keys: readonly IdentifierKey[]): Scans
}

const keyOf = ({ kind, ref }: IdentifierKey): string => `${kind}:${ref}`

export async function indexedState(source: Scans): Promise<IndexedState> {
  const states: AccountState[] = []
  const identifiers: IdentifierState[] = []
  for await (const batch of source.scanAccounts()) states.push(...batch)
  for await (const batch of source.scanIdentifiers()) identifiers.push(...batch)
  states.sort((a, b) => (a.account < b.account ? -1 : 1))
  const byId = new Map(states.map((state) => [state.account, state]))
  const byKey = new Map(identifiers.map((one) => [keyOf(one), one]))
  const uses = usesByKey(states)
  const scans = (rows: readonly AccountState[]): Scans => ({
    async *scanAccounts() {
      yield rows
    },
    async *scanIdentifiers() {
      yield identifiers
    },
  })
  return {
    states,
    ...scans(states),
    accounts: async (ids) => ids.flatMap((id) => byId.get(id) ?? []),
    users: async (keys, { usesMax }) =>
      keys.flatMap((key) => {
        const identifier = byKey.get(keyOf(key))
        const own = uses.get(keyOf(key)) ?? []
        const accounts = new Set(own.map(({ account }) => account)).size
        return identifier ? [{ identifier, accounts, uses: own.slice(0, usesMax) }] : []
      }),
    without(keys) {
      const gone = new Set(keys.map(keyOf))
      return scans(
        states.map((state) => ({ ...state, uses: state.uses.filter((use) => !gone.has(keyOf(use))) })),
      )
    },
  }
}

function usesByKey(states: readonly AccountState[]): ReadonlyMap<string, readonly IdentifierUse[]> {
  const uses = new Map<string, IdentifierUse[]>()
  for (const state of states) {
    const bornAt = bornAtOf(state)
    for (const use of state.uses) {
      const row = { ...use, account: state.account, ...(bornAt !== undefined && { bornAt }) }
      const known = uses.get(keyOf(use))
      if (known) known.push(row)
      else uses.set(keyOf(use), [row])
    }
  }
  return uses
}
