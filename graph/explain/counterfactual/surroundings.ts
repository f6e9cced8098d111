/**
 * The part of the population that decides what becomes of a few accounts: they, whoever the links above gamma reach
 * from them, and whoever shares a network in a week with two of one such component, with their components. Partition
 * and stitching of those accounts come out of this part as they come out of the whole (docs/detection.md, section 7);
 * other users of their identifiers come along with just those uses, so that every count is the population's.
 */
import { type Asserted, nothingAsserted } from '../../assertions/standing.ts'
import { bornAtOf, isEvidence, tiesOf } from '../../evidence/account-facts.ts'
import { hubAccountsMin, linkingAccountsMax } from '../../evidence/share.ts'
import { slicesOf } from '../../evidence/slices.ts'
import type { AccountState, IdentifierKey, IdentifierState } from '../../model.ts'
import type { IdentifierUsers, StateStore } from '../../ports.ts'
import type { KindLookup } from '../../projection/entities.ts'
import { type LinkTable, numbersOf, readLinkTable, toldUses } from '../../projection/link-table.ts'
import { unmoved } from '../../projection/merge-sorted.ts'
import { changeUses } from '../../projection/uses/changed.ts'
import { usedBy, usersOf } from '../../projection/uses/of.ts'
import { compareText } from '../../state/order.ts'
import { dayOf } from '../../time.ts'

export interface SurroundingsCaps {
  /** Accounts read whole. */
  readonly accountsMax: number
  /** Identifiers whose users are read. */
  readonly identifiersMax: number
  /** Uses of those accounts, and of those identifiers. */
  readonly accountUsesMax: number
  readonly identifierUsesMax: number
  /** Pairs of accounts that those identifiers may link, each identifier by itself: what linking them costs. */
  readonly pairsMax: number
}

export const defaultSurroundingsCaps: SurroundingsCaps = {
  accountsMax: 1_500,
  identifiersMax: 8_000,
  accountUsesMax: 30_000,
  identifierUsesMax: 120_000,
  pairsMax: 150_000,
}

/** Rows read of one identifier; beyond it counts are lower bounds. */
const usesMax = 4_000

/** So many at once, or one answer of a store would hold too much: fewer while they are crowded. */
const accountsPerRead = 250
const keysPerRead = { least: 25, most: 500 }
const rowsPerRead = 10_000

export type SurroundingsStore = Pick<StateStore, 'accounts' | 'users'>

/** What was read so far, each account and identifier once. */
export interface Reader {
  readonly states: ReadonlyMap<string, AccountState>
  readonly crowds: ReadonlyMap<string, IdentifierUsers>
  readonly truncated: boolean
  /** A cap was met: nothing more is read, and an identifier whose users were not read is left out. */
  readonly isSpent: boolean
  /** Those named first are read first. */
  readAccounts(ids: Iterable<string>): Promise<void>
  /** Those that are named most often are read first. */
  readUsers(keys: Iterable<IdentifierKey>): Promise<void>
}

export const keyOf = ({ kind, ref }: IdentifierKey): string => `${kind}:${ref}`

export function reader(store: SurroundingsStore, caps: SurroundingsCaps): Reader {
  const states = new Map<string, AccountState>()
  const crowds = new Map<string, IdentifierUsers>()
  const left = { uses: caps.accountUsesMax, rows: caps.identifierUsesMax, pairs: caps.pairsMax }
  let isCut = false
  const isSpent = { accounts: false, users: false }
  let keysAtOnce = keysPerRead.least

  function keepAccount(state: AccountState): void {
    isSpent.accounts ||= states.size >= caps.accountsMax || state.uses.length > left.uses
    if (isSpent.accounts) return
    left.uses -= state.uses.length
    states.set(state.account, state)
  }

  function keepUsers(found: IdentifierUsers): void {
    const pairs = pairsOf(found)
    isSpent.users ||=
      crowds.size >= caps.identifiersMax || found.uses.length > left.rows || pairs > left.pairs
    if (isSpent.users) return
    left.rows -= found.uses.length
    left.pairs -= pairs
    isCut ||= found.uses.length >= usesMax
    crowds.set(keyOf(found.identifier), found)
  }

  return {
    states,
    crowds,
    get truncated() {
      return isCut || isSpent.accounts || isSpent.users
    },
    get isSpent() {
      return isSpent.accounts || isSpent.users
    },
    async readAccounts(ids) {
      const missing = [...new Set(ids)].filter((id) => !states.has(id))
      for (let from = 0; from < missing.length && !isSpent.accounts; from += accountsPerRead)
        for (const state of await store.accounts(missing.slice(from, from + accountsPerRead)))
          keepAccount(state)
    },
    async readUsers(keys) {
      const missing = byMention(keys).filter((key) => !crowds.has(keyOf(key)))
      for (let from = 0; from < missing.length && !isSpent.users; ) {
        const found = await store.users(missing.slice(from, from + keysAtOnce), { usesMax })
        from += keysAtOnce
        for (const one of found) keepUsers(one)
        keysAtOnce = nextAtOnce(keysAtOnce, found)
      }
    },
  }
}

function nextAtOnce(keysAtOnce: number, found: readonly IdentifierUsers[]): number {
  const rows = found.reduce((sum, { uses }) => sum + uses.length, 0)
  const wanted = Math.round(keysAtOnce * (rows > rowsPerRead ? 0.5 : 2))
  return Math.min(keysPerRead.most, Math.max(keysPerRead.least, wanted))
}

