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
import { Int32Column, valuesAt } from './columns.ts'
import { usesLeft } from './uses/left.ts'
import { useRowWriter } from './uses/rows.ts'
import { type AddedUses, type Uses, usesOf } from './uses/uses.ts'

export interface LinkTable {
  readonly facts: readonly AccountFacts[]
  readonly identifiers: readonly (IdentifierKey & { mask: string; class?: IdentifierClass })[]
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
  const keys: IdentifierRow[] = []
  const kinds = new Map<string, string>()
  for await (const batch of identifiers) {
    for (const one of batch) {
      // A store tells each in a text of its own, which one text for all of a kind takes the place of.
      const kind = kinds.get(one.kind) ?? one.kind
      kinds.set(kind, kind)
      keys.push(identifierRowOf({ ...one, kind }))
    }
  }
  keys.sort(compareIdentifiers)
  const added = addedUses(numbersOf(keys))
  const facts: AccountFacts[] = []
  let newestAt = 0
  for await (const batch of accounts) {
    for (const state of batch) {
      const row = rowOf(state)
      added.add(facts.length, row.ties)
      facts.push(row.facts)
      newestAt = Math.max(newestAt, row.newestAt)
    }
    onAccounts(facts.length)
  }
  const asserted = assertedAt(newestAt)
  const scanned = { facts, identifiers: keys, added: added.uses() }
  return tableOf(withoutShared(scanned, asserted), { newestAt, asserted })
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

export const identifierRowOf = ({ kind, ref, mask, class: found }: IdentifierState): IdentifierRow =>
  found === undefined ? { kind, ref, mask } : { kind, ref, mask, class: found }

interface Scanned extends Pick<LinkTable, 'facts' | 'identifiers'> {
  /** By accounts in the order they were scanned. */
  readonly added: AddedUses
}

function withoutShared(scanned: Scanned, asserted: Asserted): Scanned {
  if (asserted.shared.size === 0) return scanned
  const { facts, identifiers, added } = scanned
  const left = identifiers.flatMap((key, identifier) => (isShared(asserted, key) ? [] : [identifier]))
  const identifierNow = new Int32Array(identifiers.length).fill(-1)
  left.forEach((identifier, now) => {
    identifierNow[identifier] = now
  })
  return {
    facts: facts.map((one) => rowWithout({ facts: one, ties: [] }, asserted).facts),
    identifiers: left.flatMap((identifier) => identifiers[identifier] ?? []),
    added: usesLeft(added, identifierNow),
  }
}

function tableOf(
  { facts: scanned, identifiers, added }: Scanned,
  { newestAt, asserted }: Pick<LinkTable, 'newestAt' | 'asserted'>,
): LinkTable {
  const order = [...scanned.keys()].sort((a, b) =>
    compareText(scanned[a]?.account ?? '', scanned[b]?.account ?? ''),
  )
  const numberOf = new Int32Array(scanned.length)
  order.forEach((place, number) => {
    numberOf[place] = number
  })
  const facts = order.flatMap((place) => scanned[place] ?? [])
  const uses = usesOf(
    { ...added, accounts: valuesAt(numberOf, added.accounts) },
    { accounts: facts.length, identifiers: identifiers.length },
  )
  return {
    facts,
    identifiers,
    uses,
    birthDays: birthDaysOf(facts),
    dataHasSignups: facts.some(({ bornAt }) => bornAt !== undefined),
    newestAt,
    asserted,
  }
}

/** No day of an account. */
export const noDay = -(2 ** 31)

export const birthDaysOf = (facts: readonly AccountFacts[]): Int32Array =>
  Int32Array.from(facts, ({ bornAt }) => (bornAt === undefined ? noDay : dayOf(bornAt)))

/** By kind, then ref: a name made of both would be one more string for each. */
export function numbersOf(identifiers: readonly IdentifierKey[]): (key: IdentifierKey) => number {
  const kinds = new Map<string, Map<string, number>>()
  identifiers.forEach(({ kind, ref }, number) => {
    const refs = kinds.get(kind) ?? new Map<string, number>()
    kinds.set(kind, refs)
    refs.set(ref, number)
  })
  return ({ kind, ref }) => kinds.get(kind)?.get(ref) ?? -1
}

/** Ties of accounts, by the numbers of identifiers; to those that are not known, which have number -1, there are none. */
export function addedUses(numberOf: (key: IdentifierKey) => number) {
  const [rows, identifiers] = [useRowWriter(), new Int32Column()]
  return {
    /** Returns what the account uses. */
    add(account: number, ties: readonly Tie[]): readonly number[] {
      const used: number[] = []
      for (const tie of ties) {
        const identifier = numberOf(tie)
        if (identifier < 0) continue
        used.push(identifier)
        identifiers.push(identifier)
        rows.add(account, tie, carriersOf(tie, numberOf))
      }
      return used
    },
    uses: (): AddedUses => ({ ...rows.rows(), identifiers: identifiers.values() }),
  }
}

const nothing: readonly number[] = []

const carriersOf = ({ through }: Tie, numberOf: (key: IdentifierKey) => number): readonly number[] =>
  through?.map((name) => numberOf(keyNamed(name))).filter((carrier) => carrier >= 0) ?? nothing

/** Kinds hold no colon. */
function keyNamed(name: string): IdentifierKey {
  const end = name.indexOf(':')
  return { kind: name.slice(0, end), ref: name.slice(end + 1) }
}
