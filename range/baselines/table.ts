/**
 * One world as the baselines see it: who used which identifier when. It holds what any platform would hand an author
 * of such a method, no ring and no attack; `known` is what reviewers told.
 */
import type { LabelValue } from '../../graph/model.ts'

/** UTC epoch milliseconds and whole UTC days, as everywhere. */
export interface IdentifierUse {
  /** Number of the account. */
  readonly account: number
  readonly firstAt: number
  readonly lastAt: number
  /** Ascending. */
  readonly days: readonly number[]
}

export interface BaselineAccount {
  readonly account: string
  readonly bornAt?: number
  readonly known?: LabelValue
}

export interface BaselineTable {
  /** Ascending by id, so that nothing depends on the order in which they came. */
  readonly accounts: readonly BaselineAccount[]
  /** Ascending by kind, then ref. */
  readonly identifiers: readonly { readonly kind: string; readonly uses: readonly IdentifierUse[] }[]
  /** Who sent money to whom; account numbers. */
  readonly payments: readonly { readonly from: number; readonly to: number }[]
  /** Who had to do with whom, and whether money or goods went over. */
  readonly dealings: readonly { readonly from: number; readonly to: number; readonly gives: boolean }[]
}

/** A use as it is told, by names; each account and identifier once. */
export interface ToldUse extends Omit<IdentifierUse, 'account'> {
  readonly account: string
  readonly kind: string
  readonly ref: string
}

export interface TableRows {
  readonly accounts: readonly BaselineAccount[]
  readonly uses: Iterable<ToldUse>
  readonly payments?: Iterable<{ readonly from: string; readonly to: string }>
  readonly dealings?: Iterable<{ readonly from: string; readonly to: string; readonly gives: boolean }>
}

/** Rows in any order. What names an account that is not listed is left out. */
export function baselineTable({ accounts, uses, payments = [], dealings = [] }: TableRows): BaselineTable {
  const sorted = accounts.toSorted((a, b) => compare(a.account, b.account))
  const numberOf = new Map(sorted.map(({ account }, number) => [account, number]))
  const numbered = <T extends { from: string; to: string }>({ from: payer, to: payee, ...rest }: T) => {
    const [from, to] = [numberOf.get(payer), numberOf.get(payee)]
    return from === undefined || to === undefined ? [] : [{ ...rest, from, to }]
  }
  const identifiers = new Map<string, { kind: string; uses: IdentifierUse[] }>()
  for (const { account: name, kind, ref, firstAt, lastAt, days } of uses) {
    const account = numberOf.get(name)
    if (account === undefined) continue
    const key = `${kind}:${ref}`
    const known = identifiers.get(key)
    const use = { account, firstAt, lastAt, days }
    if (known) known.uses.push(use)
    else identifiers.set(key, { kind, uses: [use] })
  }
  for (const { uses: own } of identifiers.values()) own.sort((a, b) => a.account - b.account)
  return {
    accounts: sorted,
    identifiers: [...identifiers].toSorted(([a], [b]) => compare(a, b)).map(([, identifier]) => identifier),
    payments: [...payments].flatMap(numbered),
    dealings: [...dealings].flatMap(numbered),
  }
}

export interface SharingOptions {
  /** Identifiers of more accounts are left out, */
  readonly usersMax: number
  /** and at 0 addresses too, which honest neighbours share. */
  readonly addresses: 0 | 1
}

export const tableFor = (
  table: BaselineTable,
  { addresses }: Pick<SharingOptions, 'addresses'>,
): BaselineTable =>
  addresses === 1 ? table : { ...table, identifiers: table.identifiers.filter(({ kind }) => kind !== 'ip') }

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