/** Each once, those that are named most often first. */
function byMention(keys: Iterable<IdentifierKey>): readonly IdentifierKey[] {
  const named = new Map<string, { readonly key: IdentifierKey; times: number }>()
  for (const key of keys) {
    const one = named.get(keyOf(key)) ?? { key, times: 0 }
    named.set(keyOf(key), one)
    one.times += 1
  }
  return [...named]
    .toSorted(([x, one], [y, other]) => other.times - one.times || compareText(x, y))
    .map(([, { key }]) => key)
}

/** A hub links nobody. */
const pairsOf = ({ accounts }: IdentifierUsers): number =>
  accounts > hubAccountsMin ? 0 : (accounts * (accounts - 1)) / 2

/** Identifiers whose users may be linked by it: those of linking kinds, and addresses an account was born at. */
export function linkingKeys(state: AccountState, kindOf: KindLookup): readonly IdentifierKey[] {
  const bornAt = bornAtOf(state)
  const bornOn = bornAt === undefined ? undefined : dayOf(bornAt)
  return tiesOf(state).filter(
    ({ kind, days }) =>
      kindOf(kind)?.evidence.links === 'pairs' ||
      (kind === 'ip' && bornOn !== undefined && days.includes(bornOn)),
  )
}

/** Accounts that one of these identifiers may link to whoever uses it. */
export function mayBeLinkedBy({ identifier, uses }: IdentifierUsers, kindOf: KindLookup): readonly string[] {
  const policy = kindOf(identifier.kind)?.evidence
  const evident = uses.filter(({ type }) => isEvidence(type))
  if (policy?.links === 'pairs') {
    const users = new Set(evident.map(({ account }) => account))
    return users.size <= linkingAccountsMax(policy) ? [...users] : []
  }
  const born = evident.filter(({ bornAt, days }) => bornAt !== undefined && days.includes(dayOf(bornAt)))
  return [...new Set(born.map(({ account }) => account))]
}

/**
 * Weak identifiers that two of the accounts hold, or used within minutes where only that counts: they strengthen links,
 * and neighbours are stitched by them.
 */
export function sharedWeakKeys(states: Iterable<AccountState>, kindOf: KindLookup): readonly IdentifierKey[] {
  const seen = new Set<string>()
  const shared = new Map<string, IdentifierKey>()
  for (const state of states) {
    for (const tie of tiesOf(state)) {
      const policy = kindOf(tie.kind)?.evidence
      if (policy?.links !== 'weak' || policy.unit === 'value') continue
      const id = keyOf(tie)
      const meetings =
        policy.unit === 'moment' ? slicesOf(policy, tie).map((slice) => `${id} ${slice}`) : [id]
      if (meetings.some((meeting) => seen.has(meeting))) shared.set(id, { kind: tie.kind, ref: tie.ref })
      for (const meeting of meetings) seen.add(meeting)
    }
  }
  return [...shared.values()]
}

/** As a table like the population's: the accounts read, and users of their identifiers as far as those show them. */
export async function tableOf(
  { states, crowds, isSpent }: Pick<Reader, 'states' | 'crowds' | 'isSpent'>,
  asserted: Asserted = nothingAsserted,
): Promise<LinkTable> {
  const rows = [...states.values(), ...outsiders(crowds, states)]
  const identifiers = new Map<string, IdentifierState>()
  for (const [id, { identifier }] of crowds) identifiers.set(id, identifier)
  for (const { uses } of isSpent ? [] : states.values()) {
    for (const { kind, ref } of uses) {
      const id = keyOf({ kind, ref })
      if (!identifiers.has(id)) identifiers.set(id, { kind, ref, mask: '', tables: 0 })
    }
  }
  return await readLinkTable(inOne(rows), inOne([...identifiers.values()]), { assertedAt: () => asserted })
}

/** The same table had nobody ever used these identifiers. */
export function tableWithout(table: LinkTable, without: readonly IdentifierKey[]): LinkTable {
  const names = new Set(without.map(keyOf))
  const gone = new Set(
    without.map((key) => table.identifiers.numberOf(key)).filter((identifier) => identifier >= 0),
  )
  const users = new Set([...gone].flatMap((identifier) => [...usersOf(table, identifier)]))
  const numberOf = numbersOf(table.identifiers)
  const changed = [...users].toSorted((a, b) => a - b)
  // What was seen only through one of them would have been seen by itself.
  const told = changed.map((account) =>
    toldUses(usedBy(table, account).ties, (key) => (names.has(keyOf(key)) ? -1 : numberOf(key))),
  )
  const [accounts, identifiers] = [unmoved(table.facts.length, changed), unmoved(table.identifiers.length)]
  return { ...table, uses: changeUses(table.uses, { accounts, identifiers, told }).uses }
}

async function* inOne<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  yield rows
}

function outsiders(
  crowds: ReadonlyMap<string, IdentifierUsers>,
  states: ReadonlyMap<string, AccountState>,
): readonly AccountState[] {
  const found = new Map<string, SeenAccount>()
  for (const { identifier, uses } of crowds.values()) {
    for (const { account, bornAt, type, firstAt, lastAt, days, times } of uses) {
      if (states.has(account)) continue
      const known = found.get(account) ?? seenAccount(account, bornAt)
      found.set(account, known)
      const { kind, ref } = identifier
      known.uses.push({ kind, ref, type, firstAt, lastAt, days, sessions: [], times })
    }
  }
  return [...found.values()]
}

export type SeenAccount = AccountState & { readonly uses: AccountState['uses'][number][] }

/** An account of which nothing is known but what it uses. */
export const seenAccount = (account: string, bornAt: number | undefined): SeenAccount => ({
  account,
  ...(bornAt !== undefined && { createdAt: bornAt }),
  activities: [],
  uses: [],
  relations: [],
  labels: [],
})
