/** Towns told one after the other as a store tells its state, each under names of its own. */
import type { AccountState, IdentifierKey, IdentifierState, StoredEvent } from '../../../graph/model.ts'
import type { ChangedState } from '../../../graph/ports.ts'
import { canonicalAccount } from '../../../graph/state/canonical.ts'
import { type AccountDelta, foldEvents, useRowKey } from '../../../graph/state/fold.ts'
import { joinActivity, joinUse } from '../../../graph/state/join.ts'
import { dayMs, dayOf } from '../../../graph/time.ts'
import type { StateReads } from '../../../src/engine/resident.ts'
import { neighbourhoodsIn } from './neighbourhoods.ts'

export interface ToldState extends StateReads {
  /** CPU that telling took so far, which is none of detection's. */
  readonly toldMs: () => number
  /** Accounts as the last scan told them, spread over the population. */
  readonly some: () => readonly AccountState[]
  /** As if these events had been recorded. */
  happen(events: readonly StoredEvent[]): void
}

/** Accounts that are kept to go on with. */
const someMax = 1_000
const batchSize = 1_000

/** `files`: a town each, as often as it is told. */
export function toldState(files: readonly string[], accounts: number): ToldState {
  const every = Math.max(1, Math.floor(accounts / someMax))
  const some = new Map<string, AccountState>()
  let [changes, newestAt, toldMs] = [1, 0, 0]
  let changed: Pick<ChangedState, 'accounts' | 'identifiers'> = { accounts: [], identifiers: [] }

  async function* scan<Row>(rowsOf: (town: Town) => Iterable<Row>): AsyncGenerator<readonly Row[]> {
    let from = process.cpuUsage()
    let batch: Row[] = []
    for (const [place, file] of files.entries()) {
      for (const row of rowsOf({ file, place })) {
        if (batch.push(row) < batchSize) continue
        toldMs += cpuMsSince(from)
        yield batch
        from = process.cpuUsage()
        batch = []
      }
    }
    toldMs += cpuMsSince(from)
    yield batch
  }

  return {
    toldMs: () => toldMs,
    some: () => [...some.values()],
    scanIdentifiers: () => scan(identifiersOf),
    scanAccounts() {
      let told = 0
      some.clear()
      return scan(function* (town) {
        for (const state of accountsOf(town)) {
          newestAt = state.activities.reduce((newest, { lastAt }) => Math.max(newest, lastAt), newestAt)
          if (told++ % every === 0 && some.size < someMax) some.set(state.account, state)
          yield state
        }
      })
    },
    assertions: async () => [],
    progress: async () => ({ changes, newestAt }),
    changedSince: async () => ({ ...changed, changes, newestAt }),
    happen(events) {
      changes += 1
      newestAt = events.reduce((newest, { at }) => Math.max(newest, at), newestAt)
      const delta = foldEvents(events)
      const touched = [...delta.accounts].flatMap(([account, added]) => {
        const known = some.get(account)
        return known ? [afterLogIn(known, added)] : []
      })
      for (const state of touched) some.set(state.account, state)
      changed = { accounts: touched, identifiers: [...delta.identifiers.values()] }
    },
  }
}

const afterLogIn = (known: AccountState, { activities, uses }: AccountDelta): AccountState =>
  canonicalAccount({
    ...known,
    activities: joinedRows(new Map(known.activities.map((row) => [row.type, row])), activities, joinActivity),
    uses: joinedRows(new Map(known.uses.map((row) => [useRowKey(row), row])), uses, joinUse),
  })

function joinedRows<Row>(
  known: ReadonlyMap<string, Row>,
  added: ReadonlyMap<string, Row>,
  join: (a: Row, b: Row) => Row,
): readonly Row[] {
  const rows = new Map(known)
  for (const [key, row] of added) {
    const before = known.get(key)
    rows.set(key, before ? join(before, row) : row)
  }
  return [...rows.values()]
}

interface Town {
  readonly file: string
  readonly place: number
}

function* accountsOf({ file, place }: Town): Generator<AccountState> {
  for (const { accounts } of neighbourhoodsIn(file))
    for (const state of accounts)
      yield {
        ...state,
        account: named(state.account, place),
        uses: state.uses.map((use) => renamed(use, place)),
        relations: state.relations.map((relation) => ({ ...relation, to: named(relation.to, place) })),
        labels: state.labels.map((label) => ({ ...label, account: named(label.account, place) })),
      }
}

function* identifiersOf({ file, place }: Town): Generator<IdentifierState> {
  for (const { identifiers } of neighbourhoodsIn(file))
    for (const one of identifiers) yield renamed(one, place)
}

const renamed = <Key extends IdentifierKey>(key: Key, place: number): Key => ({
  ...key,
  ref: named(key.ref, place),
})

/** As long as it was, and in one piece, as a string is that comes out of a store. */
const named = (name: string, place: number): string =>
  Buffer.from(`${String(place).padStart(2, '0')}${name.slice(2)}`, 'latin1').toString('latin1')

/** Log-ins, each from an address that nobody has used, from a moment on until its day ends: the last of theirs when not given. */
export function logInsOf(
  accounts: readonly AccountState[],
  { round, from = newestOf(accounts) }: { readonly round: string; readonly from?: number },
): readonly StoredEvent[] {
  return accounts.map(({ account, uses }, i) => {
    const device = uses.find(({ kind }) => kind === 'device')
    const address = { kind: 'ip', ref: `${round}-${i}`.padEnd(22, 'x'), mask: '' }
    return {
      id: `${round}-${i}`,
      content: `${round}-${i}`,
      tables: 0,
      type: 'login',
      outcome: 'success',
      at: Math.min(from + i, (dayOf(from) + 1) * dayMs - 1),
      account,
      identifiers: [...(device ? [{ kind: 'device', ref: device.ref, mask: '' }] : []), address],
      relations: [],
    }
  })
}

const newestOf = (accounts: readonly AccountState[]): number =>
  accounts.reduce(
    (last, { activities }) => activities.reduce((at, { lastAt }) => Math.max(at, lastAt), last),
    0,
  )

export function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
