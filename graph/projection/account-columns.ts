/** What detection needs to know of accounts, as columns: an object each is what a large population has no room for. */
import type { AccountFacts, Conduct } from '../evidence/account-facts.ts'
import { eventTypes, type StateType } from '../model.ts'
import { compareText } from '../state/order.ts'
import { Float64Column, Int32Column, orderOf } from './columns.ts'
import { type Lists, listAt, listColumn, type RowRun } from './list-column.ts'

/** What few accounts have. */
type Rare = Pick<AccountFacts, 'failedLogins' | 'labels' | 'relations'>

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

const stateTypes: readonly StateType[] = eventTypes.flatMap((type) => [type, `${type}_failed` as const])
const placeOfType: ReadonlyMap<string, number> = new Map(stateTypes.map((type, place) => [type, place]))
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

const unlessNothing = (rare: Rare): Rare | undefined =>
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

const conductList = (conduct: Conduct): readonly number[] =>
  Object.entries(conduct).flatMap(([type, { count, firstAt, lastAt }]) => [
    placeOfType.get(type) ?? -1,
    count,
    firstAt,
    lastAt,
  ])

/** Writes rows in their order. */
export function accountWriter() {
  const ids: string[] = []
  const rare: (Rare | undefined)[] = []
  const [bornAt, firstSeenAt] = [new Float64Column(), new Float64Column()]
  const lists = listWriters()
  return {
    get length() {
      return ids.length
    },
    add(facts: AccountFacts): void {
      const { failedLogins, labels, relations } = facts
      ids.push(facts.account)
      rare.push(unlessNothing({ failedLogins, labels, relations }))
      bornAt.push(facts.bornAt ?? Number.NaN)
      firstSeenAt.push(facts.firstSeenAt ?? Number.NaN)
      lists.conduct.add(conductList(facts.conduct))
      for (const name of plainLists) lists[name].add(facts[name])
    },
    copyAll({ columns }: Accounts, run: RowRun): void {
      for (let row = run.first; row < run.end; row++) {
        ids.push(columns.ids[row] ?? '')
        rare.push(columns.rare[row])
      }
      bornAt.pushAll(columns.bornAt.subarray(run.first, run.end))
      firstSeenAt.pushAll(columns.firstSeenAt.subarray(run.first, run.end))
      lists.conduct.copyAll(columns.conduct, run)
      for (const name of plainLists) lists[name].copyAll(columns[name], run)
    },
    /** Do not write afterwards. */
    accounts: (): Accounts =>
      new Accounts({
        ids,
        bornAt: bornAt.values(),
        firstSeenAt: firstSeenAt.values(),
        conduct: listsOf(lists.conduct),
        activeDays: listsOf(lists.activeDays),
        sensitiveChangesAt: listsOf(lists.sensitiveChangesAt),
        payoutChangesAt: listsOf(lists.payoutChangesAt),
        chargebacksAt: listsOf(lists.chargebacksAt),
        failedLoginsAt: listsOf(lists.failedLoginsAt),
        rare,
      }),
  }
}

const listWriters = () => ({
  conduct: listColumn(new Float64Column()),
  activeDays: listColumn(new Int32Column()),
  sensitiveChangesAt: listColumn(new Float64Column()),
  payoutChangesAt: listColumn(new Float64Column()),
  chargebacksAt: listColumn(new Float64Column()),
  failedLoginsAt: listColumn(new Float64Column()),
})

/** Lists that facts have as they are. */
const plainLists = [
  'activeDays',
  'sensitiveChangesAt',
  'payoutChangesAt',
  'chargebacksAt',
  'failedLoginsAt',
] as const

const listsOf = <Of extends Int32Array | Float64Array>({
  starts,
  values,
}: {
  readonly starts: Int32Column
  readonly values: { values(): Of }
}): Lists<Of> => ({ starts: starts.values(), values: values.values() })

/** By id, whatever order they were told in; and the number now of each. */
export function sortedAccounts(told: Accounts): {
  readonly accounts: Accounts
  readonly numberNow: Int32Array
} {
  const order = orderOf(told.length, (a, b) => compareText(told.idAt(a), told.idAt(b)))
  const numberNow = new Int32Array(told.length)
  if (!order) return { accounts: told, numberNow: numberNow.map((_, row) => row) }
  const out = accountWriter()
  order.forEach((row, number) => {
    numberNow[row] = number
    out.copyAll(told, { first: row, end: row + 1 })
  })
  return { accounts: out.accounts(), numberNow }
}
