/**
 * Accounts and their identifiers as columns, numbered in order of account id and of (kind, ref), so that nothing
 * computed from it depends on the order in which a store scans.
 */
import { isShared } from '../assertions/shared.ts'
import { type Asserted, nothingAsserted } from '../assertions/standing.ts'
import { type AccountFacts, factsOf, type Tie, tiesOf } from '../evidence/account-facts.ts'
import type { AccountState, IdentifierKey, IdentifierState } from '../model.ts'
import { dayOf } from '../time.ts'
import type { Accounts } from './account-columns.ts'
import { accountWriter, sortedAccounts } from './account-writer.ts'
import { Int32Column, valuesAt } from './columns.ts'
import type { IdentifierRow, Identifiers } from './identifier-columns.ts'
import { identifierWriter, sortedIdentifiers } from './identifier-writer.ts'
import type { ToldUse } from './uses/changed.ts'
import { usesLeft } from './uses/left.ts'
import { useRowWriter } from './uses/rows.ts'
import { type AddedUses, type Uses, type UsesByIdentifier, usesInOrder, usesOf } from './uses/uses.ts'

export interface LinkTable {
  readonly facts: Accounts
  readonly identifiers: Identifiers
  readonly uses: Uses
  /** The day on which each account was born; `noDay` where that is not known. */
  readonly birthDays: Int32Array
  readonly dataHasSignups: boolean
  /** The newest time anything happened, whether it showed an identifier or not. */
  readonly newestAt: number
  /** What people hold to be true; identifiers that are shared by design are not in the table. */
  readonly asserted: Asserted
}

/** What of a table links accounts, of whom there are as many as birth days. */
export interface Linkable extends Pick<LinkTable, 'identifiers' | 'birthDays'> {
  readonly uses: UsesByIdentifier
}

export const linkable = ({ identifiers, birthDays, uses }: LinkTable): Linkable => ({
  identifiers,
  birthDays,
  uses: usesInOrder(uses),
})

export interface TableOptions {
  /** What is held to be true, given the newest time anything happened; nothing when not given. */
  readonly assertedAt?: (newestAt: number) => Asserted
  readonly onAccounts?: (done: number) => void
}

/** `accounts` and `identifiers` in any order, each once. */
export async function readLinkTable(
  accounts: AsyncIterable<readonly AccountState[]>,
  identifiers: AsyncIterable<readonly IdentifierState[]>,
  { assertedAt = () => nothingAsserted, onAccounts = () => {} }: TableOptions = {},
): Promise<LinkTable> {
  const told = identifierWriter()
  for await (const batch of identifiers) for (const one of batch) told.add(identifierRowOf(one))
  const things = sortedIdentifiers(told.identifiers())
  const added = addedUses(numbersOf(things))
  const facts = accountWriter()
  let newestAt = 0
  for await (const batch of accounts) {
    for (const state of batch) {
      const row = rowOf(state)
      added.add(facts.length, row.ties)
      facts.add(row.facts)
      newestAt = Math.max(newestAt, row.newestAt)
    }
    onAccounts(facts.length)
  }
  const asserted = assertedAt(newestAt)
  const scanned = { facts: facts.accounts(), identifiers: things, added: added.uses() }
  return tableOf(withoutShared(scanned, asserted), { newestAt, asserted })
}

/** One account, before its identifiers have numbers. */
export interface AccountRow {
  readonly facts: AccountFacts
  readonly ties: readonly Tie[]
  readonly newestAt: number
}

export const rowOf = (state: AccountState): AccountRow => ({
  facts: factsOf(state),
  ties: tiesOf(state),
  newestAt: newestOf(state),
})

const newestOf = ({ activities }: AccountState): number =>
  activities.reduce((newest, { lastAt }) => Math.max(newest, lastAt), 0)

export const identifierRowOf = ({ kind, ref, mask, class: found }: IdentifierState): IdentifierRow =>
  found === undefined ? { kind, ref, mask } : { kind, ref, mask, class: found }

interface Scanned extends Pick<LinkTable, 'facts' | 'identifiers'> {
  /** By accounts in the order they were scanned. */
  readonly added: AddedUses
}

