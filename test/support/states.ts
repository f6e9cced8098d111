/** Small stores in memory for tests of the core: events in, the reading half of a LinkStore out. */

import { bornAtOf } from '../../graph/evidence/account-facts.ts'
import type { AccountState, EventType, IdentifierState, Label, StoredEvent } from '../../graph/model.ts'
import type { StateStore } from '../../graph/ports.ts'
import { canonicalAccount } from '../../graph/state/canonical.ts'
import { foldEvents } from '../../graph/state/fold.ts'

export const day = 86_400_000
export const start = Date.UTC(2026, 0, 1)

let eventNumber = 0

/** One event of an account with identifiers written `kind:ref`. */
export function seen(
  account: string,
  identifiers: readonly string[],
  more: Partial<Omit<StoredEvent, 'account' | 'identifiers'>> & { type?: EventType } = {},
): StoredEvent {
  eventNumber += 1
  return {
    id: `event${eventNumber}`,
    content: `content${eventNumber}`,
    tables: 0,
    type: 'login',
    outcome: 'success',
    at: start,
    relations: [],
    ...more,
    account,
    identifiers: identifiers.map((text) => {
      const [kind = '', ref = ''] = text.split(':')
      return { kind, ref, mask: '' }
    }),
  }
}

export interface MemoryState
  extends Pick<StateStore, 'scanAccounts' | 'scanIdentifiers' | 'accounts' | 'users'> {
  readonly states: readonly AccountState[]
}

export function memoryState(events: readonly StoredEvent[], labels: readonly Label[] = []): MemoryState {
  const delta = foldEvents(events)
  const states = [...delta.accounts].map(([account, row]) =>
    canonicalAccount({
      account,
      ...(row.createdAt !== undefined && { createdAt: row.createdAt }),
      activities: [...row.activities.values()],
      uses: [...row.uses.values()],
      relations: [...row.relations.values()],
      labels: labels.filter((label) => label.account === account),
    }),
  )
  const identifiers: IdentifierState[] = [...delta.identifiers.values()]
  return {
    states,
    async *scanAccounts() {
      yield states
    },
    async *scanIdentifiers() {
      yield identifiers
    },
    accounts: async (ids) => ids.flatMap((id) => states.find(({ account }) => account === id) ?? []),
    users: async (keys) =>
      keys.flatMap(({ kind, ref }) => {
        const identifier = identifiers.find((one) => one.kind === kind && one.ref === ref)
        if (!identifier) return []
        const uses = states.flatMap((state) => {
          const bornAt = bornAtOf(state)
          return state.uses
            .filter((use) => use.kind === kind && use.ref === ref)
            .map((use) => ({ ...use, account: state.account, ...(bornAt !== undefined && { bornAt }) }))
        })
        return [{ identifier, accounts: new Set(uses.map(({ account }) => account)).size, uses }]
      }),
  }
}
