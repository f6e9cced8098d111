/** What detection needs to know of accounts, as columns: an object each is what a large population has no room for. */
import type { AccountFacts, Conduct } from '../evidence/account-facts.ts'
import { eventTypes, type StateType } from '../model.ts'
import { compareText } from '../state/order.ts'
import { type Lists, listAt } from './list-column.ts'
import type { RowLog } from './row-log.ts'

/** What few accounts have. */
export type Rare = Pick<AccountFacts, 'failedLogins' | 'labels' | 'relations'>

export interface AccountColumns {
  readonly ids: readonly string[]
  /** `NaN` where it is not known. */
  readonly bornAt: Float64Array
  readonly firstSeenAt: Float64Array
  /** Of each type in its order: place among `stateTypes`, count, first and last time. */
  readonly conduct: Lists<Float64Array>
  readonly activeDays: Lists<Int32Array>
  readonly sensitiveChangesAt: Lists<Float64Array>
  readonly payoutChangesAt: Lists<Float64Array>
  readonly chargebacksAt: Lists<Float64Array>
  readonly failedLoginsAt: Lists<Float64Array>
  /** `undefined` where there is nothing of it. */
  readonly rare: readonly (Rare | undefined)[]
}

/** In the order of their numbers in columns. */
export const stateTypes: readonly StateType[] = eventTypes.flatMap((type) => [
  type,
  `${type}_failed` as const,
])
const conductSize = 4

/** What is written to (account-writer.ts). */
export interface AccountLog {
  readonly length: number
  add(facts: AccountFacts): void
  rows(): AccountColumns
}

/** Rows that tables have in common, of which each knows where its accounts lie. */
export interface AccountRows {
  readonly rows: AccountColumns
  /** By account number, its row. */
  readonly rowOf: Int32Array
  readonly log?: RowLog<AccountLog>
}

/** By number, which is an account's place in order of ids. */
export class Accounts {
  readonly found: AccountRows
  #ids: readonly string[] | undefined

  constructor(found: AccountRows) {
    this.found = found
  }

  get length(): number {
    return this.found.rowOf.length
  }

  /** By number; made when it is first asked for. */
  get ids(): readonly string[] {
    const { rows, rowOf } = this.found
    this.#ids ??= Array.from(rowOf, (row) => rows.ids[row] ?? '')
    return this.#ids
  }

