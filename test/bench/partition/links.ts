/** Links between accounts of columns, by evidence as graph/evidence/share.ts has it, without times. */
import type { PairEdges } from '../../../graph/communities/pair-graph.ts'
import { Int32Column } from '../../../graph/projection/columns.ts'
import { type Columns, kinds } from './columns.ts'

interface Policy {
  readonly kappa: number
  readonly capNats: number
  /** Those of more users say nothing. */
  readonly usersMax: number
}

const policies: readonly Policy[] = [
  { kappa: 4, capNats: 9, usersMax: 197 },
  { kappa: 3, capNats: 9, usersMax: 148 },
  { kappa: 0.25, capNats: 1, usersMax: 200 },
]
const microNats = 1_000_000
const probabilityMin = 20_000

export function linksOf(columns: Columns): PairEdges {
  const { accounts } = columns
  const usersOf = listsBy(columns.identifier, columns.account, columns.identifiers)
  const identifiersOf = listsBy(columns.account, columns.identifier, accounts)
  const evidenceOf = (identifier: number): number => {
    const { kappa, usersMax } = policies[columns.kind[identifier] ?? 0] ?? { kappa: 0, usersMax: 0 }
    const users = usersOf(identifier).length
    return users < 2 || users > usersMax ? 0 : Math.round(Math.log1p(kappa / (users - 1)) * microNats)
  }
  const evidence = Int32Array.from({ length: columns.identifiers }, (_, identifier) => evidenceOf(identifier))
  const [a, b, weight] = [new Int32Column(), new Int32Column(), new Int32Column()]
  for (let account = 0; account < accounts; account++) {
    const shared = new Map<number, number[]>()
    for (const identifier of identifiersOf(account)) {
      const kind = columns.kind[identifier] ?? 0
      if (kind === kinds.ip || evidence[identifier] === 0) continue
      for (const other of usersOf(identifier))
        if (other > account) add(shared, other, kind, evidence[identifier])
    }
    for (const [other, sums] of [...shared].toSorted(([x], [y]) => x - y)) {
      for (const ip of common(identifiersOf(account), identifiersOf(other)))
        if (columns.kind[ip] === kinds.ip) add(shared, other, kinds.ip, evidence[ip])
      const total = sums.reduce(
        (sum, one, kind) => sum + Math.min(one, (policies[kind]?.capNats ?? 0) * microNats),
        0,
      )
      const probability = Math.round(-Math.expm1(-total / microNats) * 1_000_000)
      if (probability < probabilityMin) continue
      a.push(account)
      b.push(other)
      weight.push(probability)
    }
  }
  return { a: a.values(), b: b.values(), weight: weight.values() }
}

function add(shared: Map<number, number[]>, other: number, kind: number, evidence = 0): void {
  const sums = shared.get(other) ?? [0, 0, 0]
  shared.set(other, sums)
  sums[kind] = (sums[kind] ?? 0) + evidence
}

function listsBy(keys: Int32Array, values: Int32Array, count: number): (key: number) => Int32Array {
  const starts = new Int32Array(count + 1)
  for (const key of keys) starts[key + 1] = (starts[key + 1] ?? 0) + 1
  for (let key = 0; key < count; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0)
  const next = starts.slice()
  const sorted = new Int32Array(values.length)
  values.forEach((value, row) => {
    const key = keys[row] ?? 0
    sorted[next[key] ?? 0] = value
    next[key] = (next[key] ?? 0) + 1
  })
  return (key) => sorted.subarray(starts[key], starts[key + 1])
}

function* common(one: Int32Array, other: Int32Array): Generator<number> {
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const [x = 0, y = 0] = [one[i], other[j]]
    if (x === y) yield x
    if (x <= y) i += 1
    if (x >= y) j += 1
  }
}
