/**
 * Neo4j's recipe for peer-to-peer payments (Blumenfeld 2022, "Exploring Fraud Detection With Neo4j & Graph Data
 * Science", part 2): two accounts are one actor if one sent money to the other and both use one card, or if they
 * share a card or device of at most 10 accounts and at least two more cards, devices or addresses. Components of
 * that are communities; one that holds an account known to be fraud is acted on.
 */
import type { BaselineInput, Found } from './baseline.ts'
import { flagAroundKnown } from './flags.ts'
import { joining } from './sharing/components.ts'
import { pairsWithin, sharedPairs } from './sharing/pairs.ts'
import type { BaselineTable } from './table.ts'

const owned: ReadonlySet<string> = new Set(['device', 'payment', 'payout'])
const counted: ReadonlySet<string> = new Set([...owned, 'ip'])

export interface P2pOptions {
  /** Most accounts on the card or device that both use. */
  readonly usersMax: number
  /** Least identifiers they share in all. */
  readonly sharedMin: number
}

/** Addresses of more accounts are left out: their pairs would fill the memory, and share nothing else. */
const hubMin = 200

export function gdsP2p({ table }: BaselineInput, { usersMax, sharedMin }: P2pOptions): Found {
  const actors = joining(table.accounts.length)
  const close = sharedPairs(table, { usersMax, kinds: owned })
  const enough = sharedPairs(table, { usersMax: hubMin, kinds: counted, sharedMin })
  const isClose = new Set(close.a.keys().map((at) => `${close.a[at]},${close.b[at]}`))
  enough.a.forEach((a, at) => {
    if (isClose.has(`${a},${enough.b[at]}`)) actors.join(a, enough.b[at] ?? a)
  })
  for (const { from, to } of paidWithOneCard(table)) actors.join(from, to)
  const communityOf = actors.communityOf()
  return { communityOf, flagged: flagAroundKnown(table, communityOf) }
}

function paidWithOneCard({ accounts, identifiers, payments }: BaselineTable) {
  const involved = new Set(payments.flatMap(({ from, to }) => [from, to]))
  const groups = identifiers
    .filter(({ kind, uses }) => kind === 'payment' && uses.length >= 2)
    .map(({ uses }) => uses.map(({ account }) => account).filter((account) => involved.has(account)))
  const { a, b } = pairsWithin(accounts.length, groups)
  const share = new Set(a.keys().map((at) => `${a[at]},${b[at]}`))
  return payments.filter(({ from, to }) => share.has(`${Math.min(from, to)},${Math.max(from, to)}`))
}
