/** Who uses an identifier, what an account uses, and how it is tied to it: views of columns, made where they are asked for. */
import type { Tie } from '../../evidence/account-facts.ts'
import type { Identifiers } from '../identifier-columns.ts'
import { listAt } from '../list-column.ts'
import type { Uses } from './uses.ts'

/** What of a link table tells of uses. */
interface Used {
  readonly uses: Uses
  readonly identifiers: Identifiers
}

/** Accounts that use an identifier, ascending. */
export const usersOf = ({ uses }: Pick<Used, 'uses'>, identifier: number): Int32Array =>
  uses.accounts.subarray(uses.starts[identifier] ?? 0, uses.starts[identifier + 1] ?? 0)

export const userCount = ({ uses: { starts } }: Pick<Used, 'uses'>, identifier: number): number =>
  (starts[identifier + 1] ?? 0) - (starts[identifier] ?? starts[identifier + 1] ?? 0)

/** Numbers of the uses of an identifier. */
export function* usesAt({ starts }: Pick<Uses, 'starts'>, identifier: number): Generator<number> {
  const end = starts[identifier + 1] ?? 0
  for (let use = starts[identifier] ?? end; use < end; use++) yield use
}

/** The days of a use, ascending. */
export const daysAt = ({ dayStarts, days }: Pick<Uses, 'dayStarts' | 'days'>, use: number): Int32Array =>
  days.subarray(dayStarts[use] ?? 0, dayStarts[use + 1] ?? 0)

/** What one account uses, ascending by identifier. */
export interface UsedBy {
  readonly identifiers: Int32Array
  readonly ties: readonly Tie[]
}

/** Nothing for an account that is not there. */
export function usedBy(table: Used, account: number): UsedBy {
  const { own, ownStarts, ownIdentifiers } = table.uses
  const from = ownStarts[account] ?? 0
  const end = ownStarts[account + 1] ?? from
  return {
    get identifiers() {
      return ownIdentifiers.subarray(from, end)
    },
    get ties() {
      return Array.from(
        { length: end - from },
        (_, i) => new UseTie(table, own[from + i] ?? 0, ownIdentifiers[from + i] ?? 0),
      )
    },
  }
}

/** How an account is tied to an identifier; `undefined` when it is not. */
export function tieOf(table: Used, account: number, identifier: number): Tie | undefined {
  const use = useOf(table, account, identifier)
  return use === undefined ? undefined : new UseTie(table, use, identifier)
}

/** The row of a use. */
export function useOf(
  { uses: { own, ownStarts, ownIdentifiers } }: Pick<Used, 'uses'>,
  account: number,
  identifier: number,
): number | undefined {
  let from = ownStarts[account] ?? 0
  const end = ownStarts[account + 1] ?? from
  for (let to = end; from < to; ) {
    const middle = (from + to) >>> 1
    if ((ownIdentifiers[middle] ?? 0) < identifier) from = middle + 1
    else to = middle
  }
  return from < end && ownIdentifiers[from] === identifier ? own[from] : undefined
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
    return this.#table.uses.firstAt[this.#use] ?? 0
  }

  get lastAt(): number {
    return this.#table.uses.lastAt[this.#use] ?? 0
  }

  get days(): readonly number[] {
    const { days, dayStarts } = this.#table.uses
    return listAt(days, dayStarts, this.#use)
  }

  get times(): readonly number[] {
    const { times, timeStarts } = this.#table.uses
    return listAt(times, timeStarts, this.#use)
  }

  get through(): readonly string[] {
    const { uses, identifiers } = this.#table
    return listAt(uses.through, uses.throughStarts, this.#use).map((carrier) => identifiers.nameAt(carrier))
  }
}
