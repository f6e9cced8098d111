/** What detection needs to know of accounts, as columns: an object each is what a large population has no room for. */
import type { AccountFacts, Conduct } from '../evidence/account-facts.ts'
import { eventTypes, type StateType } from '../model.ts'
import { compareText } from '../state/order.ts'
import { type Lists, listAt } from './list-column.ts'

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

/** A row's place is the account's number. */
export class Accounts {
  readonly columns: AccountColumns

  constructor(columns: AccountColumns) {
    this.columns = columns
  }

  get length(): number {
    return this.columns.ids.length
  }

  get ids(): readonly string[] {
    return this.columns.ids
  }

  /** Empty for a number that is not there. */
  idAt(account: number): string {
    return this.columns.ids[account] ?? ''
  }

  bornAt(account: number): number | undefined {
    return known(this.columns.bornAt[account])
  }

  activeDayCount(account: number): number {
    const { starts } = this.columns.activeDays
    return (starts[account + 1] ?? 0) - (starts[account] ?? starts[account + 1] ?? 0)
  }

  labelsAt(account: number): AccountFacts['labels'] {
    return this.columns.rare[account]?.labels ?? nothing
  }

  relationsAt(account: number): AccountFacts['relations'] {
    return this.columns.rare[account]?.relations ?? nothing
  }

  /** Whether anything of a type happened to it. */
  hasConduct(account: number, type: StateType): boolean {
    const { starts, values } = this.columns.conduct
    for (let i = starts[account] ?? 0; i < (starts[account + 1] ?? 0); i += conductSize)
      if (stateTypes[values[i] ?? -1] === type) return true
    return false
  }

  /** When anything happened to it last; 0 for nobody. */
  newestAt(account: number): number {
    const { starts, values } = this.columns.conduct
    let newest = 0
    for (let i = starts[account] ?? 0; i < (starts[account + 1] ?? 0); i += conductSize)
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
    return this.columns.ids[from] === id ? from : -1
  }

  /** Read off the columns when they are asked for. */
  at(account: number): AccountFacts | undefined {
    return account in this.columns.ids ? new FactsAt(this.columns, account) : undefined
  }

  /** The same with others of what few have. */
  withRare(rareOf: (rare: Rare, account: number) => Rare): Accounts {
    const rare = this.columns.rare.map((own = nothingRare, account) => unlessNothing(rareOf(own, account)))
    return new Accounts({ ...this.columns, rare })
  }

  *[Symbol.iterator](): Generator<AccountFacts> {
    for (let account = 0; account < this.length; account++) yield new FactsAt(this.columns, account)
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
