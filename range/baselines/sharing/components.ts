/** Connected components by union-find (Tarjan 1975); the root is always the least account. */
import type { BaselineTable } from '../table.ts'
import type { WeightedPairs } from './pairs.ts'

export interface Joining {
  join(a: number, b: number): void
  /** The component of each account, named by its least account. */
  communityOf(): Int32Array
}

export function joining(accounts: number): Joining {
  const parent = Int32Array.from({ length: accounts }, (_, account) => account)
  function rootOf(account: number): number {
    let root = account
    while (parent[root] !== root) root = parent[root] ?? root
    for (let at = account; at !== root; ) {
      const next = parent[at] ?? root
      parent[at] = root
      at = next
    }
    return root
  }
  return {
    join(a, b) {
      const [x, y] = [rootOf(a), rootOf(b)]
      parent[Math.max(x, y)] = Math.min(x, y)
    },
    communityOf: () => parent.map((_, account) => rootOf(account)),
  }
}

export function componentsOfPairs(accounts: number, { a, b }: Pick<WeightedPairs, 'a' | 'b'>): Int32Array {
  const components = joining(accounts)
  a.forEach((account, at) => components.join(account, b[at] ?? account))
  return components.communityOf()
}

/** Accounts tied by a chain of identifiers of at most `usersMax` accounts; no clique is ever laid out. */
export function componentsOfTable({ accounts, identifiers }: BaselineTable, usersMax: number): Int32Array {
  const components = joining(accounts.length)
  for (const { uses } of identifiers) {
    if (uses.length > usersMax) continue
    const first = uses[0]?.account ?? 0
    for (const { account } of uses) components.join(first, account)
  }
  return components.communityOf()
}
