/** What an account's place in the graph of identifiers looks like: degrees, shared counts, sizes of what it is in. */
import type { Matrix } from '../boosted-trees/bins.ts'
import { sizesOf } from '../flags.ts'
import { componentsOfTable } from '../sharing/components.ts'
import { sharedPairs } from '../sharing/pairs.ts'
import type { BaselineTable } from '../table.ts'

const pairUsersMax = 50
const componentUsersMax = 10

/** A column a feature, a row an account. Columns are by kind of identifier first, in order of name. */
export function graphFeatures(table: BaselineTable): Matrix {
  const kinds = [...new Set(table.identifiers.map(({ kind }) => kind))].sort()
  return [
    ...kinds.flatMap((kind) => kindFeatures(table, kind)),
    ...pairFeatures(table),
    componentSizes(table),
  ]
}

/** How many identifiers of a kind, how many of them shared, the most users of one, and shares weighted by rarity. */
function kindFeatures({ accounts, identifiers }: BaselineTable, kind: string): Matrix {
  const [own, shared, most, rarity] = columns(accounts.length, 4)
  for (const identifier of identifiers) {
    if (identifier.kind !== kind) continue
    const users = identifier.uses.length
    for (const { account } of identifier.uses) {
      own[account] = (own[account] ?? 0) + 1
      if (users < 2) continue
      shared[account] = (shared[account] ?? 0) + 1
      most[account] = Math.max(most[account] ?? 0, users)
      rarity[account] = (rarity[account] ?? 0) + 1 / (users - 1)
    }
  }
  return [own, shared, most, rarity]
}

/** How many others share anything, how much in all, and with the closest. */
function pairFeatures(table: BaselineTable): Matrix {
  const [others, total, closest] = columns(table.accounts.length, 3)
  const { a, b, weight } = sharedPairs(table, { usersMax: pairUsersMax })
  weight.forEach((count, at) => {
    for (const account of [a[at] ?? 0, b[at] ?? 0]) {
      others[account] = (others[account] ?? 0) + 1
      total[account] = (total[account] ?? 0) + count
      closest[account] = Math.max(closest[account] ?? 0, count)
    }
  })
  return [others, total, closest]
}

function componentSizes(table: BaselineTable): Float64Array {
  const communityOf = componentsOfTable(table, componentUsersMax)
  const sizes = sizesOf(communityOf)
  return Float64Array.from(communityOf, (community) => sizes.get(community) ?? 1)
}

type Four = [Float64Array, Float64Array, Float64Array, Float64Array]

const columns = (rows: number, count: number): Four =>
  // As many as were asked for; the others are never read.
  Array.from({ length: count }, () => new Float64Array(rows)) as Four
