/**
 * Whether chance explains what two accounts share, kind by kind: were every use of a kind dealt out anew, two accounts
 * with d_i and d_j identifiers of it would share lambda = d_i d_j sum k (k - 1) / (sum k)^2 of them, k being the
 * accounts on each; the count is Poisson (the configuration model: Newman 2010, "Networks", 13.2).
 */
import { tiesOf } from '../evidence/account-facts.ts'
import { poissonTail } from '../evidence/chance.ts'
import type { AccountState, IdentifierKey } from '../model.ts'
import type { KindStatistics, RunStatistics } from '../ring.ts'

export interface ChanceTest {
  readonly kind: string
  /** Identifiers of the kind that both use, and how many chance would bring. */
  readonly shared: number
  readonly expected: number
  /** The chance of so many or more. */
  readonly p: number
}

/** Least likely first. `shared`: what both use, each identifier once or more. */
export function chanceTests(
  a: AccountState,
  b: AccountState,
  { shared, statistics }: { shared: readonly IdentifierKey[]; statistics: RunStatistics },
): readonly ChanceTest[] {
  const counts = new Map<string, Set<string>>()
  for (const { kind, ref } of shared) counts.set(kind, (counts.get(kind) ?? new Set()).add(ref))
  return [...counts]
    .flatMap(([kind, refs]) => {
      const spread = statistics.kinds.find((one) => one.kind === kind)
      if (!spread) return []
      const expected = expectedShared(usedOf(a, kind), usedOf(b, kind), spread)
      return [{ kind, shared: refs.size, expected, p: poissonTail(expected, refs.size) }]
    })
    .toSorted((x, y) => x.p - y.p || (x.kind < y.kind ? -1 : 1))
}

export const usedOf = (state: AccountState, kind: string): number =>
  tiesOf(state).filter((tie) => tie.kind === kind).length

const expectedShared = (ofA: number, ofB: number, { uses, ordered }: KindStatistics): number =>
  (ofA * ofB * ordered) / uses ** 2

/**
 * Whether chance explains that so many of a group use one identifier: were the uses of its kind dealt out anew, of the
 * `used` identifiers of the kind that its accounts hold together, used * accounts / sum k would be this one. Because
 * the identifier was picked as the group's strongest, its p counts once for every identifier of the kind (Bonferroni).
 */
export function groupChance(
  { members, accounts, used }: { members: number; accounts: number; used: number },
  { kind, identifiers, uses }: KindStatistics,
): ChanceTest {
  const expected = (used * accounts) / uses
  return { kind, shared: members, expected, p: Math.min(1, identifiers * poissonTail(expected, members)) }
}
