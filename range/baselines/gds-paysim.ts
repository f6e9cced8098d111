/**
 * Neo4j's recipe for first-party fraud on PaySim data (graph-examples/fraud-detection): components over shared
 * personal identifiers, Jaccard similarity of identifiers inside them (each account's 15 most similar), and the
 * accounts whose similarities sum to the highest fifth are acted on. Departure: all identifiers but addresses that at
 * most `usersMax` accounts use stand for the recipe's e-mail, phone and social security number.
 */
import type { BaselineInput, Found } from './baseline.ts'
import { componentsOfPairs } from './sharing/components.ts'
import { sharedPairs, type WeightedPairs } from './sharing/pairs.ts'
import { type BaselineTable, tableFor } from './table.ts'

const similarMax = 15

export interface PaySimOptions {
  readonly usersMax: number
  /** Of the accounts that have a score, the share that is acted on. */
  readonly top: number
}

export function gdsPaySim(input: BaselineInput, { usersMax, top }: PaySimOptions): Found {
  const table = tableFor(input.table, { addresses: 0 })
  const pairs = sharedPairs(table, { usersMax })
  const scores = similaritySums(table, pairs, usersMax)
  const ranked = scores.filter((score) => score > 0).sort((a, b) => a - b)
  const least = ranked[Math.floor((1 - top) * (ranked.length - 1))] ?? Infinity
  return {
    communityOf: componentsOfPairs(table.accounts.length, pairs),
    flagged: Uint8Array.from(scores, (score) => Number(score > 0 && score >= least)),
  }
}

function similaritySums({ accounts, identifiers }: BaselineTable, pairs: WeightedPairs, usersMax: number) {
  const degrees = new Int32Array(accounts.length)
  for (const { uses } of identifiers) {
    if (uses.length > usersMax) continue
    for (const { account } of uses) degrees[account] = (degrees[account] ?? 0) + 1
  }
  const similar: number[][] = Array.from({ length: accounts.length }, () => [])
  pairs.a.forEach((a, at) => {
    const b = pairs.b[at] ?? a
    const shared = pairs.weight[at] ?? 0
    const jaccard = shared / ((degrees[a] ?? 0) + (degrees[b] ?? 0) - shared)
    similar[a]?.push(jaccard)
    similar[b]?.push(jaccard)
  })
  return Float64Array.from(similar, (own) =>
    own
      .sort((x, y) => y - x)
      .slice(0, similarMax)
      .reduce((sum, jaccard) => sum + jaccard, 0),
  )
}
