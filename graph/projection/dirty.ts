/**
 * Which links a change of the state may have changed: those of accounts that changed, those over whatever others use now
 * than before, and those that share a slice of weak evidence on which there are more or fewer than before.
 */

import { saidPairs } from '../assertions/links.ts'
import type { AccountFacts } from '../evidence/account-facts.ts'
import { linkingAccountsMax } from '../evidence/share.ts'
import { slicesOf } from '../evidence/slices.ts'
import type { IdentifierKind } from '../identifiers/kind.ts'
import { dayOf } from '../time.ts'
import type { ChangedTable } from './change-table.ts'
import { type KindLookup, linkingEntities } from './entities.ts'
import type { LinkTable } from './link-table.ts'
import type { PairRows } from './pair-rows.ts'
import { tieOf, usedBy, userCount, usersOf } from './uses/of.ts'

export interface DirtySearch {
  readonly kindOf: KindLookup
  readonly asOf: number
  /** Links as they were, accounts numbered as they are. */
  readonly links: PairRows
}

/** Accounts some of whose links to later accounts may be others than before, ascending. */
export function dirtyRows(changed: ChangedTable, search: DirtySearch): readonly number[] {
  const { table } = changed
  const strong = strongDirty(changed, search.kindOf)
  const among = identifiersOf(table, strong)
  const rows = new Set(strong)
  const { starts, accounts } = linkingEntities(table, search.kindOf, { ...search, among })
  for (let entity = 0; entity + 1 < starts.length; entity++) {
    const together = accounts.subarray(starts[entity], starts[entity + 1])
    if (together.some((account) => strong.has(account))) for (const account of together) rows.add(account)
  }
  for (const account of weakDirty(changed, search)) rows.add(account)
  for (const { a, b } of saidPairs(table)) if (strong.has(b)) rows.add(a)
  return [...rows].toSorted((a, b) => a - b)
}

/** Whatever any of the accounts uses, ascending. */
export function identifiersOf(table: LinkTable, accounts: Iterable<number>): readonly number[] {
  const all = new Set<number>()
  for (const account of accounts) for (const one of usedBy(table, account).identifiers) all.add(one)
  return [...all].toSorted((a, b) => a - b)
}

/** Accounts whose strong evidence may be other than before. */
function strongDirty(changed: ChangedTable, kindOf: KindLookup): ReadonlySet<number> {
  const { table, before, touched, regrouped, renewed } = changed
  const dirty = new Set(touched)
  const addAll = (identifier: number): void => {
    for (const account of usersOf(table, identifier)) dirty.add(account)
  }
  const kindAt = (identifier: number) => kindOf(table.identifiers[identifier]?.kind ?? '')
  for (const identifier of regrouped) {
    const users = userCount(table, identifier)
    const usersBefore = userCount(before, changed.identifierBefore[identifier] ?? -1)
    if (countsUsers(kindAt(identifier), Math.min(users, usersBefore))) addAll(identifier)
  }
  // What is known of an address anew changes what any share of it is worth.
  for (const identifier of renewed) addAll(identifier)
  for (const account of newlyBornTogether(changed)) dirty.add(account)
  return dirty
}

/** Whether a share of it is worth other for one user more or less. */
function countsUsers(kind: IdentifierKind | undefined, users: number): boolean {
  if (kind?.evidence.links === 'pairs') return users <= linkingAccountsMax(kind.evidence)
  return kind?.evidence.links === 'weak' && kind.evidence.unit === 'band'
}

/** Accounts born on one day on an address on which others were born that day than before. */
function newlyBornTogether(changed: ChangedTable): readonly number[] {
  const { table } = changed
  const slices = changedSlices(
    changed,
    (state, account, identifier) => {
      if (state.identifiers[identifier]?.kind !== 'ip') return []
      const bornAt = state.facts[account]?.bornAt
      const isThere = bornAt !== undefined && tieOf(state, account, identifier)?.days.includes(dayOf(bornAt))
      return isThere ? [dayOf(bornAt)] : []
    },
    (facts) => facts?.bornAt,
  )
  return [...slices].flatMap(([identifier, days]) =>
    Array.from(usersOf(table, identifier)).filter((account) => {
      const bornAt = table.facts[account]?.bornAt
      return bornAt !== undefined && days.has(dayOf(bornAt))
    }),
  )
}

/** Accounts with a link over a slice that more or fewer hold than before. */
function weakDirty(changed: ChangedTable, { kindOf, links }: DirtySearch): ReadonlySet<number> {
  const { table } = changed
  const held = (state: LinkTable, account: number, identifier: number): readonly number[] => {
    const policy = kindOf(state.identifiers[identifier]?.kind ?? '')?.evidence
    const tie = policy?.links === 'weak' && tieOf(state, account, identifier)
    return tie ? slicesOf(policy, tie) : []
  }
  const dirty = new Set<number>()
  for (const [identifier, slices] of changedSlices(changed, held, () => 0)) {
    const accounts = usersOf(table, identifier)
    const slicesAt = new Map(
      Array.from(accounts, (account) => [
        account,
        held(table, account, identifier).filter((slice) => slices.has(slice)),
      ]),
    )
    for (const account of accounts) {
      const own = slicesAt.get(account) ?? []
      const isShared = (other: number): boolean =>
        slicesAt.get(other)?.some((slice) => own.includes(slice)) ?? false
      if (own.length > 0 && links.laterOf(account).some(isShared)) dirty.add(account)
    }
  }
  return dirty
}

type SlicesHeld = (state: LinkTable, account: number, identifier: number) => readonly number[]

/**
 * By identifier now, the slices that an account came to or left. `traitOf`: all but its uses that an account's slices
 * hang on, as one value; of whom it is the same only uses that differ are looked at.
 */
export function changedSlices(
  changed: ChangedTable,
  heldIn: SlicesHeld,
  traitOf: (facts: AccountFacts | undefined) => number | undefined,
): ReadonlyMap<number, ReadonlySet<number>> {
  const { before, table, touched, gone, accountBefore, identifierBefore, identifierNow } = changed
  const slices = new Map<number, Set<number>>()
  const compare = (identifier: number, now: number, then: number): void => {
    const had = then < 0 ? [] : heldIn(before, then, identifierBefore[identifier] ?? -1)
    const has = now < 0 ? [] : heldIn(table, now, identifier)
    if (had.length === has.length && had.every((slice, at) => slice === has[at])) return
    const differing = new Set(had).symmetricDifference(new Set(has))
    if (differing.size === 0) return
    slices.set(identifier, differing.union(slices.get(identifier) ?? new Set()))
  }
  const usedBefore = (account: number): readonly number[] =>
    Array.from(usedBy(before, account).identifiers, (one) => identifierNow[one] ?? -1)
  for (const account of touched) {
    const then = accountBefore[account] ?? -1
    const isAlike = then >= 0 && traitOf(table.facts[account]) === traitOf(before.facts[then])
    const used = isAlike
      ? (changed.differing.get(account) ?? [])
      : new Set([...usedBefore(then), ...usedBy(table, account).identifiers])
    for (const identifier of used) compare(identifier, account, then)
  }
  for (const account of gone) for (const identifier of usedBefore(account)) compare(identifier, -1, account)
  return slices
}