  /** Empty for a number that is not there. */
  idAt(account: number): string {
    return this.found.rows.ids[this.#rowOf(account)] ?? ''
  }

  bornAt(account: number): number | undefined {
    return known(this.found.rows.bornAt[this.#rowOf(account)])
  }

  /** By number; `NaN` where it is not known. */
  births(): Float64Array {
    const { rows, rowOf } = this.found
    const births = new Float64Array(rowOf.length)
    for (let account = 0; account < births.length; account++)
      births[account] = rows.bornAt[rowOf[account] ?? -1] ?? Number.NaN
    return births
  }

  activeDayCount(account: number): number {
    const { starts } = this.found.rows.activeDays
    const row = this.#rowOf(account)
    return (starts[row + 1] ?? 0) - (starts[row] ?? starts[row + 1] ?? 0)
  }

  labelsAt(account: number): AccountFacts['labels'] {
    return this.found.rows.rare[this.#rowOf(account)]?.labels ?? nothing
  }

  relationsAt(account: number): AccountFacts['relations'] {
    return this.found.rows.rare[this.#rowOf(account)]?.relations ?? nothing
  }

  /** Whether anything of a type happened to it. */
  hasConduct(account: number, type: StateType): boolean {
    const { starts, values } = this.found.rows.conduct
    const row = this.#rowOf(account)
    for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i += conductSize)
      if (stateTypes[values[i] ?? -1] === type) return true
    return false
  }

  /** When anything happened to it last; 0 for nobody. */
  newestAt(account: number): number {
    const { starts, values } = this.found.rows.conduct
    const row = this.#rowOf(account)
    let newest = 0
    for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i += conductSize)
      newest = Math.max(newest, values[i + conductSize - 1] ?? 0)
    return newest
  }

  /** Where accounts ascend by id; -1 where there is none of it. */
  numberOf(id: string): number {
    let [from, to] = [0, this.length]
    while (from < to) {
      const middle = (from + to) >>> 1
      if (compareText(this.idAt(middle), id) < 0) from = middle + 1
      else to = middle
    }
    return from < this.length && this.idAt(from) === id ? from : -1
  }

  /** Read off the columns when they are asked for. */
  at(account: number): AccountFacts | undefined {
    const row = this.#rowOf(account)
    return row < 0 ? undefined : new FactsAt(this.found.rows, row)
  }

  /** The same with others of what few have. */
  withRare(rareOf: (rare: Rare, account: number) => Rare): Accounts {
    const { rows, rowOf } = this.found
    const rare = rows.rare.slice()
    rowOf.forEach((row, account) => {
      rare[row] = unlessNothing(rareOf(rare[row] ?? nothingRare, account))
    })
    return new Accounts({ rows: { ...rows, rare }, rowOf })
  }

  *[Symbol.iterator](): Generator<AccountFacts> {
    for (const row of this.found.rowOf) yield new FactsAt(this.found.rows, row)
  }

  #rowOf(account: number): number {
    return this.found.rowOf[account] ?? -1
  }
}

const nothing: readonly never[] = []
const nothingRare: Rare = { failedLogins: nothing, labels: nothing, relations: nothing }

export const unlessNothing = (rare: Rare): Rare | undefined =>
  rare.failedLogins.length + rare.labels.length + rare.relations.length > 0 ? rare : undefined

const known = (at: number | undefined): number | undefined =>
  at === undefined || Number.isNaN(at) ? undefined : at

class FactsAt implements AccountFacts {
  readonly #columns: AccountColumns
  readonly #row: number

  constructor(columns: AccountColumns, row: number) {
    this.#columns = columns
    this.#row = row
  }

  get account(): string {
    return this.#columns.ids[this.#row] ?? ''
  }

  get bornAt(): number | undefined {
    return known(this.#columns.bornAt[this.#row])
  }

  get firstSeenAt(): number | undefined {
    return known(this.#columns.firstSeenAt[this.#row])
  }

  get conduct(): Conduct {
    return conductAt(this.#columns.conduct, this.#row)
  }

  get failedPayments(): number {
    return this.conduct.payment_failed?.count ?? 0
  }

  get chargebacks(): number {
    return this.conduct.chargeback?.count ?? 0
  }

  get reports(): number {
    return this.conduct.report?.count ?? 0
  }

  get sensitiveChangesAt(): readonly number[] {
    return this.#listOf(this.#columns.sensitiveChangesAt)
  }

  get payoutChangesAt(): readonly number[] {
    return this.#listOf(this.#columns.payoutChangesAt)
  }

  get chargebacksAt(): readonly number[] {
    return this.#listOf(this.#columns.chargebacksAt)
  }

  get activeDays(): readonly number[] {
    return this.#listOf(this.#columns.activeDays)
  }

  get failedLoginsAt(): readonly number[] {
    return this.#listOf(this.#columns.failedLoginsAt)
  }

  get failedLogins(): AccountFacts['failedLogins'] {
    return this.#columns.rare[this.#row]?.failedLogins ?? nothing
  }

  get labels(): AccountFacts['labels'] {
    return this.#columns.rare[this.#row]?.labels ?? nothing
  }

  get relations(): AccountFacts['relations'] {
    return this.#columns.rare[this.#row]?.relations ?? nothing
  }

  #listOf({ values, starts }: Lists): readonly number[] {
    return listAt(values, starts, this.#row)
  }
}

function conductAt({ starts, values }: Lists, row: number): Conduct {
  const conduct: { -readonly [type in StateType]?: Conduct[type] } = {}
  const end = starts[row + 1] ?? 0
  for (let i = starts[row] ?? end; i < end; i += conductSize) {
    const type = stateTypes[values[i] ?? -1]
    if (type === undefined) continue
    conduct[type] = { count: values[i + 1] ?? 0, firstAt: values[i + 2] ?? 0, lastAt: values[i + 3] ?? 0 }
  }
  return conduct
}
