/** What an account is directly linked to: means over its links, each weighing its probability. */
import { microNats } from '../../evidence/share.ts'
import { Int32Column } from '../../projection/columns.ts'
import type { LinkPairs } from '../../projection/link-pairs.ts'
import { dayMs } from '../../time.ts'
import type { Rows } from '../rows.ts'
import type { ColumnWriter } from './columns.ts'
import type { JudgingInput } from './input.ts'

const togetherMs = 3 * dayMs

/** Columns of the account itself whose mean over its links is a feature too. */
const averaged = [
  'refusedShare',
  'chargebacks',
  'reports',
  'credentialChanges',
  'ownShare',
  'labelledFraud',
  'labelledLegit',
  'age',
] as const

/** After the account's own features, which it reads. */
export function writeLinkFeatures({ table, pairs }: JudgingInput, writer: ColumnWriter, rows: Rows): void {
  const accounts = table.facts.length
  const [count, sum, most] = [zeros(accounts), zeros(accounts), zeros(accounts)]
  const together = zeros(accounts)
  const inRows = pairsOf(pairs, rows)
  const bothWays = (visit: (from: number, to: number, probability: number) => void): void => {
    for (const i of inRows) {
      const [a, b, p] = [pairs.a[i] ?? 0, pairs.b[i] ?? 0, (pairs.weight[i] ?? 0) / microNats]
      if (rows.has(a)) visit(a, b, p)
      if (rows.has(b)) visit(b, a, p)
    }
  }
  bothWays((from, to, p) => {
    count[from]! += 1
    sum[from]! += p
    most[from] = Math.max(most[from] ?? 0, p)
    const [mine, theirs] = [table.facts.bornAt(from), table.facts.bornAt(to)]
    if (mine !== undefined && theirs !== undefined && Math.abs(mine - theirs) <= togetherMs)
      together[from]! += p
  })
  const write = (name: string, valueOf: (account: number) => number): void => {
    const column = writer.column(name)
    for (const account of rows.list) column[account] = valueOf(account)
  }
  write('links', (account) => count[account] ?? 0)
  write('linkSum', (account) => sum[account] ?? 0)
  write('linkMost', (account) => most[account] ?? 0)
  write('linkedBornTogether', (account) => ratio(together[account] ?? 0, sum[account] ?? 0))
  for (const name of averaged) {
    const own = writer.column(name)
    const [total, weight] = [zeros(accounts), zeros(accounts)]
    bothWays((from, to, p) => {
      const value = own[to] ?? Number.NaN
      if (Number.isNaN(value)) return
      total[from]! += p * value
      weight[from]! += p
    })
    write(`linked:${name}`, (account) => ratio(total[account] ?? 0, weight[account] ?? 0))
  }
}

/** Places of links of which an end is in the rows. */
export function pairsOf({ a, b }: Pick<LinkPairs, 'a' | 'b'>, rows: Rows): Int32Array {
  const places = new Int32Column()
  for (let i = 0; i < a.length; i++) if (rows.has(a[i] ?? -1) || rows.has(b[i] ?? -1)) places.push(i)
  return places.values()
}

const zeros = (length: number): Float64Array => new Float64Array(length)

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : Number.NaN)
