/** The fewest identifiers that hold every account of a ring. */
import { compareText } from '../../state/order.ts'

/** An account uses what `key` names. */
interface Covering {
  readonly account: string
  readonly key: string
  readonly evidence: number
}

interface Cover {
  readonly key: string
  /** Who is not covered yet. */
  readonly accounts: Set<string>
  evidence: number
}

/** Greedy set cover (cover.ts) to the end: the fewest identifiers, or nearly, that every account here uses one of. */
export function coverOf(uses: readonly Covering[]): ReadonlySet<string> {
  const covers = new Map<string, Cover>()
  for (const use of uses) {
    const cover = covers.get(use.key) ?? {
      key: use.key,
      accounts: new Set<string>(),
      evidence: 0,
    }
    covers.set(cover.key, cover)
    cover.accounts.add(use.account)
    cover.evidence += use.evidence
  }
  const usedBy = Map.groupBy(uses, ({ account }) => account)
  const chosen = new Set<string>()
  for (let best = bestOf(covers.values()); best; best = bestOf(covers.values())) {
    chosen.add(best.key)
    for (const account of best.accounts)
      for (const use of usedBy.get(account) ?? []) covers.get(use.key)?.accounts.delete(account)
  }
  return chosen
}

/** The one that covers most; of several the one with most evidence. */
function bestOf(covers: Iterable<Cover>): Cover | undefined {
  let best: Cover | undefined
  for (const cover of covers) if (cover.accounts.size > 0 && (!best || byCover(cover, best) < 0)) best = cover
  return best
}

const byCover = (x: Cover, y: Cover): number =>
  y.accounts.size - x.accounts.size || y.evidence - x.evidence || compareText(x.key, y.key)
