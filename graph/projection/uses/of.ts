/** Who uses an identifier, what an account uses, and how it is tied to it: views of columns, made where they are asked for. */
import type { Tie } from '../../evidence/account-facts.ts'
import type { Identifiers } from '../identifier-columns.ts'
import { listAt } from '../list-column.ts'
import { numbersIn } from '../slots.ts'
import type { Uses } from './uses.ts'

/** What of a link table tells of uses. */
interface Used {
  readonly uses: Uses
  readonly identifiers: Identifiers
}

/** The account of a use. */
export const accountAt = ({ rows, accounts }: Uses, use: number): number =>
  accounts.numberOf[rows.accounts[use] ?? -1] ?? -1

/** Accounts that use an identifier, ascending. */
export function usersOf({ uses }: Pick<Used, 'uses'>, identifier: number): Int32Array {
  const first = uses.blocks.starts[identifier] ?? 0
  return numbersIn(uses.accounts, uses.rows.accounts.subarray(first, uses.blocks.ends[identifier] ?? first))
}

export const userCount = ({ uses: { blocks } }: Pick<Used, 'uses'>, identifier: number): number =>
  (blocks.ends[identifier] ?? 0) - (blocks.starts[identifier] ?? 0)

/** Numbers of the uses of an identifier. */
export function* usesAt({ blocks }: Pick<Uses, 'blocks'>, identifier: number): Generator<number> {
  const end = blocks.ends[identifier] ?? 0
  for (let use = blocks.starts[identifier] ?? end; use < end; use++) yield use
}

/** The days of a use, ascending. */
export const daysAt = ({ rows: { dayStarts, days } }: Pick<Uses, 'rows'>, use: number): Int32Array =>
  days.subarray(dayStarts[use] ?? 0, dayStarts[use + 1] ?? 0)

/** What one account uses, ascending by identifier. */
export interface UsedBy {
  readonly identifiers: Int32Array
  readonly ties: readonly Tie[]
}

/** Nothing for an account that is not there. */
export const usedBy = (table: Used, account: number): UsedBy => new UsedByAccount(table, account)

class UsedByAccount implements UsedBy {
  readonly #table: Used
  readonly #account: number

  constructor(table: Used, account: number) {
    this.#table = table
    this.#account = account
  }

  get identifiers(): Int32Array {
    return identifiersUsed(this.#table.uses, this.#account)
  }

  get ties(): readonly Tie[] {
    const table = this.#table
    return Array.from(this.identifiers, (identifier) => {
      const use = useOf(table, this.#account, identifier) ?? -1
      return new UseTie(table, use, identifier)
    })
  }
}

/** Of a place among what accounts use, its identifier: for whoever looks at all, without a list each. */
export const usedAt = ({ own, identifiers }: Uses, place: number): number =>
  identifiers.numberOf[own.values[place] ?? -1] ?? -1

export function identifiersUsed({ own, identifiers }: Uses, account: number): Int32Array {
  const first = own.starts[account] ?? 0
  return numbersIn(identifiers, own.values.subarray(first, own.ends[account] ?? first))
}

/** How an account is tied to an identifier; `undefined` when it is not. */
export function tieOf(table: Used, account: number, identifier: number): Tie | undefined {
  const use = useOf(table, account, identifier)
  return use === undefined ? undefined : new UseTie(table, use, identifier)
}

/** The row of a use. */
export function useOf({ uses }: Pick<Used, 'uses'>, account: number, identifier: number): number | undefined {
  let from = uses.blocks.starts[identifier] ?? 0
  const end = uses.blocks.ends[identifier] ?? from
  for (let to = end; from < to; ) {
    const middle = (from + to) >>> 1
    if (accountAt(uses, middle) < account) from = middle + 1
    else to = middle
  }
  return from < end && accountAt(uses, from) === account ? from : undefined
}

class UseTie implements Tie {
  readonly #table: Used
  readonly #use: number
  readonly #identifier: number

  constructor(table: Used, use: number, identifier: number) {
    this.#table = table
    this.#use = use
    this.#identifier = identifier
  }

  get kind(): string {
    return this.#table.identifiers.kindAt(this.#identifier)
  }

  get ref(): string {
    return this.#table.identifiers.refAt(this.#identifier)
  }

  get firstAt(): number {
    return this.#table.uses.rows.firstAt[this.#use] ?? 0
  }

  get lastAt(): number {
    return this.#table.uses.rows.lastAt[this.#use] ?? 0
  }

  get days(): readonly number[] {
    const { days, dayStarts } = this.#table.uses.rows
    return listAt(days, dayStarts, this.#use)
  }

  get times(): readonly number[] {
    const { times, timeStarts } = this.#table.uses.rows
    return listAt(times, timeStarts, this.#use)
  }

  get through(): readonly string[] {
    const { uses, identifiers } = this.#table
    return listAt(uses.rows.through, uses.rows.throughStarts, this.#use).map((carrier) =>
      identifiers.nameAt(uses.identifiers.numberOf[carrier] ?? -1),
    )
  }
}