function withoutShared(scanned: Scanned, asserted: Asserted): Scanned {
  if (asserted.shared.size === 0) return scanned
  const { facts, identifiers, added } = scanned
  const left = identifierWriter()
  const identifierNow = new Int32Array(identifiers.length).fill(-1)
  let count = 0
  for (const [identifier, row] of [...identifiers].entries()) {
    if (isShared(asserted, row)) continue
    left.add(row)
    identifierNow[identifier] = count++
  }
  return {
    facts: facts.withRare(({ failedLogins, ...rare }) => ({
      ...rare,
      failedLogins: failedLogins.filter((tie) => !isShared(asserted, tie)),
    })),
    identifiers: left.identifiers(),
    added: usesLeft(added, identifierNow),
  }
}

function tableOf(
  { facts: scanned, identifiers, added }: Scanned,
  { newestAt, asserted }: Pick<LinkTable, 'newestAt' | 'asserted'>,
): LinkTable {
  const { accounts: facts, numberNow } = sortedAccounts(scanned)
  const uses = usesOf(
    { ...added, accounts: valuesAt(numberNow, added.accounts) },
    { accounts: facts.length, identifiers: identifiers.length },
  )
  return {
    facts,
    identifiers,
    uses,
    birthDays: birthDaysOf(facts),
    dataHasSignups: hasBirths(facts),
    newestAt,
    asserted,
  }
}

/** No day of an account. */
export const noDay = -(2 ** 31)

export function birthDayOf(facts: Accounts, account: number): number {
  const bornAt = facts.bornAt(account)
  return bornAt === undefined ? noDay : dayOf(bornAt)
}

const birthDaysOf = (facts: Accounts): Int32Array =>
  Int32Array.from({ length: facts.length }, (_, account) => birthDayOf(facts, account))

export function hasBirths(facts: Accounts): boolean {
  for (let account = 0; account < facts.length; account++)
    if (facts.bornAt(account) !== undefined) return true
  return false
}

/** By kind, then ref: a name made of both would be one more string for each. */
export function numbersOf(identifiers: Identifiers): (key: IdentifierKey) => number {
  const kinds = new Map<string, Map<string, number>>()
  for (let number = 0; number < identifiers.length; number++) {
    const kind = identifiers.kindAt(number)
    const refs = kinds.get(kind) ?? new Map<string, number>()
    kinds.set(kind, refs)
    refs.set(identifiers.refAt(number), number)
  }
  return ({ kind, ref }) => kinds.get(kind)?.get(ref) ?? -1
}

/** By the numbers of identifiers; to those that are not known, which have number -1, there are no ties. */
export const toldUses = (
  ties: readonly Tie[],
  numberOf: (key: IdentifierKey) => number,
): readonly ToldUse[] =>
  ties
    .map((tie) => ({ identifier: numberOf(tie), tie, through: carriersOf(tie, numberOf) }))
    .filter(({ identifier }) => identifier >= 0)

/** Ties of accounts. */
export function addedUses(numberOf: (key: IdentifierKey) => number) {
  const [rows, identifiers] = [useRowWriter(), new Int32Column()]
  return {
    add(account: number, ties: readonly Tie[]): void {
      for (const tie of ties) {
        const identifier = numberOf(tie)
        if (identifier < 0) continue
        identifiers.push(identifier)
        rows.add(account, tie, carriersOf(tie, numberOf))
      }
    },
    uses: (): AddedUses => ({ ...rows.rows(), identifiers: identifiers.values() }),
  }
}

const nothing: readonly number[] = []

const carriersOf = ({ through }: Tie, numberOf: (key: IdentifierKey) => number): readonly number[] =>
  through?.map((name) => numberOf(keyNamed(name))).filter((carrier) => carrier >= 0) ?? nothing

/** Of `kind:ref`: kinds hold no colon. */
export function keyNamed(name: string): IdentifierKey {
  const end = name.indexOf(':')
  return { kind: name.slice(0, end), ref: name.slice(end + 1) }
}
