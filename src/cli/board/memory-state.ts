/** The state in memory, joined as any store joins it, for worlds that are looked at once and forgotten. */
import type { AccountState, IdentifierState, Label, StoredEvent } from '../../../graph/model.ts'
import type { StateStore } from '../../../graph/ports.ts'
import { canonicalAccount } from '../../../graph/state/canonical.ts'
import { type AccountDelta, foldEvents } from '../../../graph/state/fold.ts'
import {
  joinActivity,
  joinCreatedAt,
  joinIdentifier,
  joinLabel,
  joinRelation,
  joinUse,
} from '../../../graph/state/join.ts'

export interface MemoryState extends Pick<StateStore, 'scanAccounts' | 'scanIdentifiers'> {
  record(events: readonly StoredEvent[]): void
  /** Of accounts that are known or not. */
  label(label: Label): void
}

export function memoryState(): MemoryState {
  const accounts = new Map<string, AccountDelta>()
  const identifiers = new Map<string, IdentifierState>()
  const labels = new Map<string, Map<string, Label>>()
  return {
    record(events) {
      const delta = foldEvents(events)
      joinRows(identifiers, delta.identifiers, joinIdentifier)
      for (const [account, added] of delta.accounts) {
        const known = accounts.get(account)
        if (!known) accounts.set(account, added)
        else joinAccount(known, added)
      }
    },
    label(label) {
      const own = labels.get(label.account) ?? new Map<string, Label>()
      joinRows(own, new Map([[label.source, label]]), joinLabel)
      labels.set(label.account, own)
    },
    async *scanAccounts() {
      for (const [account, delta] of accounts) yield [stateOf(account, delta, labels.get(account))]
    },
    async *scanIdentifiers() {
      yield [...identifiers.values()]
    },
  }
}

function joinAccount(known: AccountDelta, added: AccountDelta): void {
  known.createdAt = joinCreatedAt(known.createdAt, added.createdAt)
  joinRows(known.activities, added.activities, joinActivity)
  joinRows(known.uses, added.uses, joinUse)
  joinRows(known.relations, added.relations, joinRelation)
}

function joinRows<T>(rows: Map<string, T>, added: ReadonlyMap<string, T>, join: (a: T, b: T) => T): void {
  for (const [key, row] of added) {
    const known = rows.get(key)
    rows.set(key, known === undefined ? row : join(known, row))
  }
}

const stateOf = (
  account: string,
  { createdAt, activities, uses, relations }: AccountDelta,
  labels: ReadonlyMap<string, Label> = new Map(),
): AccountState =>
  canonicalAccount({
    account,
    ...(createdAt !== undefined && { createdAt }),
    activities: [...activities.values()],
    uses: [...uses.values()],
    relations: [...relations.values()],
    labels: [...labels.values()],
  })
