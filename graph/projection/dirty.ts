/**
 * Whose links a change of the state may have changed: those of accounts that changed, of accounts on whatever others use now than
 * before, and of those who share a slice of weak evidence on which there are more or fewer than before.
 */
import { linkingAccountsMax } from '../evidence/share.ts'
import { slicesOf } from '../evidence/slices.ts'
import type { IdentifierKind } from '../identifiers/kind.ts'
import { placeAfter } from '../state/order.ts'
import { dayOf } from '../time.ts'
import type { ChangedTable } from './change-table.ts'
import { changedSlices } from './changed-slices.ts'
import type { KindLookup } from './entities.ts'
import type { LinkPairs } from './link-pairs.ts'
import type { LinkTable } from './link-table.ts'
import { identifiersUsed, tieOf, userCount, usersOf } from './uses/of.ts'

export interface DirtySearch {
  readonly kindOf: KindLookup
  /** Links as they were, by the numbers accounts had. */
  readonly pairs: LinkPairs
}

/** Accounts without which no link is other than before, ascending: every link that is has one of them. */
export function dirtyAccounts(changed: ChangedTable, search: DirtySearch): readonly number[] {
  const { table, before, touched, regrouped, renewed } = changed
  const dirty = new Set(touched)
  const addAll = (identifier: number): void => {
    for (const account of usersOf(table, identifier)) dirty.add(account)
  }
  for (const identifier of regrouped) {
    const users = userCount(table, identifier)
    const usersBefore = userCount(before, changed.identifierBefore[identifier] ?? -1)
    const kind = search.kindOf(table.identifiers.kindAt(identifier))
    if (countsUsers(kind, Math.min(users, usersBefore))) addAll(identifier)
  }
  // What is known of an address anew changes what any share of it is worth.
  for (const identifier of renewed) addAll(identifier)
  for (const account of bornTogether(changed)) dirty.add(account)
  for (const account of heldTogether(changed, search)) dirty.add(account)
  return [...dirty].toSorted((a, b) => a - b)
}

/** Whatever any of the accounts uses, ascending. */
export function identifiersOfAny({ uses }: LinkTable, accounts: Iterable<number>): readonly number[] {
  const all = new Set<number>()
  for (const account of accounts) for (const one of identifiersUsed(uses, account)) all.add(one)
  return [...all].toSorted((a, b) => a - b)
}

/** Whether a share of it is worth other for one user more or less. */
function countsUsers(kind: IdentifierKind | undefined, users: number): boolean {
  if (kind?.evidence.links === 'pairs') return users <= linkingAccountsMax(kind.evidence)
  return kind?.evidence.links === 'weak' && kind.evidence.unit === 'band'
}

/** Accounts born on one day on an address on which others were born that day than before. */
function bornTogether(changed: ChangedTable): readonly number[] {
  const { table } = changed
  const birthsOn = ({ facts, identifiers, ...state }: LinkTable, account: number, identifier: number) => {
    const bornAt = identifiers.kindAt(identifier) === 'ip' ? facts.bornAt(account) : undefined
    if (bornAt === undefined) return []
    const day = dayOf(bornAt)
    return tieOf({ ...state, identifiers }, account, identifier)?.days.includes(day) ? [day] : []
  }
  const slices = changedSlices(changed, birthsOn, (facts, account) => facts.bornAt(account))
  return [...slices].flatMap(([identifier, days]) =>
    Array.from(usersOf(table, identifier)).filter((account) =>
      birthsOn(table, account, identifier).some((day) => days.has(day)),
    ),
  )
}

/** Accounts with a link to a later one over a slice that more or fewer hold than before. */
function heldTogether(changed: ChangedTable, { kindOf, pairs }: DirtySearch): readonly number[] {
  const { table, accountBefore, accountNow } = changed
  const held = (state: LinkTable, account: number, identifier: number): readonly number[] => {
    const policy = kindOf(state.identifiers.kindAt(identifier))?.evidence
    const tie = policy?.links === 'weak' && tieOf(state, account, identifier)
    return tie ? slicesOf(policy, tie) : []
  }
  return [...changedSlices(changed, held, () => 0)].flatMap(([identifier, slices]) => {
    const heldBy = new Map<number, readonly number[]>()
    for (const account of usersOf(table, identifier)) {
      const own = held(table, account, identifier).filter((slice) => slices.has(slice))
      if (own.length > 0) heldBy.set(account, own)
    }
    return [...heldBy].flatMap(([account, own]) => {
      const isShared = (other: number): boolean =>
        heldBy.get(accountNow[other] ?? -1)?.some((slice) => own.includes(slice)) ?? false
      return laterOf(pairs, accountBefore[account] ?? -1).some(isShared) ? [account] : []
    })
  })
}

/** Accounts that an account is linked to and that come after it. */
function laterOf({ a, b }: LinkPairs, account: number): Int32Array {
  const first = placeAfter(a.length, (place) => (a[place] ?? 0) < account)
  const end = placeAfter(a.length, (place) => (a[place] ?? 0) <= account)
  return b.subarray(first, end)
}
