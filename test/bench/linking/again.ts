/**
 * Linking again after 1,000 rows changed, in a process of its own: `again.ts calm|crowded ACCOUNTS ROUNDS`. Rows are of accounts
 * in small components: most are seen again, one in ten turns to another identifier of its kind.
 */

import { componentsAbove } from '../../../graph/communities/components.ts'
import { gammaMicro } from '../../../graph/communities/gamma.ts'
import { pairGraph } from '../../../graph/communities/pair-graph.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { type Links, link, linkAgain } from '../../../graph/link.ts'
import type { AccountState } from '../../../graph/model.ts'
import { readLinkTable } from '../../../graph/projection/link-table.ts'
import { collectByGrowth } from '../../../src/engine/detect-thread.ts'
import { numbers } from '../graph.ts'
import { type Columns, columnsOf } from '../partition/columns.ts'
import { asOf, scanIdentifiers, stateOf } from './state.ts'

export interface AgainRun {
  readonly accounts: number
  readonly rows: number
  /** CPU milliseconds of linking in full, and of each round. */
  readonly fullMs: number
  readonly ms: readonly number[]
  readonly accountsSolved: readonly number[]
}

const rowsChanged = 1_000
const smallMost = 1_000
const kindOf = (kind: string) => shippedKinds.get(kind)

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

function startsOfRows({ accounts, account }: Columns): Int32Array {
  const starts = new Int32Array(accounts + 1)
  for (const one of account) starts[one + 1]! += 1
  for (let one = 0; one < accounts; one++) starts[one + 1]! += starts[one] ?? 0
  return starts
}

/** An account's times are drawn by its number, so that it is the same whenever it is told. */
const stateAt = (columns: Columns, starts: Int32Array, account: number): AccountState =>
  stateOf(account, columns, {
    first: starts[account] ?? 0,
    end: starts[account + 1] ?? 0,
    random: numbers(1_000_003 + account * 7),
  })

async function* scan(columns: Columns, starts: Int32Array): AsyncGenerator<readonly AccountState[]> {
  for (let from = 0; from < columns.accounts; from += 1_000)
    yield Array.from({ length: Math.min(1_000, columns.accounts - from) }, (_, i) =>
      stateAt(columns, starts, from + i),
    )
}

/** Accounts that are linked, in small components. */
function inSmall({ pairs, table }: Links): readonly number[] {
  const components = componentsAbove(pairGraph(table.facts.length, pairs), gammaMicro)
  return components.filter(({ length }) => length <= smallMost).flatMap((component) => [...component])
}

/** The state of an account of which one row is seen again, or turns to another identifier. */
function changed(state: AccountState, others: readonly AccountState[], random: () => number): AccountState {
  const place = Math.floor(random() * state.uses.length)
  const turns = random() < 0.1
  const other = others[Math.floor(random() * others.length)]?.uses ?? []
  const uses = state.uses.map((use, at) => {
    if (at !== place) return use
    const to = turns ? other.find(({ kind }) => kind === use.kind) : undefined
    const key = to && !state.uses.some(({ ref }) => ref === to.ref) ? { kind: to.kind, ref: to.ref } : {}
    const lastAt = Math.min(asOf, use.lastAt + Math.floor(random() * 3e8))
    return { ...use, ...key, lastAt, days: [...new Set([...use.days, Math.floor(lastAt / 86_400_000)])] }
  })
  return { ...state, uses }
}

async function run(shape: string, accounts: number, rounds: number): Promise<AgainRun> {
  const columns = columnsOf(accounts, { crowd: shape === 'crowded', seed: 5 })
  const starts = startsOfRows(columns)
  const table = await readLinkTable(scan(columns, starts), scanIdentifiers(columns))
  link(table, { kindOf, asOf })
  const full = cpuMs()
  let known = link(table, { kindOf, asOf })
  const fullMs = cpuMs() - full
  const small = inSmall(known)
  const random = numbers(99)
  const [ms, accountsSolved]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    const some = new Set(
      Array.from({ length: rowsChanged }, () => small[Math.floor(random() * small.length)] ?? 0),
    )
    const states = Array.from(some, (account) => stateAt(columns, starts, account))
    const change = {
      accounts: new Map(states.map((state) => [state.account, changed(state, states, random)])),
      identifiers: [],
    }
    const begin = cpuMs()
    const { links, work } = linkAgain(known, change, { kindOf })
    ms.push(cpuMs() - begin)
    accountsSolved.push(work.accountsSolved)
    known = links
  }
  return { accounts, rows: columns.account.length, fullMs, ms, accountsSolved }
}

// As a thread that detects is begun.
collectByGrowth()
const [shape = 'calm', accounts = '250000', rounds = '20'] = process.argv.slice(2)
console.log(JSON.stringify(await run(shape, Number(accounts), Number(rounds))))
