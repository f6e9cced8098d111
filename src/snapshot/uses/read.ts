/**
 * A state store of the few accounts that use some identifiers, as the snapshot knows them: enough to weigh links of
 * whoever shows these identifiers, by the same code as from a store.
 */
import { type SeenAccount, seenAccount } from '../../../graph/explain/counterfactual/surroundings.ts'
import type { IdentifierKey, IdentifierState, Use } from '../../../graph/model.ts'
import type { IdentifierUse, StateStore } from '../../../graph/ports.ts'
import { identifierRowKey } from '../../../graph/state/fold.ts'
import { dayMs, dayOf } from '../../../graph/time.ts'
import { printOf, type UsesColumns, type UsesHeader } from './columns.ts'

export interface SnapshotUses {
  /** What is known of these identifiers and of the accounts that use them, of that alone. */
  among(identifiers: readonly IdentifierState[]): Pick<StateStore, 'accounts' | 'users'>
  /** Whether an account that is in a ring uses one of these which this account was not seen with. */
  leadsToRing(account: string, keys: readonly IdentifierKey[]): boolean
  /** Whether it was seen with all of these that are known. */
  covers(account: string, keys: readonly IdentifierKey[]): boolean
}

interface Accounts {
  readonly find: (account: string) => number
  readonly nameOf: (number: number) => string
  readonly isInRing: (number: number) => boolean
}

/** A type of event that makes evidence; which of them it was is not kept. */
const type = 'login'

/** Hardware through which other identifiers were seen, and those, as if in one session. */
const session = 'known'

export function usesIn(columns: UsesColumns, { slots }: UsesHeader, accounts: Accounts): SnapshotUses {
  const mask = slots - 1

  function find({ kind, ref }: IdentifierKey): number {
    const { first, step } = printOf(kind, ref)
    for (let slot = first & mask; ; slot = (slot + step) & mask) {
      const number = (columns.identifierSlots[slot] ?? 0) - 1
      if (number < 0) return -1
      const prints = columns.identifierPrints
      if (prints[number * 2] === first && prints[number * 2 + 1] === step) return number
    }
  }

  function usersOf(key: IdentifierKey): Uint32Array {
    const number = find(key)
    if (number < 0) return nobody
    return columns.users.subarray(columns.useStarts[number], columns.useStarts[number + 1])
  }

  return {
    among: (identifiers) => {
      const found = identifiers.map((identifier) => ({
        identifier,
        uses: usesOf(columns, { identifier, number: find(identifier), accounts }),
      }))
      return storeOf(found)
    },
    leadsToRing(account, keys) {
      const own = accounts.find(account)
      return keys.some((key) => {
        const users = usersOf(key)
        return !users.includes(own) && users.some(accounts.isInRing)
      })
    },
    covers(account, keys) {
      const own = accounts.find(account)
      return own >= 0 && keys.every((key) => find(key) < 0 || usersOf(key).includes(own))
    },
  }
}

const nobody = new Uint32Array()

type Sighting = IdentifierUse & Pick<Use, 'sessions'>

function usesOf(
  columns: UsesColumns,
  { identifier, number, accounts }: { identifier: IdentifierKey; number: number; accounts: Accounts },
): readonly Sighting[] {
  if (number < 0) return []
  const from = columns.useStarts[number] ?? 0
  const count = (columns.useStarts[number + 1] ?? from) - from
  let day = columns.dayStarts[number] ?? 0
  return Array.from({ length: count }, (_, i): Sighting => {
    const use = from + i
    const user = columns.users[use] ?? 0
    const [firstAt, lastAt] = [(columns.firstSeen[use] ?? 0) * 1_000, (columns.lastSeen[use] ?? 0) * 1_000]
    const listed = columns.days.subarray(day, day + (columns.dayCounts[use] ?? 0))
    day += listed.length
    const days = listed.length > 0 ? [...listed] : [dayOf(lastAt)]
    const birth = columns.births[user] ?? 0
    const isThrough = columns.seenThrough[use] === 1
    return {
      account: accounts.nameOf(user),
      ...(birth > 0 && { bornAt: birth * 1_000 }),
      type,
      firstAt,
      lastAt,
      days,
      times: [],
      sessions: isThrough || carriers.has(identifier.kind) ? inOneSession(days) : [],
    }
  })
}

const carriers: ReadonlySet<string> = new Set(['device', 'cookie'])

const inOneSession = (days: readonly number[]): Use['sessions'] =>
  days.map((day) => ({ session, at: day * dayMs }))

interface Found {
  readonly identifier: IdentifierState
  readonly uses: readonly Sighting[]
}

function storeOf(found: readonly Found[]): Pick<StateStore, 'accounts' | 'users'> {
  const byKey = new Map(found.map((one) => [identifierRowKey(one.identifier), one]))
  const states = new Map<string, SeenAccount>()
  for (const { identifier, uses } of found)
    for (const { account, bornAt, ...use } of uses) {
      const state = states.get(account) ?? seenAccount(account, bornAt)
      states.set(account, state)
      state.uses.push({ ...use, kind: identifier.kind, ref: identifier.ref })
    }
  return {
    accounts: async (ids) => ids.flatMap((id) => states.get(id) ?? []),
    users: async (keys, { usesMax }) =>
      keys.flatMap((key) => {
        const one = byKey.get(identifierRowKey(key))
        if (!one || one.uses.length === 0) return []
        const { identifier, uses } = one
        return [{ identifier, accounts: uses.length, uses: uses.slice(0, usesMax) }]
      }),
  }
}
