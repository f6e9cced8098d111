/**
 * Accounts and their identifiers as columns, numbered in order of account id and of (kind, ref), so that nothing
 * computed from it depends on the order in which a store scans.
 */
import { isShared, rowWithout } from '../assertions/shared.ts'
import { type Asserted, nothingAsserted } from '../assertions/standing.ts'
import { type AccountFacts, factsOf, type Tie, tiesOf } from '../evidence/account-facts.ts'
import type { AccountState, IdentifierClass, IdentifierKey, IdentifierState } from '../model.ts'
import { compareText } from '../state/order.ts'
import { dayOf } from '../time.ts'
import { type AccountTies, type Uses, usesOf } from './uses.ts'

export interface LinkTable {
  readonly facts: readonly AccountFacts[]
  readonly ties: readonly AccountTies[]
  readonly identifiers: readonly (IdentifierKey & { mask: string; class?: IdentifierClass })[]
  /** Per identifier: its accounts, ascending. */
  readonly postings: readonly Int32Array[]
  readonly uses: Uses
  /** The day on which each account was born; `noDay` where that is not known. */
  readonly birthDays: Int32Array
  readonly dataHasSignups: boolean
  /** The newest time anything happened, whether it showed an identifier or not. */
  readonly newestAt: number
  /** What people hold to be true; identifiers that are shared by design are not in the table. */
  readonly asserted: Asserted
}

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
  const keys: LinkTable['identifiers'][number][] = []
  for await (const batch of identifiers) for (const one of batch) keys.push(identifierRowOf(one))
  const rows: AccountRow[] = []
  for await (const batch of accounts) {
    for (const state of batch) {
      rows.push(rowOf(state))
    }
    onAccounts(rows.length)
  }
  keys.sort(compareIdentifiers)
  rows.sort((a, b) => compareText(a.facts.account, b.facts.account))
  const newestAt = rows.reduce((newest, row) => Math.max(newest, row.newestAt), 0)
  return tableOf(rows, keys, { newestAt, asserted: assertedAt(newestAt) })
}

/** One account, before its identifiers have numbers. */
export interface AccountRow {
  readonly facts: AccountFacts
  readonly ties: readonly Tie[]
  readonly newestAt: number
}

export type IdentifierRow = LinkTable['identifiers'][number]

export const rowOf = (state: AccountState): AccountRow => ({
  facts: factsOf(state),
  ties: tiesOf(state),
  newestAt: newestOf(state),
})

export const compareIdentifiers = (a: IdentifierKey, b: IdentifierKey): number =>
  compareText(a.kind, b.kind) || compareText(a.ref, b.ref)

const newestOf = ({ activities }: AccountState): number =>
  activities.reduce((newest, { lastAt }) => Math.max(newest, lastAt), 0)

export const identifierRowOf = ({ kind, ref, mask, class: found }: IdentifierState): IdentifierRow => ({
  kind,
  ref,
  mask,
  ...(found !== undefined && { class: found }),
})

function tableOf(
  all: readonly AccountRow[],
  keys: LinkTable['identifiers'],
  { newestAt, asserted }: Pick<LinkTable, 'newestAt' | 'asserted'>,
): LinkTable {
  const rows = all.map((row) => rowWithout(row, asserted))
  const identifiers = keys.filter((key) => !isShared(asserted, key))
  const numbers = new Map(identifiers.map((one, i) => [identifierName(one), i]))
  const ties = rows.map(({ ties: own }) => numberedTies(own, (tie) => numbers.get(identifierName(tie)) ?? -1))
  const facts = rows.map((row) => row.facts)
  return {
    facts,
    ties,
    identifiers,
    postings: postingsOf(ties, identifiers.length),
    uses: usesOf(ties, { accounts: ties.keys(), identifiers: identifiers.length }),
    birthDays: birthDaysOf(facts),
    dataHasSignups: rows.some(({ facts }) => facts.bornAt !== undefined),
    newestAt,
    asserted,
  }
}

/** No day of an account. */
export const noDay = -(2 ** 31)

export const birthDaysOf = (facts: readonly AccountFacts[]): Int32Array =>
  Int32Array.from(facts, ({ bornAt }) => (bornAt === undefined ? noDay : dayOf(bornAt)))

const identifierName = ({ kind, ref }: IdentifierKey): string => `${kind}:${ref}`

/** Ties to identifiers that are not known, which have number -1, are left out. */
export function numberedTies(ties: readonly Tie[], numberOf: (key: IdentifierKey) => number): AccountTies {
  const numbered = ties
    .map((tie) => ({ tie, identifier: numberOf(tie) }))
    .filter(({ identifier }) => identifier >= 0)
    .toSorted((a, b) => a.identifier - b.identifier)
  return {
    identifiers: Int32Array.from(numbered, ({ identifier }) => identifier),
    ties: numbered.map(({ tie }) => tie),
  }
}

function postingsOf(ties: readonly AccountTies[], identifiers: number): readonly Int32Array[] {
  const counts = new Int32Array(identifiers)
  for (const { identifiers: own } of ties) for (const i of own) counts[i] = (counts[i] ?? 0) + 1
  const postings = Array.from(counts, (count) => new Int32Array(count))
  const filled = new Int32Array(identifiers)
  ties.forEach(({ identifiers: own }, account) => {
    for (const i of own) {
      const place = filled[i] ?? 0
      const posting = postings[i]
      if (posting) posting[place] = account
      filled[i] = place + 1
    }
  })
  return postings
}

/** How an account is tied to an identifier; `undefined` when it is not. */
export function tieOf(table: LinkTable, account: number, identifier: number) {
  const own = table.ties[account]
  if (!own) return undefined
  const place = lowerBound(own.identifiers, identifier)
  return own.identifiers[place] === identifier ? own.ties[place] : undefined
}

function lowerBound(values: Int32Array, wanted: number): number {
  let from = 0
  let to = values.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((values[middle] ?? 0) < wanted) from = middle + 1
    else to = middle
  }
  return from
}
