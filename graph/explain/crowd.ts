/** How crowded identifiers are: the counts that decide what sharing one is worth. */
import { isEvidence } from '../evidence/account-facts.ts'
import { momentsOf } from '../evidence/moments.ts'
import type { IdentifierKey, IdentifierState } from '../model.ts'
import type { IdentifierUse, IdentifierUsers, StateStore } from '../ports.ts'
import { dayOf } from '../time.ts'

/** Rows read of one identifier. Beyond it counts are lower bounds, and the answer says so. */
export const usesMax = 2_000

export interface Crowd {
  readonly identifier: IdentifierState
  /** Accounts for which it is evidence. */
  readonly accounts: number
  /** Those accounts, ascending; empty when there are too many to list. */
  readonly users: readonly string[]
  /** By day, and by window of time (evidence/moments.ts): accounts that used it then. */
  readonly accountsOn: Readonly<Record<'day' | 'moment', ReadonlyMap<number, number>>>
  /** Accounts born on a day and seen on it that day. */
  readonly signupsOnDay: ReadonlyMap<number, number>
  readonly truncated: boolean
}

/** Reads each identifier once, however often it is asked for. */
export function crowds(store: Pick<StateStore, 'users'>) {
  const known = new Map<string, Crowd>()
  let rowsRead = 0
  return {
    async load(keys: readonly IdentifierKey[]): Promise<void> {
      const missing = [...new Map(keys.map((key) => [keyOf(key), key])).values()].filter(
        (key) => !known.has(keyOf(key)),
      )
      if (missing.length === 0) return
      for (const found of await store.users(missing, { usesMax })) {
        rowsRead += found.uses.length
        known.set(keyOf(found.identifier), crowdOf(found))
      }
    },
    rowsRead: (): number => rowsRead,
    of: (key: IdentifierKey): Crowd | undefined => known.get(keyOf(key)),
    truncated: (): boolean => [...known.values()].some((crowd) => crowd.truncated),
  }
}

export type Crowds = ReturnType<typeof crowds>

const keyOf = ({ kind, ref }: IdentifierKey): string => `${kind}:${ref}`

export function crowdOf({ identifier, accounts, uses }: IdentifierUsers): Crowd {
  const truncated = uses.length >= usesMax
  const evident = uses.filter(({ type }) => isEvidence(type))
  const users = [...new Set(evident.map(({ account }) => account))]
  return {
    identifier,
    accounts: truncated ? accounts : users.length,
    users: truncated ? [] : users,
    accountsOn: {
      day: countBy(evident, ({ days }) => days),
      moment: countBy(evident, ({ times }) => momentsOf(times)),
    },
    signupsOnDay: countBy(evident, ({ bornAt, days }) =>
      bornAt !== undefined && days.includes(dayOf(bornAt)) ? [dayOf(bornAt)] : [],
    ),
    truncated,
  }
}

function countBy(
  uses: readonly IdentifierUse[],
  slicesOf: (use: IdentifierUse) => readonly number[],
): ReadonlyMap<number, number> {
  const accounts = new Map<number, Set<string>>()
  for (const use of uses) {
    for (const slice of slicesOf(use))
      accounts.set(slice, (accounts.get(slice) ?? new Set<string>()).add(use.account))
  }
  return new Map([...accounts].map(([slice, users]) => [slice, users.size]))
}
