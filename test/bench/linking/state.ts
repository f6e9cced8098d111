/** Columns as a store gives them: who uses what is told there, when is drawn at random over half a year. */
import type { AccountState, IdentifierState, Use } from '../../../graph/model.ts'
import { dayMs, dayOf } from '../../../graph/time.ts'
import { numbers } from '../graph.ts'
import { type Columns, kinds } from '../partition/columns.ts'

const [firstDay, lastDay] = [20_000, 20_180]
/** An account comes back on so many days at the most. */
const visitsMax = 4
const kindNames = Object.keys(kinds)
const batchSize = 1_000

/** The first moment after all of it. */
export const asOf = (lastDay + 1) * dayMs - 1

export const accountIdOf = (account: number): string => `acct_${padded(account)}`

/** As long as the pseudonyms that are stored. */
const refOf = (identifier: number): string => padded(identifier).padStart(32, 'f')

const padded = (value: number): string => String(value).padStart(8, '0')

export async function* scanAccounts(columns: Columns, seed: number): AsyncGenerator<readonly AccountState[]> {
  const random = numbers(seed)
  let batch: AccountState[] = []
  for (let row = 0, account = 0; account < columns.accounts; account++) {
    const first = row
    while (columns.account[row] === account) row += 1
    batch.push(stateOf(account, columns, { first, end: row, random }))
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  yield batch
}

export interface Rows {
  readonly first: number
  readonly end: number
  readonly random: () => number
}

/** Born on a day, and from then on seen now and then with each of its identifiers. */
export function stateOf(account: number, columns: Columns, { first, end, random }: Rows): AccountState {
  const bornAt = Math.floor((firstDay + random() * (lastDay - firstDay)) * dayMs)
  const uses = Array.from({ length: end - first }, (_, i) => {
    const identifier = columns.identifier[first + i] ?? 0
    const kind = kindNames[columns.kind[identifier] ?? 0] ?? ''
    return useOf({ kind, ref: refOf(identifier) }, seenFrom(bornAt, random))
  })
  const days = [...new Set(uses.flatMap((use) => use.days))].toSorted((a, b) => a - b)
  const lastAt = uses.reduce((last, use) => Math.max(last, use.lastAt), bornAt)
  return {
    account: accountIdOf(account),
    createdAt: bornAt,
    activities: [{ type: 'login', firstAt: bornAt, lastAt, days, recent: [] }],
    uses,
    relations: [],
    labels: [],
  }
}

/** One identifier in three is there from the first moment. */
function seenFrom(bornAt: number, random: () => number): readonly number[] {
  const left = asOf - bornAt
  const visits = 1 + Math.floor(random() * visitsMax)
  const begin = bornAt + (random() < 1 / 3 ? 0 : Math.floor(left * random()))
  const times = Array.from({ length: visits }, (_, visit) =>
    visit === 0 ? begin : begin + Math.floor((asOf - begin) * random()),
  )
  return times.toSorted((a, b) => a - b)
}

const useOf = (key: { kind: string; ref: string }, times: readonly number[]): Use => ({
  ...key,
  type: 'login',
  firstAt: times[0] ?? 0,
  lastAt: times.at(-1) ?? 0,
  days: [...new Set(times.map(dayOf))],
  sessions: [],
  times: [],
})

export async function* scanIdentifiers({
  kind,
  identifiers,
}: Columns): AsyncGenerator<readonly IdentifierState[]> {
  yield Array.from({ length: identifiers }, (_, identifier) => ({
    kind: kindNames[kind[identifier] ?? 0] ?? '',
    ref: refOf(identifier),
    mask: '',
    tables: 0,
  }))
}
