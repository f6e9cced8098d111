/** Pairs of accounts by what they share, counted an account at a time (Gustavson 1978). */
import type { BaselineTable } from '../table.ts'

/** Each pair once, `a < b`, ascending. */
export interface WeightedPairs {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly weight: Float64Array
}

export interface SharedOptions {
  /** Identifiers of more accounts are left out. */
  readonly usersMax: number
  /** Pairs that share less are left out. */
  readonly sharedMin?: number
  readonly kinds?: ReadonlySet<string>
}

/** The weight is the number of identifiers both accounts used. */
export function sharedPairs(
  table: BaselineTable,
  { usersMax, sharedMin = 1, kinds }: SharedOptions,
): WeightedPairs {
  const groups = table.identifiers
    .filter(({ kind, uses }) => uses.length >= 2 && uses.length <= usersMax && (kinds?.has(kind) ?? true))
    .map(({ uses }) => uses.map(({ account }) => account))
  return pairsWithin(table.accounts.length, groups, sharedMin)
}

/** The weight is the number of groups that hold both. Accounts ascend within a group. */
export function pairsWithin(
  accounts: number,
  groups: readonly (readonly number[])[],
  sharedMin = 1,
): WeightedPairs {
  const groupsOf: number[][] = Array.from({ length: accounts }, () => [])
  groups.forEach((members, group) => {
    for (const account of members) groupsOf[account]?.push(group)
  })
  const counts = new Int32Array(accounts)
  const [a, b, weight]: [number[], number[], number[]] = [[], [], []]
  for (let account = 0; account < accounts; account += 1) {
    const touched: number[] = []
    for (const group of groupsOf[account] ?? []) {
      for (const other of groups[group] ?? []) {
        if (other <= account) continue
        if (counts[other] === 0) touched.push(other)
        counts[other] = (counts[other] ?? 0) + 1
      }
    }
    for (const other of touched.sort((x, y) => x - y)) {
      const shared = counts[other] ?? 0
      counts[other] = 0
      if (shared < sharedMin) continue
      a.push(account)
      b.push(other)
      weight.push(shared)
    }
  }
  return { a: Int32Array.from(a), b: Int32Array.from(b), weight: Float64Array.from(weight) }
}

/** Those whose weight, by place, is wanted. */
export function pairsWhere(
  { a, b, weight }: WeightedPairs,
  wanted: (weight: number, a: number, b: number) => boolean,
): WeightedPairs {
  const kept = Array.from(a.keys()).filter((at) => wanted(weight[at] ?? 0, a[at] ?? 0, b[at] ?? 0))
  return {
    a: Int32Array.from(kept, (at) => a[at] ?? 0),
    b: Int32Array.from(kept, (at) => b[at] ?? 0),
    weight: Float64Array.from(kept, (at) => weight[at] ?? 0),
  }
}
